"""Whether the trails in the database are whole."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Entry, closing_line, entries_after, line_of, trails
from complianceai.storage.database import Database
from complianceai.storage.verify_trail import faults_of

AT_ONCE = 1000


async def verify_trails(database: Database, company_id: UUID | None = None) -> dict[UUID, list[str]]:
    """The faults of each company's trail, or of the one company's, by its id; no faults where a trail is whole."""
    async with database.reading() as connection:
        wanted = [each for each in await trails(connection) if company_id in {None, each}]
        return {each: await _faults_of(connection, each) for each in wanted}


async def _faults_of(connection: AsyncConnection, company_id: UUID) -> list[str]:
    lines: list[bytes] = []
    last: Entry | None = None
    while found := await entries_after(connection, company_id, last.number if last else 0, limit=AT_ONCE):
        lines += [_line(entry) for entry in found]
        last = found[-1]
    return list(faults_of([*lines, closing_line(company_id, last).encode()]))


def _line(entry: Entry) -> bytes:
    try:
        return line_of(entry).encode()
    except ValueError:
        # What is no JSON any more is no row; the check names it by its place.
        return b""
