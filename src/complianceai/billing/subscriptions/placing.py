"""What was bought, placed with Razorpay: found there where it was placed before, and never placed twice."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from complianceai.billing.accounts.queries import Account
from complianceai.billing.plans import load
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.tables import gateway_plans, subscriptions
from complianceai.storage.database import Database

# A mandate says how often it may be charged; so many years are enough, and a change begins a new one.
YEARS = 10
TOTAL = {"monthly": 12 * YEARS, "yearly": YEARS}
OPEN_FOR = timedelta(days=3)
# Razorpay's clock may stand a little beside ours.
SKEW = timedelta(minutes=10)
NOTE = "complianceai"


async def place(
    database: Database, till: Till, account: Account, bought: Subscription, now: datetime
) -> Subscription:
    """The subscription with Razorpay's id: of the one that is there, where an earlier call went unanswered.

    Errors: GatewaySilent; GatewayRefused.
    """
    razorpay = Razorpay(till)
    if bought.gateway_id is not None:
        return bought
    is_fresh = bought.created_at == now
    if bought.way == "once":
        there = None if is_fresh else await _find_order(razorpay, bought)
        there = there or await razorpay.post("orders", _order(account, bought))
    else:
        plan_id = await _plan_id(database, till, bought)
        there = None if is_fresh else await _find_mandate(razorpay, bought, plan_id)
        there = there or await razorpay.post("subscriptions", _mandate(bought, plan_id, now))
    async with database.transaction() as connection:
        mine = update(subscriptions).where(subscriptions.c.id == bought.id)
        await connection.execute(mine.values(gateway_id=there["id"], short_url=there.get("short_url")))
        return await find_subscription(connection, bought.id)


async def _plan_id(database: Database, till: Till, bought: Subscription) -> str:
    """Razorpay's plan of that price. Two who make it at once make two alike, of which one is used from then on."""
    key = {
        "key_id": till.key_id,
        "plan": bought.plan,
        "period": bought.period,
        "gross_paise": bought.gross_paise,
    }
    same = [gateway_plans.c[name] == value for name, value in key.items()]
    async with database.reading() as connection:
        wanted = select(gateway_plans.c.gateway_id).where(*same)
        known = (await connection.execute(wanted)).scalar_one_or_none()
    if known is not None:
        return str(known)
    item = {
        "name": f"ComplianceAI {load()[bought.plan].titles.en}",
        "amount": bought.gross_paise,
        "currency": "INR",
        "description": f"{bought.period}, GST included",
    }
    made = await Razorpay(till).post("plans", {"period": bought.period, "interval": 1, "item": item})
    async with database.transaction() as connection:
        taken = (await connection.execute(wanted)).scalar_one_or_none()
        if taken is None:
            await connection.execute(insert(gateway_plans).values(**key, gateway_id=made["id"]))
    return str(taken or made["id"])


def _mandate(bought: Subscription, plan_id: str, now: datetime) -> dict[str, Any]:
    upfront = {
        "name": "Difference to the larger plan, GST included",
        "amount": bought.upfront_gross_paise,
        "currency": "INR",
    }
    asked: dict[str, Any] = {
        "plan_id": plan_id,
        "total_count": TOTAL[bought.period],
        "quantity": 1,
        # Reminders to pay are ours to send.
        "customer_notify": False,
        "notes": {NOTE: str(bought.id)},
    }
    ends = now + OPEN_FOR
    if bought.starts_at is not None:
        asked["start_at"] = int(bought.starts_at.timestamp())
        ends = min(ends, bought.starts_at)
    asked["expire_by"] = int(ends.timestamp())
    return {**asked, "addons": [{"item": upfront}]} if bought.upfront_gross_paise else asked


def _order(account: Account, bought: Subscription) -> dict[str, Any]:
    return {
        "amount": bought.charged_first_paise,
        "currency": "INR",
        "receipt": str(bought.id),
        "notes": {NOTE: str(bought.id), "account": str(account.id)},
    }


async def _find_order(razorpay: Razorpay, bought: Subscription) -> dict[str, Any] | None:
    found = (await razorpay.get("orders", receipt=str(bought.id)))["items"]
    return found[0] if found else None


async def _find_mandate(razorpay: Razorpay, bought: Subscription, plan_id: str) -> dict[str, Any] | None:
    since = int((bought.created_at - SKEW).timestamp())
    for each in await razorpay.every("subscriptions", plan_id=plan_id, **{"from": since}):
        notes = each.get("notes")
        if isinstance(notes, dict) and notes.get(NOTE) == str(bought.id):
            return each
    return None
