"""The commands that back up and restore; what they need is imported only when they run."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from complianceai.entry.cli.ask_law import put_json
from complianceai.entry.cli.product import Output, product_refusals

if TYPE_CHECKING:
    from complianceai.operations.backup.places import Found, Place
    from complianceai.storage.database import Database
    from complianceai.storage.files import Files

T = TypeVar("T")
Name = Annotated[str | None, typer.Argument(help="Which backup; the newest, where left out.")]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key-file", help="The file with the secret key, for a backup that is encrypted.", exists=True
    ),
]
Format = Annotated[Output, typer.Option("--format", help="A table for people, or JSON.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(
        help="Back up the database and every file, prove the backup, and see which there are."
    )
    tools.callback(invoke_without_command=True)(backup_command)
    tools.command("list")(list_command)
    tools.command("drill")(drill_command)
    tools.command("prune")(prune_command)
    tools.command("key")(key_command)
    app.add_typer(tools, name="backup")
    app.command("restore")(restore_command)


def backup_command(context: typer.Context, output: Format = Output.TABLE) -> None:
    """Make a backup now, while the product runs; it is restored beside and compared before it counts."""
    if context.invoked_subcommand is not None:
        return

    async def make(database: Database, files: Files, place: Place) -> Found:
        from complianceai.base.clock import utc_now
        from complianceai.entry.settings import load_settings
        from complianceai.operations.backup.making import make_backup

        return await make_backup(database, files, place, load_settings().backup_key, utc_now(), _tell)

    made, place = _with_all(make)
    _say(
        output,
        _shown(made),
        f"{made.name}  {made.size:,} bytes in {place}, restored beside and found the same",
    )


def list_command(output: Format = Output.TABLE) -> None:
    """Print the backups that there are, the newest first."""

    async def look(_database: Database, _files: Files, place: Place) -> list[Found]:
        return await place.list()

    found, place = _with_all(look)
    lines = [f"{each.name}  {each.size:>15,} bytes" for each in found]
    _say(output, [_shown(each) for each in found], "\n".join(lines) or f"{place} has no backups yet")


def drill_command(name: Name = None, key_file: Key = None) -> None:
    """Restore a backup beside what is running, compare it with what it was made of, and throw it away again."""

    async def try_out(database: Database, _files: Files, place: Place) -> str:
        from complianceai.operations.backup.restoring import drill

        found = await place.find(name)
        about = await drill(place, found, database, _secret(key_file))
        rows = sum(count for count, _ in about.tables.values())
        return f"{found.name} is whole: {rows:,} rows in {len(about.tables)} tables came back as they were"

    said, _ = _with_all(try_out)
    print(said)


def prune_command() -> None:
    """Drop the backups that BACKUP_KEEP does not keep any more, as happens every night."""

    async def prune(_database: Database, _files: Files, place: Place) -> list[str]:
        from complianceai.entry.settings import load_settings
        from complianceai.operations.backup.making import drop_outlived
        from complianceai.operations.backup.places import Keep

        return await drop_outlived(place, Keep(*load_settings().backup_keep))

    dropped, _ = _with_all(prune)
    print("\n".join(f"dropped {each}" for each in dropped) or "nothing to drop")


def key_command() -> None:
    """Print a new pair of keys: the public half for BACKUP_KEY, the secret half to be kept away from the server."""
    from complianceai.operations.backup.keys import make_pair

    pair = make_pair()
    print(f"BACKUP_KEY={pair.public}")
    print(
        f"# Keep this where the server cannot read it; without it no backup can be restored.\n{pair.secret}"
    )


def restore_command(
    backup: Annotated[
        str | None, typer.Argument(help="A file, or a name from the list; else the newest.")
    ] = None,
    key_file: Key = None,
) -> None:
    """Put a backup into the empty database and store that the settings name, and bring it up to date."""
    given = Path(backup) if backup and Path(backup).is_file() else None

    async def put_back(database: Database, files: Files, place: Place) -> str:
        import tempfile

        from complianceai.operations.backup.restoring import restore

        with tempfile.TemporaryDirectory(prefix="complianceai-fetched-") as folder:
            file = given
            if file is None:
                found = await place.find(backup)
                file = Path(folder) / found.name
                await place.fetch(found.name, file)
            about = await restore(file, database, files, _secret(key_file))
        rows = sum(count for count, _ in about.tables.values())
        return f"{database.place} holds the backup of {about.made_at}: {rows:,} rows, each table as it was"

    said, _ = _with_all(put_back)
    print(said)


def _with_all(work: Callable[[Database, Files, Place], Awaitable[T]]) -> tuple[T, str]:
    """What came of the work with the database, the files and the place of the settings, and that place's name."""

    async def run() -> tuple[T, str]:
        from complianceai.entry.logs import configure_logs
        from complianceai.entry.settings import load_settings
        from complianceai.operations.backup.places import Place
        from complianceai.storage.database import Database
        from complianceai.storage.files import Files

        settings = load_settings()
        configure_logs(settings)
        database, place = Database(settings.database, pool_size=3), Place(settings.backups)
        try:
            return await work(database, Files(settings.files), place), place.name
        finally:
            await database.close()

    with product_refusals():
        return asyncio.run(run())


def _secret(file: Path | None) -> str | None:
    if file is None:
        return None
    lines = file.read_text("utf-8").splitlines()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def _shown(found: Found) -> dict[str, Any]:
    return {"name": found.name, "madeAt": found.made_at.isoformat(), "bytes": found.size}


def _say(output: Output, value: Any, sentence: str) -> None:
    if output is Output.JSON:
        put_json(value)
    else:
        print(sentence)


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} files{chr(10) if done == of else ''}")
