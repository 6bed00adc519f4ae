"""What was backed up, put where nothing is, and proved to be what it was."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from complianceai.operations.backup import engines, keys
from complianceai.operations.backup.archive import DATABASE, FILES, About, unpack
from complianceai.operations.backup.beside import beside
from complianceai.operations.backup.errors import BackupUnreadable, DrillFailed, TargetNotEmpty
from complianceai.operations.backup.fingerprints import Fingerprints, differences, of_file, of_server
from complianceai.operations.backup.places import Found, Place
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.migrate import migrate, newest_revision
from complianceai.storage.urls import sqlite_file


async def restore(archive: Path, database: Database, files: Files, secret: str | None) -> About:
    """What the backup said of itself, once the empty database and the store hold it and were brought up to date.

    Errors: TargetNotEmpty; BackupUnreadable; BadBackupKey; DrillFailed where what arrived differs from what was kept.
    """
    if not await engines.is_empty(database):
        raise TargetNotEmpty(
            place=database.place,
            cure="Give DATABASE_URL or DATA_DIR of a new place, look at it there, and move over then.",
        )
    async with _unpacked(archive, secret) as (folder, about):
        _check_fits(archive.name, about, database)
        await engines.load(database, folder / DATABASE)
        await _check(archive.name, about.tables, database)
        await _put_files(folder / FILES, files)
    await migrate(database)
    return about


async def drill(place: Place, found: Found, running: Database, secret: str | None) -> About:
    """What the backup said of itself, once it was fetched, restored beside what is running, and compared.

    Errors: those of `restore`.
    """
    with tempfile.TemporaryDirectory(prefix="complianceai-drill-") as name:
        archive = Path(name) / found.name
        await place.fetch(found.name, archive)
        async with beside(running, Path(name)) as (empty, nowhere):
            return await restore(archive, empty, nowhere, secret)


@asynccontextmanager
async def _unpacked(archive: Path, secret: str | None) -> AsyncIterator[tuple[Path, About]]:
    with tempfile.TemporaryDirectory(prefix="complianceai-restore-") as name:
        plain, folder = archive, Path(name) / "unpacked"
        if archive.name.endswith(".age"):
            if secret is None:
                raise BackupUnreadable(
                    name=archive.name, fault="it is encrypted; give the secret key by --key-file"
                )
            plain = Path(name) / "plain"
            await asyncio.to_thread(keys.decrypt, archive, plain, secret)
        folder.mkdir()
        yield folder, await asyncio.to_thread(unpack, plain, folder)


def _check_fits(name: str, about: About, database: Database) -> None:
    if about.engine != engines.engine_of(database):
        raise BackupUnreadable(
            name=name,
            fault=f"it is of {about.engine} and {database.place} is not; restore it into its own kind first",
        )
    if about.revision > newest_revision():
        raise BackupUnreadable(
            name=name, fault=f"version {about.version} of this program made it, a newer one"
        )


async def _check(name: str, expected: Fingerprints, database: Database) -> None:
    file = sqlite_file(database.url)
    if file is not None:
        found = await asyncio.to_thread(of_file, file)
    else:
        async with database.reading() as connection:
            found = await of_server(connection)
    if wrong := differences(expected, found):
        raise DrillFailed(name=name, differences="; ".join(wrong))


async def _put_files(folder: Path, files: Files) -> None:
    for path in await asyncio.to_thread(_files_in, folder):
        area = path.parent.relative_to(folder).as_posix()
        kept = await files.keep(area, _pieces(path), limit_bytes=path.stat().st_size)
        if kept.hash != path.name:
            raise BackupUnreadable(name=path.name, fault="its content is not what its name says")


def _files_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece
