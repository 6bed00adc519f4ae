"""Companies and people, which are added in the room below: it is given `guard` and asks it (`tenancy/growing.py`)."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.queries import Holder, holder_of
from complianceai.billing.limits.asking import check_room, held_account
from complianceai.billing.limits.enforcing import has_limits
from complianceai.billing.limits.rooms import Room
from complianceai.billing.usage.queries import count_companies, count_people, is_counted
from complianceai.tenancy.growing import Growth, NewCompany, NewPerson


async def guard(connection: AsyncConnection, growth: Growth, now: datetime) -> None:
    """Nothing, where whoever pays has room for it; until the transaction ends nobody else takes that place.

    Errors: OverPlan.
    """
    if not has_limits(connection):
        return
    today = date_in_india(now)
    holder = await _payer(connection, growth, today)
    if holder is None:
        return
    account = await held_account(connection, holder, now)
    if isinstance(growth, NewCompany):
        used = await count_companies(connection, holder, today)
        check_room(Room.COMPANIES, account, used, 1, today)
        return
    known = growth.person_id
    if known is None or not await is_counted(connection, holder, known, today):
        used = await count_people(connection, holder, today)
        check_room(Room.PEOPLE, account, used, 1, today)


async def _payer(connection: AsyncConnection, growth: Growth, today: date) -> Holder | None:
    if growth.practice_id is not None:
        return Holder(practice_id=growth.practice_id)
    if isinstance(growth, NewPerson):
        return await holder_of(connection, growth.company_id, today) if growth.company_id else None
    return Holder(person_id=growth.owner_id)
