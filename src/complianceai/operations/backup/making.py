"""A backup of everything: the database as it was at one moment, and every file that was there then."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import structlog

from complianceai import __version__
from complianceai.operations.backup import engines, keys
from complianceai.operations.backup.archive import DATABASE, FILES, About, Writer
from complianceai.operations.backup.beside import beside
from complianceai.operations.backup.errors import BackupFailed
from complianceai.operations.backup.places import Found, Keep, Place, name_at, outlived
from complianceai.operations.backup.restoring import restore
from complianceai.storage.database import Database
from complianceai.storage.errors import FileGone
from complianceai.storage.files import Files
from complianceai.storage.migrate import newest_revision

# Told how many files of how many are done.
Progress: TypeAlias = Callable[[int, int], None]
log = structlog.get_logger(__name__)


async def make_backup(
    database: Database,
    files: Files,
    place: Place,
    key: str | None,
    now: datetime,
    progress: Progress | None = None,
) -> Found:
    """The backup, once all of it lies where it should; before that it was restored beside, and compared.

    Errors: BackupFailed; BadBackupKey; FilesUnreachable; FileSpoiled; those of `restoring.restore`.
    """
    if key is not None:
        keys.check_public(key)
    with tempfile.TemporaryDirectory(prefix="complianceai-backup-") as temporary:
        folder = Path(temporary)
        try:
            archive = await _write(database, files, folder, now, progress)
            # Here and not later: what is encrypted this machine cannot read any more.
            async with beside(database, folder) as (empty, nowhere):
                await restore(archive, empty, nowhere, None)
            name = name_at(now, is_encrypted=key is not None)
            if key is not None:
                sealed = folder / "sealed"
                await asyncio.to_thread(keys.encrypt, archive, sealed, key)
                archive = sealed
            await place.put(archive, name)
        except OSError as error:
            raise BackupFailed(fault=error.strerror or str(error), cure="Check the free space.") from error
        made = Found(name, now.replace(microsecond=0), archive.stat().st_size)
    log.info("backup.made", name=made.name, bytes=made.size, place=place.name)
    return made


async def drop_outlived(place: Place, keep: Keep) -> list[str]:
    """The names of the backups that were dropped since nothing keeps them any more."""
    names = [each.name for each in outlived(await place.list(), keep)]
    await place.drop(names)
    return names


async def _write(
    database: Database, files: Files, folder: Path, now: datetime, progress: Progress | None
) -> Path:
    copy, archive = folder / "database", folder / "archive"
    tables = await engines.dump(database, copy)
    writer = Writer(archive)
    with copy.open("rb") as content:
        await asyncio.to_thread(writer.add, DATABASE, content, copy.stat().st_size)
    copy.unlink()
    # After the database: what it names is there by now, and what came since does no harm.
    gone = await _add_files(files, writer, progress)
    about = About(__version__, newest_revision(), engines.engine_of(database), now.isoformat(), tables, gone)
    await asyncio.to_thread(writer.finish, about)
    return archive


async def _add_files(files: Files, writer: Writer, progress: Progress | None) -> list[str]:
    paths, gone = await files.list_all(), []
    for number, (area, content_hash) in enumerate(paths, 1):
        with tempfile.SpooledTemporaryFile(max_size=1 << 22) as spool:
            try:
                async for piece in files.read(area, content_hash):
                    spool.write(piece)
            except FileGone:
                gone.append(f"{area}/{content_hash}")
                continue
            size = spool.tell()
            spool.seek(0)
            await asyncio.to_thread(writer.add, f"{FILES}/{area}/{content_hash}", spool, size)
        if progress is not None:
            progress(number, len(paths))
    return gone
