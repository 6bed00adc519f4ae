"""The commands that carry one company; what they need is imported only when they run."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from complianceai.entry.cli.product import product_refusals
from complianceai.entry.cli.reading import end_with

if TYPE_CHECKING:
    from complianceai.operations.carrying.gathering import About
    from complianceai.operations.carrying.placing import Imported


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="One company whole: out into an archive, or in from one.", no_args_is_help=True)
    tools.command("export")(export_command)
    tools.command("import")(import_command)
    app.add_typer(tools, name="company")


def export_command(
    company: Annotated[UUID, typer.Argument(help="The company, by its id.")],
    to: Annotated[Path, typer.Option("--to", help="The archive to write; it must not be there yet.")],
) -> None:
    """Write every row, every file and the trail of a company into one archive, while the product runs."""
    if to.exists():
        end_with([f"--to: {to} is there already"])
    with product_refusals():
        about = asyncio.run(_export(company, to))
    rows = sum(count for count, _ in about.tables.values())
    print(f"{about.company}: {rows:,} rows in {len(about.tables)} tables, in {to}")
    for content in about.missing:
        print(f"not in it, since it is lost: the file {content}")


def import_command(
    archive: Annotated[
        Path, typer.Argument(help="What `company export` wrote.", exists=True, dir_okay=False)
    ],
    accept_unverified: Annotated[
        bool,
        typer.Option(
            "--accept-unverified",
            help="Take people here for those of the same address though they never confirmed it.",
        ),
    ] = False,
) -> None:
    """Put a company into this installation, where it must not be yet: all of it, or nothing."""
    with product_refusals():
        made = asyncio.run(_import(archive, accept_unverified=accept_unverified))
    print(
        f"{made.company} ({made.company_id}): {made.rows:,} rows and {made.files} files, "
        "each read back and found as the archive has it"
    )
    for email in made.new_people:
        print(f"new here: {email}, who chooses a password at /forgot")


async def _export(company: UUID, to: Path) -> About:
    from importlib import import_module

    from complianceai.base.clock import utc_now
    from complianceai.entry.settings import load_settings
    from complianceai.operations.carrying.exporting import export_company
    from complianceai.storage.audit import Actor
    from complianceai.storage.database import Database
    from complianceai.storage.files import Files
    from complianceai.storage.migrate import migrate

    import_module("complianceai.entry.asgi")  # with it every room's tables are known
    settings, beside = load_settings(), to.with_name(f"{to.name}.writing")
    database = Database(settings.database, pool_size=2)
    try:
        await migrate(database)
        with beside.open("w+b") as into:
            about = await export_company(
                database, Files(settings.files), company, into, Actor(None, None), utc_now()
            )
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
        await database.close()
    return about


async def _import(archive: Path, *, accept_unverified: bool) -> Imported:
    from importlib import import_module

    from complianceai.base.clock import utc_now
    from complianceai.entry.settings import load_settings
    from complianceai.operations.carrying.importing import import_company
    from complianceai.storage.database import Database
    from complianceai.storage.files import Files
    from complianceai.storage.migrate import migrate

    import_module("complianceai.entry.asgi")  # with it every room's tables are known
    settings = load_settings()
    database = Database(settings.database, pool_size=2)
    try:
        await migrate(database)
        files = Files(settings.files, settings.antivirus_url)
        return await import_company(archive, database, files, utc_now(), accept_unverified=accept_unverified)
    finally:
        await database.close()
