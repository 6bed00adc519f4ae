"""A mandate ended at Razorpay, so that nothing is charged by it any more: repeated until it is done, and no oftener."""

from datetime import datetime
from typing import Any
from uuid import UUID

from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.errors import GatewayRefused
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.queries import find_subscription
from complianceai.billing.subscriptions.states import OF_GATEWAY, State
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer


async def end_mandate(
    database: Database, sealer: Sealer, till: Till, subscription_id: UUID, now: datetime
) -> None:
    """Nothing; the mandate ends, with the period that is paid for where one is. Done again it changes nothing.

    Errors: GatewaySilent; GatewayRefused.
    """
    async with database.reading() as connection:
        bought = await find_subscription(connection, subscription_id)
    if bought.way == "once" or bought.gateway_id is None:
        return
    razorpay = Razorpay(till)
    there = await razorpay.get(f"subscriptions/{bought.gateway_id}")
    if OF_GATEWAY[there["status"]] is not State.ENDED:
        await _end(razorpay, bought.gateway_id, there)
    await Syncing(database, sealer, till).subscription(subscription_id, now)


async def _end(razorpay: Razorpay, gateway_id: str, there: dict[str, Any]) -> None:
    at_cycle_end = OF_GATEWAY[there["status"]] is State.ACTIVE
    try:
        await razorpay.post(f"subscriptions/{gateway_id}/cancel", {"cancel_at_cycle_end": at_cycle_end})
    except GatewayRefused:
        # It may have ended, or been told so by a call whose answer was lost: then this is what was wanted.
        now_there = await razorpay.get(f"subscriptions/{gateway_id}")
        is_over = OF_GATEWAY[now_there["status"]] is State.ENDED
        if not (is_over or now_there.get("cancel_at_cycle_end") or now_there.get("has_scheduled_changes")):
            raise
