"""An archive of an earlier program, brought to the present schema by the very migrations that a database takes."""

from pathlib import Path

from complianceai.operations.carrying.errors import ArchiveUnreadable
from complianceai.operations.carrying.extent import TOLD
from complianceai.operations.carrying.packing import pack
from complianceai.operations.carrying.placing import fill
from complianceai.operations.carrying.unpacking import Archive, open_archive
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.migrate import migrate
from complianceai.storage.urls import sqlite_url


async def bring_forward(archive: Archive, folder: Path) -> Archive:
    """The archive's rows as the present schema has them, without its files; whoever asked closes it.

    They are put into an empty database of that time, which is then brought up to date like any other.

    Errors: ArchiveUnreadable where they do not fit into it.
    """
    about, beside = archive.about, Database(sqlite_url(folder / "beside.db"))
    try:
        await migrate(beside, about.revision)
        async with beside.transaction() as connection:
            await fill(connection, archive, about.made_at, accept_unverified=True)
        await migrate(beside)
        target = folder / archive.name
        with target.open("w+b") as into:
            made = await pack(
                beside, Files((folder / "none").as_uri()), about.company_id, into, about.made_at
            )
    finally:
        await beside.close()
    before = {name: rows for name, (rows, _) in about.tables.items() if name not in TOLD}
    lost = sorted(name for name, rows in before.items() if rows and made.tables.get(name, (0, ""))[0] < rows)
    if lost:
        raise ArchiveUnreadable(name=archive.name, fault=f"{', '.join(lost)} did not come forward whole")
    return open_archive(target)
