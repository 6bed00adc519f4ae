"""What happens by the clock: reminders to pay, plans that lapse after grace, and what was bought once and is over."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.actions import hold_account
from complianceai.billing.subscriptions.entitlement import GRACE
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.revenue import settle
from complianceai.billing.subscriptions.states import OWING, State
from complianceai.billing.subscriptions.tables import subscriptions
from complianceai.billing.subscriptions.telling import tell_of_debt
from complianceai.storage.rows import fetch_all
from complianceai.storage.sealing import Sealer

# So many days after a charge failed somebody is told; at the last of them the plan has lapsed.
RUNGS = tuple(timedelta(days=days) for days in (0, 3, 7, 11, GRACE.days))
# What ended longer ago was settled by an earlier turn of the clock.
BACK = timedelta(days=8)
MOST_AT_ONCE = 2000


async def remind_debtors(connection: AsyncConnection, sealer: Sealer, now: datetime) -> None:
    """Nothing; whoever owes and has climbed rungs since the last mail has one more."""
    owing = subscriptions.c.state.in_([each.value for each in OWING])
    wanted = select(subscriptions).where(owing, subscriptions.c.dunned < len(RUNGS)).limit(MOST_AT_ONCE)
    for each in await fetch_all(connection, wanted, Subscription):
        since = each.past_due_since or now
        reached = sum(since + rung <= now for rung in RUNGS)
        if reached > each.dunned:
            await hold_account(connection, each.account_id)
            mine = update(subscriptions).where(subscriptions.c.id == each.id)
            await connection.execute(mine.values(dunned=reached))
            await tell_of_debt(connection, sealer, each, since + GRACE, now)


async def settle_what_is_over(connection: AsyncConnection, now: datetime) -> None:
    """Nothing; every account has the plan that it has by now: after grace, after the end of what was paid for."""
    rows = subscriptions.c
    lapsed = rows.state.in_([each.value for each in OWING]) & rows.past_due_since.between(
        now - GRACE - BACK, now - GRACE
    )
    ran_out = rows.current_end.between(now - BACK, now) & (
        rows.state.in_([State.PAUSED.value, State.ENDED.value]) | (rows.way == "once")
    )
    wanted = select(rows.id, rows.account_id).where(or_(lapsed, ran_out)).limit(MOST_AT_ONCE)
    for found, account_id in (await connection.execute(wanted)).all():
        await hold_account(connection, account_id)
        await _end_what_was_once(connection, found, now)
        await settle(connection, account_id, now, reason="what was paid for is over")


async def _end_what_was_once(connection: AsyncConnection, subscription_id: UUID, now: datetime) -> None:
    found = await find_subscription(connection, subscription_id)
    if found.way == "once" and found.state is State.ACTIVE and found.current_end and found.current_end <= now:
        mine = update(subscriptions).where(subscriptions.c.id == found.id)
        await connection.execute(mine.values(state=State.ENDED.value, ended_at=found.current_end))
