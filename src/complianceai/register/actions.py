"""Every write of the register."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.interview.reading import Answers
from complianceai.register.tables import unsure_facts
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.actions import Edit, add_company, change_company
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.policies import Access
from complianceai.tenancy.practice.actions.engaging import add_client
from complianceai.tenancy.scope import Scope


async def describe_company(
    database: Database, scope: Scope, answers: Answers, now: datetime, practice_id: UUID | None = None
) -> UUID:
    """The id of the new company that the answers describe, the person's own or in the care of their practice.

    Errors: InvalidInput; PracticeMissing; NotYourPracticeRole.
    """
    async with database.transaction() as connection:
        if practice_id is None:
            company = await add_company(connection, scope, answers.profile, now)
        else:
            company = await add_client(connection, scope, practice_id, answers.profile, Access.EVERYONE, now)
        await keep_unsure(connection, scope, company.id, answers.unsure, now)
        await tell_followers(connection, company.id, scope.actor, now)
    return company.id


async def describe_anew(
    database: Database, scope: Scope, company_id: UUID, answers: Answers, version: int, now: datetime
) -> None:
    """Nothing; the company is as the answers describe it.

    Errors: CompanyMissing; NotYourRole; InvalidInput; CompanyChanged.
    """
    async with database.transaction() as connection:
        edit = Edit(new_profile=answers.profile, version=version)
        await change_company(connection, scope, company_id, edit, now)
        await keep_unsure(connection, scope, company_id, answers.unsure, now)
        await tell_followers(connection, company_id, scope.actor, now)


async def keep_unsure(
    connection: AsyncConnection, scope: Scope, company_id: UUID, unsure: Collection[str], now: datetime
) -> None:
    """Nothing; those are the facts that nobody knows of the company, in the transaction of whatever says so."""
    known = select(unsure_facts.c.path).where(unsure_facts.c.company_id == company_id)
    before = sorted(
        (await connection.execute(known.where(scope.reaches(unsure_facts.c.company_id)))).scalars()
    )
    if before == sorted(unsure):
        return
    await connection.execute(delete(unsure_facts).where(unsure_facts.c.company_id == company_id))
    if unsure:
        rows = [{"company_id": company_id, "path": path} for path in sorted(unsure)]
        await connection.execute(insert(unsure_facts), rows)
    change = Change("unsure_facts.changed", {"paths": before}, {"paths": sorted(unsure)})
    await add_to_trail(connection, company_id, scope.actor, change, now)
