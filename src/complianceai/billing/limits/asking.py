"""The account that is asked for room, and its answer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.actions import hold_account, open_account
from complianceai.billing.accounts.queries import Account, Holder, find_account, holder_of
from complianceai.billing.limits.enforcing import has_limits
from complianceai.billing.limits.errors import OverPlan
from complianceai.billing.limits.rooms import Room
from complianceai.billing.plans import FREE, Plan, plan_named, with_more


def plan_of(account: Account | None, today: date) -> Plan:
    """The plan that holds that day: a trial that is over has been none, whenever the clock's work comes round."""
    if account is None:
        return plan_named(FREE)
    is_over = account.trial_ends_on is not None and account.trial_ends_on < today
    return plan_named(FREE if is_over else account.plan)


async def held_account(connection: AsyncConnection, holder: Holder, now: datetime) -> Account:
    """The holder's account, which nobody else moves or fills until the transaction ends."""
    account = await open_account(connection, holder, now)
    await hold_account(connection, account.id)
    # Whoever had to wait sees what the one before has made of it.
    return await find_account(connection, account.id)


async def payer_of(connection: AsyncConnection, company_id: UUID, now: datetime) -> Holder | None:
    """Who is asked for room in the company; None where limits hold for nobody, or nobody is left to pay."""
    if not has_limits(connection):
        return None
    return await holder_of(connection, company_id, date_in_india(now))


def check_room(room: Room, account: Account | None, used: int, added: int, today: date) -> None:
    """Nothing, where the account's plan has room for so much more.

    Errors: OverPlan.
    """
    plan = plan_of(account, today)
    limit = room.of(plan)
    if limit is not None and used + added > limit:
        of_practice = account is not None and account.holder.is_practice
        raise OverPlan(room, plan, used, with_more(plan, room.limit, of_practice=of_practice))
