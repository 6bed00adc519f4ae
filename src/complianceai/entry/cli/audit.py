"""The command that checks the trails; what it needs is imported only when it runs."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import UUID

import typer

from complianceai.entry.cli.ask_law import put_json
from complianceai.entry.cli.product import Output, product_refusals
from complianceai.entry.cli.reading import end_with


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="The trail of every change to a company's data.", no_args_is_help=True)
    # Kept a group of commands while it has one.
    tools.callback()(_nothing)
    tools.command("verify")(verify_command)
    app.add_typer(tools, name="audit")


def _nothing() -> None:
    """The trail of every change to a company's data."""


def verify_command(
    company: Annotated[
        UUID | None,
        typer.Option("--company", help="One company or practice, by its id; all, where left out."),
    ] = None,
    output: Annotated[Output, typer.Option("--format", help="A table for people, or JSON.")] = Output.TABLE,
) -> None:
    """Check that no row of a trail was changed, removed or slipped in."""
    with product_refusals():
        found = _verify(company)
    if company is not None and not found:
        end_with([f"--company: there is no trail of a company or practice {company}"])
    lines = [f"{each}: {fault}" for each, faults in found.items() for fault in faults]
    if output is Output.JSON:
        put_json({"trails": len(found), "faults": lines})
        sys.exit(1 if lines else 0)
    if lines:
        end_with(lines)
    print(f"{len(found)} trails, each whole")


def _verify(company: UUID | None) -> dict[UUID, list[str]]:
    import asyncio

    from complianceai.entry.settings import load_settings
    from complianceai.operations.trails import verify_trails
    from complianceai.storage.database import Database
    from complianceai.storage.migrate import migrate

    async def run() -> dict[UUID, list[str]]:
        database = Database(load_settings().database)
        try:
            await migrate(database)
            return await verify_trails(database, company)
        finally:
            await database.close()

    return asyncio.run(run())
