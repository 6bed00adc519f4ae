"""A plan bought, or changed to another: what it costs is worked out here, and agreed to at Razorpay."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.accounts.actions import hold_account
from complianceai.billing.accounts.errors import PlanForPractices, PlanMissing
from complianceai.billing.accounts.queries import Account, find_own_account
from complianceai.billing.invoices.taxes import place_of_supply, taxed
from complianceai.billing.plans import Plan, load
from complianceai.billing.razorpay.errors import GatewaySilent
from complianceai.billing.razorpay.till import Seller, Till
from complianceai.billing.subscriptions.entitlement import is_on_trial
from complianceai.billing.subscriptions.errors import (
    AlreadySubscribed,
    NotForSale,
    NotNow,
    ParticularsNeeded,
    PeriodEnding,
)
from complianceai.billing.subscriptions.placing import place
from complianceai.billing.subscriptions.proration import difference_due, price_of
from complianceai.billing.subscriptions.queries import Subscription, find_subscription, of_account
from complianceai.billing.subscriptions.states import LIVE, MAY, Deed, State
from complianceai.billing.subscriptions.tables import subscriptions
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.tenancy.scope import Scope

ADOPT = "billing.adopt"
ADOPT_AFTER = timedelta(minutes=2)
LAST_CHANGE = timedelta(hours=1)
LONGEST_MONTH = timedelta(days=31)


class Wanted(NamedTuple):
    """A plan, how long each period is, and whether it renews itself (mandate) or not (once)."""

    plan: str
    period: str
    way: str


class Price(NamedTuple):
    """What is charged each period, what at once in addition or instead, and from when on. Units: paise."""

    net: int
    gross: int
    upfront_net: int = 0
    upfront_gross: int = 0
    starts_at: datetime | None = None
    replaces: Subscription | None = None


async def buy(
    database: Database, till: Till, scope: Scope, account_id: UUID, wanted: Wanted, now: datetime
) -> Subscription:
    """What was bought, to be agreed to at Razorpay; asked twice for the same, it is the same.

    Errors: AccountMissing; PlanMissing; NotForSale; PlanForPractices; ParticularsNeeded; AlreadySubscribed; NotNow;
    PeriodEnding; GatewaySilent; GatewayRefused.
    """
    async with database.transaction() as connection:
        await hold_account(connection, account_id)
        account = await find_own_account(connection, scope, account_id)
        plan = _sellable(account, wanted)
        bought = await of_account(connection, account_id)
        price = quote(till.seller, account, plan, wanted, bought, now)
        made = _same_waiting(bought, wanted, price)
        if made is None:
            made = await _write(connection, scope, account, wanted, price, now)
    try:
        return await place(database, till, account, made, now)
    except GatewaySilent:
        async with database.transaction() as connection:
            await put_in_outbox(
                connection, ADOPT, {"subscription": str(made.id)}, now, due_at=now + ADOPT_AFTER
            )
        raise


def quote(
    seller: Seller, account: Account, plan: Plan, wanted: Wanted, bought: list[Subscription], now: datetime
) -> Price:
    """What the plan would cost the account now.

    Errors: NotForSale; ParticularsNeeded; AlreadySubscribed; NotNow; PeriodEnding.
    """
    net = price_of(plan, wanted.period)
    if not net:
        raise NotForSale
    place_code = place_of_supply(account.gstin, account.state)
    if place_code is None or not account.legal_name or not account.address:
        raise ParticularsNeeded
    is_within = place_code == seller.state_code

    def gross(paise: int) -> int:
        return taxed(paise, is_within_state=is_within).total

    running = next((each for each in bought if each.state in LIVE - {State.WAITING}), None)
    if running is None:
        # What was agreed to once, a trial as well, has a beginning.
        has_tried = any(each.current_start is not None for each in bought)
        trial = timedelta(days=plan.trial_days) if wanted.way == "mandate" and not has_tried else timedelta(0)
        return Price(net, gross(net), starts_at=now + trial if trial else None)
    _check_change(running, wanted, now)
    due = _due(running, bought, plan, now)
    return Price(net, gross(net), due, gross(due), running.current_end, running)


def _due(running: Subscription, bought: list[Subscription], plan: Plan, now: datetime) -> int:
    """The difference for what is left of the running period, by the prices of that period's kind."""
    begins, ends = running.current_start, running.current_end
    if begins is None or ends is None or is_on_trial(running, {each.id: each for each in bought}):
        return 0
    kind = "monthly" if ends - begins <= LONGEST_MONTH else "yearly"
    old = load().get(running.plan)
    paid = (price_of(old, kind) if old else None) or running.net_paise
    return difference_due(paid, price_of(plan, kind) or 0, begins, ends, now)


def _check_change(running: Subscription, wanted: Wanted, now: datetime) -> None:
    if Deed.CHANGE not in MAY[running.state]:
        raise NotNow
    is_same = (running.plan, running.period, running.way) == (wanted.plan, wanted.period, wanted.way)
    if is_same and not running.ends_with_period:
        raise AlreadySubscribed
    if running.current_end is None or running.current_end - now < LAST_CHANGE:
        raise PeriodEnding
    if wanted.way == "once":
        # Bought for a period of its own: what runs would be paid for twice.
        raise NotNow


def _sellable(account: Account, wanted: Wanted) -> Plan:
    plan = load().get(wanted.plan)
    if plan is None:
        raise PlanMissing(plan=wanted.plan)
    if plan.for_practice and not account.holder.is_practice:
        raise PlanForPractices
    return plan


def _same_waiting(bought: list[Subscription], wanted: Wanted, price: Price) -> Subscription | None:
    for each in bought:
        asked = (each.plan, each.period, each.way)
        costs = (each.gross_paise, each.upfront_gross_paise)
        is_same = asked == wanted and costs == (price.gross, price.upfront_gross)
        if each.state is State.WAITING and is_same and (price.starts_at is None) == (each.starts_at is None):
            return each
    return None


async def _write(
    connection: AsyncConnection, scope: Scope, account: Account, wanted: Wanted, price: Price, now: datetime
) -> Subscription:
    identity = new_id()
    row = {
        "id": identity, "account_id": account.id, "way": wanted.way, "plan": wanted.plan, "period": wanted.period,
        "net_paise": price.net, "gross_paise": price.gross, "upfront_net_paise": price.upfront_net,
        "upfront_gross_paise": price.upfront_gross, "state": State.WAITING.value, "starts_at": price.starts_at,
        "ends_with_period": wanted.way == "once", "replaces_id": price.replaces.id if price.replaces else None,
        "dunned": 0, "created_by": scope.person.id, "created_at": now, "updated_at": now,
    }  # fmt: skip
    await connection.execute(insert(subscriptions).values(row))
    told = {"plan": wanted.plan, "period": wanted.period, "way": wanted.way, "paise": price.gross}
    change = Change("subscription.asked", None, {**told, "upfront_paise": price.upfront_gross})
    await add_to_trail(connection, account.id, scope.actor, change, now)
    return await find_subscription(connection, identity)
