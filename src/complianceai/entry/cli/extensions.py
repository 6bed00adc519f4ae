"""The commands by which an operator records an extension on the evening it is notified."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from complianceai.entry.cli.product import product_refusals
from complianceai.entry.cli.reading import Refused, document

if TYPE_CHECKING:
    from complianceai.register.extensions.moving import Moved

commands = typer.Typer(no_args_is_help=True, help="Extensions notified since the catalogue was packaged.")


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.add_typer(commands, name="extension")


@commands.command("record")
def record_command(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="YAML: `obligation` and the lines of `extension`.")
    ],
) -> None:
    """Record an extension; every date that it is about moves, of every company."""
    with product_refusals():
        obligation, lines = _read(path)
        identity, moved = asyncio.run(_record(obligation, lines))
        print(f"Recorded as {identity}. {_told(moved)}")


@commands.command("undo")
def undo_command(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As `record` or `list` says it.")],
) -> None:
    """Undo an extension; every date moves back to where it stood."""
    with product_refusals():
        try:
            extension_id = UUID(identity)
        except ValueError:
            raise Refused(f"{identity!r} is no id; `complianceai extension list` has them") from None
        print(f"Undone. {_told(asyncio.run(_undo(extension_id)))}")


@commands.command("list")
def list_command() -> None:
    """List what was recorded, and what of it is undone."""
    with product_refusals():
        for line in asyncio.run(_list()):
            print(line)


def _told(moved: Moved) -> str:
    return f"{moved.tasks} dates of {moved.companies} companies moved."


def _read(path: Path) -> tuple[str, Mapping[str, Any]]:
    raw = document(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("extension"), dict) or "obligation" not in raw:
        raise Refused(f"{path}: has `obligation: gst-gstr-3b` and the lines of `extension:` below it")
    if unknown := set(raw) - {"obligation", "extension"}:
        raise Refused(f"{path}: {min(unknown)} is none of obligation, extension; leave it out")
    return str(raw["obligation"]), raw["extension"]


async def _record(obligation: str, lines: Mapping[str, Any]) -> tuple[UUID, Moved]:
    from complianceai.register.extensions.actions import record_extension

    async with _database() as database:
        made, moved = await record_extension(database, obligation, lines, datetime.now(UTC))
    return made.id, moved


async def _undo(extension_id: UUID) -> Moved:
    from complianceai.register.extensions.actions import undo_extension

    async with _database() as database:
        _, moved = await undo_extension(database, extension_id, datetime.now(UTC))
    return moved


async def _list() -> list[str]:
    from complianceai.register.edition.recorded import list_extensions

    async with _database() as database, database.reading() as connection:
        found = await list_extensions(connection)
    return [
        f"{each.id}  {each.obligation_id}  {each.instrument}  {'undone' if each.undone_at else 'in force'}"
        for each in found
    ]


def _database() -> Any:
    from contextlib import asynccontextmanager

    from complianceai.entry.settings import load_settings
    from complianceai.storage.database import Database

    @asynccontextmanager
    async def opened() -> Any:
        database = Database(load_settings().database, pool_size=2)
        try:
            yield database
        finally:
            await database.close()

    return opened()
