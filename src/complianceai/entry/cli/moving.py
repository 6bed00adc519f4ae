"""The command that moves from the embedded database to a server; what it needs is imported only when it runs."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from complianceai.entry.cli.product import product_refusals
from complianceai.entry.cli.reading import end_with

if TYPE_CHECKING:
    from complianceai.operations.moving.move import Moved


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    app.command("migrate-to-postgres")(move_command)


def move_command(
    target: Annotated[str, typer.Argument(help="postgresql://user:password@host:5432/name, empty.")],
    source: Annotated[
        str | None, typer.Option("--from", help="The embedded database, where the settings name another.")
    ] = None,
) -> None:
    """Move everything from SQLite to an empty PostgreSQL; cut off, it goes on where it was. The source stays."""
    with product_refusals():
        moved = asyncio.run(_move(source, target))
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for name, (count, total) in moved.tables.items():
        if count:
            print(f"{name:<32} {count:>12,} rows  {total}")
    print(
        f"{moved.rows:,} rows, each the same on both sides by count and by hash; {moved.rows_now:,} moved just now."
    )
    print(
        "Set DATABASE_URL to the new address, and start the product. Files stay where STORAGE_URL has them."
    )


async def _move(source: str | None, target: str) -> Moved:
    from importlib import import_module

    from complianceai.base.clock import utc_now
    from complianceai.entry.settings import load_settings
    from complianceai.operations.moving.move import move
    from complianceai.storage.database import Database
    from complianceai.storage.migrate import migrate
    from complianceai.storage.urls import sqlite_file

    import_module("complianceai.entry.asgi")  # with it every room's tables are known
    here, there = Database(source or load_settings().database), Database(target, pool_size=2)
    try:
        file = sqlite_file(here.url)
        if file is not None and not await asyncio.to_thread(file.exists):
            end_with([f"There is no database at {file}. Name it by --from sqlite:///path/to/file.db"])
        await migrate(here)
        return await move(here, there, utc_now(), _tell)
    finally:
        await here.close()
        await there.close()


def _tell(table: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        bar = "#" * (30 * done // max(of, 1))
        sys.stderr.write(f"\r[{bar:<30}] {done:,} of {of:,} rows  {table:<28}")
