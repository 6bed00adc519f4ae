"""What its owner asks of a subscription: to end, to pause, to go on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.actions import hold_account
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.accounts.queries import find_own_account
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.applying import END, SYNC
from complianceai.billing.subscriptions.errors import NotNow, SubscriptionMissing
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.states import MAY, Deed, State
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.billing.subscriptions.tables import subscriptions
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.scope import Scope


async def find_own(connection: AsyncConnection, scope: Scope, subscription_id: UUID) -> Subscription:
    """The subscription, where the person decides for its account.

    Errors: SubscriptionMissing.
    """
    found = await find_subscription(connection, subscription_id)
    try:
        await find_own_account(connection, scope, found.account_id)
    except AccountMissing as error:
        raise SubscriptionMissing from error
    return found


async def cancel(database: Database, scope: Scope, subscription_id: UUID, now: datetime) -> Subscription:
    """The subscription, which ends with the period that is paid for; a trial or an unpaid one ends at once.

    The wish is kept here and carried out by a job, so that it is done though Razorpay be silent just now.
    Errors: SubscriptionMissing; NotNow.
    """
    async with database.transaction() as connection:
        found = await _held(connection, scope, subscription_id, Deed.CANCEL)
        if found.way == "once" and found.state is not State.WAITING:
            raise NotNow
        values: dict[str, object] = {"ends_with_period": True}
        if found.state is State.WAITING:
            # Nobody has agreed to it: here it is over now, and Razorpay's link leads nowhere soon.
            values |= {"state": State.ENDED.value, "ended_at": now}
        mine = update(subscriptions).where(subscriptions.c.id == found.id)
        await connection.execute(mine.values(**values))
        await put_in_outbox(connection, END, {"subscription": str(found.id)}, now)
        told = {"subscription": str(found.id), "plan": found.plan}
        change = Change("subscription.ended", told, None)
        await add_to_trail(connection, found.account_id, scope.actor, change, now)
        return await find_subscription(connection, found.id)


async def pause(
    database: Database, sealer: Sealer, till: Till, scope: Scope, subscription_id: UUID, now: datetime
) -> Subscription:
    """The subscription paused: nothing is charged, and the plan is had to the end of what is paid for.

    Errors: SubscriptionMissing; NotNow; GatewaySilent; GatewayRefused.
    """
    return await _steer(database, sealer, till, scope, subscription_id, Deed.PAUSE, now)


async def resume(
    database: Database, sealer: Sealer, till: Till, scope: Scope, subscription_id: UUID, now: datetime
) -> Subscription:
    """The subscription going on; the next period is charged as it comes.

    Errors: SubscriptionMissing; NotNow; GatewaySilent; GatewayRefused.
    """
    return await _steer(database, sealer, till, scope, subscription_id, Deed.RESUME, now)


async def _steer(  # noqa: PLR0913, PLR0917 - as above
    database: Database,
    sealer: Sealer,
    till: Till,
    scope: Scope,
    subscription_id: UUID,
    deed: Deed,
    now: datetime,
) -> Subscription:
    async with database.transaction() as connection:
        found = await _held(connection, scope, subscription_id, deed)
        if found.way == "once" or found.gateway_id is None:
            raise NotNow
        change = Change(f"subscription.{deed.value}", None, {"subscription": str(found.id)})
        await add_to_trail(connection, found.account_id, scope.actor, change, now)
        # Whatever becomes of the call, what came of it is looked at soon.
        await put_in_outbox(connection, SYNC, {"about": found.gateway_id}, now)
    path = f"subscriptions/{found.gateway_id}/{deed.value}"
    await Razorpay(till).post(path, {f"{deed.value}_at": "now"})
    return await Syncing(database, sealer, till).subscription(subscription_id, now)


async def _held(connection: AsyncConnection, scope: Scope, subscription_id: UUID, deed: Deed) -> Subscription:
    account_id = (await find_own(connection, scope, subscription_id)).account_id
    await hold_account(connection, account_id)
    found = await find_own(connection, scope, subscription_id)
    if deed not in MAY[found.state] or (
        deed is Deed.CANCEL and found.ends_with_period and found.way == "mandate"
    ):
        raise NotNow
    return found
