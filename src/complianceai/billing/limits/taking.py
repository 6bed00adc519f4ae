"""Room taken for what is counted as it comes: documents, answers, files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.queries import Holder, account_of
from complianceai.billing.limits.asking import check_room, held_account, payer_of, plan_of
from complianceai.billing.limits.enforcing import holds_limits
from complianceai.billing.limits.rooms import MONTHLY, Room
from complianceai.billing.usage.actions import add_stored, add_used
from complianceai.billing.usage.queries import count_stored, month_of, used_in
from complianceai.storage.audit import hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


async def take_document(connection: AsyncConnection, company_id: UUID, now: datetime) -> None:
    """Nothing; one more new document of the month is counted. The caller holds the company's trail.

    Errors: OverPlan.
    """
    holder = await payer_of(connection, company_id, now)
    if holder is not None:
        await _take(connection, Room.DOCUMENTS, holder, 1, now)


async def take_answers(
    database: Database, scope: Scope, company_id: UUID | None, count: int, now: datetime
) -> Holder | None:
    """Who has paid for so many answers, which are counted before they are worked on; None where nobody need.

    Without a company whoever asks pays. Errors: OverPlan.
    """
    if not holds_limits(database):
        return None
    async with database.transaction() as connection:
        if company_id is not None:
            await hold_trail(connection, company_id)
            holder = await payer_of(connection, company_id, now)
        else:
            holder = Holder(person_id=scope.person.id)
        if holder is not None:
            await _take(connection, Room.ANSWERS, holder, count, now)
        return holder


async def give_back_answers(database: Database, holder: Holder | None, count: int, now: datetime) -> None:
    """Nothing; so many answers that were counted were none."""
    if holder is None:
        return
    async with database.transaction() as connection:
        account = await held_account(connection, holder, now)
        month = month_of(date_in_india(now))
        await add_used(connection, account.id, month, MONTHLY[Room.ANSWERS], -count)


async def check_storage(connection: AsyncConnection, company_id: UUID, size: int, now: datetime) -> None:
    """Nothing, where so many bytes fit as things stand; asked before a file is kept, and again when it is.

    Errors: OverPlan.
    """
    holder = await payer_of(connection, company_id, now)
    if holder is not None:
        today = date_in_india(now)
        account = await account_of(connection, holder)
        used = await count_stored(connection, holder, today)
        check_room(Room.STORAGE, account, used, size, today)


async def take_storage(connection: AsyncConnection, company_id: UUID, size: int, now: datetime) -> None:
    """Nothing; the company's files take so many bytes more. The caller holds the company's trail.

    Errors: OverPlan.
    """
    holder = await payer_of(connection, company_id, now)
    if holder is not None:
        today = date_in_india(now)
        account = await held_account(connection, holder, now)
        used = await count_stored(connection, holder, today)
        check_room(Room.STORAGE, account, used, size, today)
    await add_stored(connection, company_id, size)


async def count_storage(connection: AsyncConnection, company_id: UUID, size: int) -> None:
    """Nothing; the file is counted and never refused: somebody outside has sent it, or signed it."""
    await add_stored(connection, company_id, size)


async def _take(connection: AsyncConnection, room: Room, holder: Holder, count: int, now: datetime) -> None:
    today = date_in_india(now)
    account = await held_account(connection, holder, now)
    kind, month = MONTHLY[room], month_of(today)
    if room.of(plan_of(account, today)) is not None:
        used = (await used_in(connection, account.id, month)).get(kind, 0)
        check_room(room, account, used, count, today)
    await add_used(connection, account.id, month, kind, count)
