"""The command that ends people's sessions; what it needs is imported only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from complianceai.entry.cli.product import product_refusals
from complianceai.entry.cli.reading import end_with


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="Where people are signed in.", no_args_is_help=True)
    # Kept a group of commands while it has one.
    tools.callback()(_nothing)
    tools.command("end")(end_command)
    app.add_typer(tools, name="sessions")


def _nothing() -> None:
    """Where people are signed in."""


def end_command(
    email: Annotated[str | None, typer.Argument(help="Whose; left out with --everybody.")] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Every session of everybody.")] = False,
) -> None:
    """Sign one person out everywhere, or everybody."""
    if (email is None) is not everybody:
        end_with(["Give an e-mail, or --everybody, and not both."])
    with product_refusals():
        print(f"Ended {_end(email)} sessions.")


def _end(email: str | None) -> int:
    import asyncio

    from complianceai.entry.settings import load_settings
    from complianceai.operations.sessions import end_sessions
    from complianceai.storage.database import Database

    async def run() -> int:
        database = Database(load_settings().database, pool_size=1)
        try:
            return await end_sessions(database, email)
        finally:
            await database.close()

    return asyncio.run(run())
