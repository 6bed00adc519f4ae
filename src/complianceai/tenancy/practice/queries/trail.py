"""Every read of a practice's own trail by one of its people."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Entry, audit
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies
from complianceai.tenancy.trail.queries import lines_of


async def list_practice_trail(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, *, limit: int, offset: int
) -> tuple[list[Entry], int]:
    """Rows of the trail, the latest first, at most `limit` of them, and how many there are in all.

    Errors: PracticeMissing; NotYourPracticeRole.
    """
    practice = await find_practice(connection, scope, practice_id)
    check_can(practice.role, PracticeDeed.SEE_TRAIL)
    theirs = (audit.c.company_id == practice_id) & scope.is_in(audit.c.company_id)
    wanted = select(audit).where(theirs).order_by(audit.c.number.desc()).limit(limit).offset(offset)
    total = (await connection.execute(select(func.count()).select_from(audit).where(theirs))).scalar_one()
    return await fetch_all(connection, wanted, Entry), total


async def export_practice_trail(database: Database, scope: Scope, practice_id: UUID) -> AsyncIterator[str]:
    """The whole trail as it stands now, a line a row and one that closes it, for `verify_trail.py`.

    Errors: PracticeMissing; NotYourPracticeRole; both before the first line.
    """
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
        check_can(practice.role, PracticeDeed.SEE_TRAIL)
    return await lines_of(database, practice_id)


async def names_of_companies(
    connection: AsyncConnection, scope: Scope, company_ids: Collection[UUID]
) -> dict[str, str]:
    """The names of those of the companies that the person reaches, by their id as a text."""
    wanted = select(companies.c.id, companies.c.name).where(
        companies.c.id.in_(company_ids), scope.reaches(companies.c.id)
    )
    return {str(identity): name for identity, name in await connection.execute(wanted)}
