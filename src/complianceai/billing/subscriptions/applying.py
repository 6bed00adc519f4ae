"""A subscription brought to what was seen of it at Razorpay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import INDIA
from complianceai.billing.razorpay.asking import instant
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.revenue import settle
from complianceai.billing.subscriptions.states import OF_GATEWAY, OWING, State
from complianceai.billing.subscriptions.tables import subscriptions
from complianceai.storage.outbox import put_in_outbox

END = "billing.end"
SYNC = "billing.sync"
NOT_GOING = frozenset({State.WAITING, State.ENDED})
MONTHS = {"monthly": 1, "yearly": 12}


@dataclass(frozen=True, slots=True)
class Seen:
    """What Razorpay says of a subscription."""

    state: State
    current_start: datetime | None = None
    current_end: datetime | None = None
    # Whether the customer ever gave the mandate; Razorpay knows who they are from then on.
    is_agreed: bool = True

    @classmethod
    def of_mandate(cls, there: dict[str, Any], paid: Iterable[dict[str, Any]]) -> "Seen":
        """What its entity says, and its invoices that are paid.

        The running period is the last that was paid, whatever the entity says of one that was not. A state that
        Razorpay has added since is our fault, and crashes.
        """
        periods = [(each["billing_start"], each["billing_end"]) for each in paid if each.get("billing_end")]
        begins, ends = max(periods, key=lambda period: int(period[1]), default=(None, None))
        is_agreed = there["status"] != "created" and bool(there.get("customer_id"))
        return cls(OF_GATEWAY[there["status"]], instant(begins), instant(ends), is_agreed)

    @classmethod
    def of_order(cls, bought: Subscription, paid_at: datetime | None) -> "Seen":
        """What was paid once gives a period from the day of the payment; what was not is still waited for."""
        if paid_at is None:
            return cls(State.WAITING, is_agreed=False)
        # Whole months of India's calendar: what is paid on the 31st of January ends on the last of February.
        ends = paid_at.astimezone(INDIA) + relativedelta(months=MONTHS[bought.period])
        state = State.ENDED if bought.state is State.ENDED else State.ACTIVE
        return cls(state, paid_at, ends)


async def apply_seen(
    connection: AsyncConnection, subscription_id: UUID, seen: Seen, now: datetime
) -> Subscription:
    """The subscription as it was seen, and its account settled by it; the caller holds the account.

    What was seen before something later had been recorded is left aside: the later look knew more.
    """
    before = await find_subscription(connection, subscription_id)
    if now < before.updated_at:
        return before
    values = await _values(connection, before, seen, now)
    mine = update(subscriptions).where(subscriptions.c.id == subscription_id)
    await connection.execute(mine.values(**values))
    after = await find_subscription(connection, subscription_id)
    if before.state in NOT_GOING and after.state not in NOT_GOING and after.replaces_id:
        await _end_replaced(connection, after.replaces_id, now)
    await settle(connection, after.account_id, now, reason=f"subscription {after.state.value}")
    return after


async def _values(
    connection: AsyncConnection, before: Subscription, seen: Seen, now: datetime
) -> dict[str, Any]:
    values: dict[str, Any] = {"state": seen.state.value, "updated_at": now}
    values["current_start"] = seen.current_start or before.current_start
    values["current_end"] = seen.current_end or before.current_end
    if seen.is_agreed and values["current_end"] is None:
        # A trial, or the rest of the period that it waits to follow.
        values["current_start"] = await _waits_since(connection, before) or before.created_at
        values["current_end"] = before.starts_at
    if seen.state in OWING:
        values["past_due_since"] = before.past_due_since or now
    elif before.past_due_since is not None:
        values |= {"past_due_since": None, "dunned": 0}
    if seen.state is State.ENDED:
        values["ended_at"] = before.ended_at or now
    elif before.state is State.ENDED and seen.state is State.WAITING:
        # Taken back here, and Razorpay's link not closed yet.
        values["state"] = State.ENDED.value
    return values


async def _waits_since(connection: AsyncConnection, waiting: Subscription) -> datetime | None:
    """When the period began that it waits to follow."""
    if waiting.replaces_id is None:
        return None
    return (await find_subscription(connection, waiting.replaces_id)).current_start


async def _end_replaced(connection: AsyncConnection, replaced_id: UUID, now: datetime) -> None:
    mine = update(subscriptions).where(subscriptions.c.id == replaced_id)
    await connection.execute(mine.values(ends_with_period=True))
    await put_in_outbox(connection, END, {"subscription": str(replaced_id)}, now)
