"""Every read of a company's trail by one of its members."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Entry, audit, closing_line, entries_after, last_entry, line_of
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.policies import check_can_see_trail
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

AT_ONCE = 500


async def list_trail(
    connection: AsyncConnection, scope: Scope, company_id: UUID, *, limit: int, offset: int
) -> tuple[list[Entry], int]:
    """Rows of the trail, the latest first, at most `limit` of them, and how many there are in all.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_can_see_trail(company.role)
    theirs = (audit.c.company_id == company_id) & scope.reaches(audit.c.company_id)
    wanted = select(audit).where(theirs).order_by(audit.c.number.desc()).limit(limit).offset(offset)
    total = (await connection.execute(select(func.count()).select_from(audit).where(theirs))).scalar_one()
    return await fetch_all(connection, wanted, Entry), total


async def export_trail(database: Database, scope: Scope, company_id: UUID) -> AsyncIterator[str]:
    """The whole trail as it stands now, a line a row and one that closes it, for `verify_trail.py`.

    Errors: CompanyMissing; NotYourRole; both before the first line.
    """
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_can_see_trail(company.role)
    return await lines_of(database, company_id)


async def lines_of(database: Database, trail_id: UUID) -> AsyncIterator[str]:
    """The lines of an export of the trail as it stands now; whoever calls it has checked who may read it."""
    async with database.reading() as connection:
        last = await last_entry(connection, trail_id)
    return _lines(database, trail_id, last)


async def _lines(database: Database, company_id: UUID, last: Entry | None) -> AsyncIterator[str]:
    # A slow reader must not hold a connection, and no row before the last one can change meanwhile.
    number, end = 0, last.number if last else 0
    while number < end:
        async with database.reading() as connection:
            found = await entries_after(connection, company_id, number, limit=min(AT_ONCE, end - number))
        for entry in found:
            yield line_of(entry) + "\n"
        number = found[-1].number
    yield closing_line(company_id, last) + "\n"
