"""The import of an archive, from its file to the company that stands here."""

import tempfile
from datetime import datetime
from pathlib import Path

import structlog

from complianceai.operations.carrying.older import bring_forward
from complianceai.operations.carrying.placing import Imported, place
from complianceai.operations.carrying.unpacking import Archive, open_archive
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.migrate import newest_revision

log = structlog.get_logger(__name__)


async def import_company(
    file: Path, database: Database, files: Files, now: datetime, *, accept_unverified: bool = False
) -> Imported:
    """What came in; an archive of an earlier program comes forward first, one of a later is refused.

    Errors: ArchiveUnreadable; CannotImport; FilesUnreachable.
    """
    archive = open_archive(file)
    try:
        if archive.about.revision == newest_revision():
            made = await place(archive, archive, database, files, now, accept_unverified=accept_unverified)
        else:
            made = await _from_older(archive, database, files, now, accept_unverified=accept_unverified)
    finally:
        archive.close()
    log.info("company.imported", company=str(made.company_id), rows=made.rows, files=made.files)
    return made


async def _from_older(
    archive: Archive, database: Database, files: Files, now: datetime, *, accept_unverified: bool
) -> Imported:
    with tempfile.TemporaryDirectory(prefix="complianceai-import-") as folder:
        rows = await bring_forward(archive, Path(folder))
        try:
            return await place(archive, rows, database, files, now, accept_unverified=accept_unverified)
        finally:
            rows.close()
