"""What is used of a plan, each answered by an index over the account's own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.queries import Account, Holder, companies_of
from complianceai.billing.usage.tables import billing_storage, billing_usage
from complianceai.tenancy.policies import GUESTS
from complianceai.tenancy.practice_tables import practice_members
from complianceai.tenancy.tables import members


class Metered(StrEnum):
    """What is counted anew each month."""

    DOCUMENTS = "documents"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a holder uses: companies and people now, files altogether, documents and answers of the month."""

    companies: int
    people: int
    storage_bytes: int
    documents: int
    answers: int


def month_of(today: date) -> date:
    """The month's first day, by which it is known."""
    return today.replace(day=1)


async def usage_of(
    connection: AsyncConnection, holder: Holder, account: Account | None, today: date
) -> Usage:
    """What the holder uses that day."""
    used = await used_in(connection, account.id, month_of(today)) if account else {}
    return Usage(
        companies=await count_companies(connection, holder, today),
        people=await count_people(connection, holder, today),
        storage_bytes=await count_stored(connection, holder, today),
        documents=used.get(Metered.DOCUMENTS, 0),
        answers=used.get(Metered.ANSWERS, 0),
    )


async def count_companies(connection: AsyncConnection, holder: Holder, today: date) -> int:
    """How many companies the holder pays for."""
    mine = companies_of(holder, today).subquery()
    return (await connection.execute(select(func.count()).select_from(mine))).scalar_one()


async def count_people(connection: AsyncConnection, holder: Holder, today: date) -> int:
    """How many people work on the holder's companies or in its practice, each once; clients and auditors do not."""
    theirs = _workers(holder, today).subquery()
    return (await connection.execute(select(func.count()).select_from(theirs))).scalar_one()


async def is_counted(connection: AsyncConnection, holder: Holder, person_id: UUID, today: date) -> bool:
    """Whether the person is one of those already."""
    theirs = _workers(holder, today).subquery()
    wanted = select(theirs.c.person_id).where(theirs.c.person_id == person_id)
    return (await connection.execute(wanted)).first() is not None


async def count_stored(connection: AsyncConnection, holder: Holder, today: date) -> int:
    """How much the files of the holder's companies take. Units: bytes."""
    mine = billing_storage.c.company_id.in_(companies_of(holder, today))
    wanted = select(func.coalesce(func.sum(billing_storage.c.bytes), 0)).where(mine)
    return int((await connection.execute(wanted)).scalar_one())


async def used_in(connection: AsyncConnection, account_id: UUID, month: date) -> dict[str, int]:
    """What the account has used of each kind that month; a kind that it used nothing of is left out."""
    mine = (billing_usage.c.account_id == account_id) & (billing_usage.c.month == month)
    found = await connection.execute(select(billing_usage.c.kind, billing_usage.c.used).where(mine))
    return {each.kind: each.used for each in found}


def _workers(holder: Holder, today: date) -> Select[tuple[UUID]]:
    is_there = members.c.until.is_(None) | (members.c.until >= today)
    of_companies = select(members.c.person_id).where(
        members.c.company_id.in_(companies_of(holder, today)),
        members.c.role.not_in(sorted(GUESTS)),
        is_there,
    )
    if holder.practice_id is None:
        return of_companies.distinct()
    own = select(practice_members.c.person_id).where(practice_members.c.practice_id == holder.practice_id)
    everybody = of_companies.union(own).subquery()
    return select(everybody.c.person_id)
