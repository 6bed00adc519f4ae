"""A webhook heard once, and the reason to ask Razorpay that it is."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite

from complianceai.base.errors import InvalidInput
from complianceai.billing.razorpay.errors import ForgedSignature
from complianceai.billing.razorpay.signatures import is_signed
from complianceai.billing.subscriptions.applying import SYNC
from complianceai.billing.webhooks.tables import gateway_events
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox

UNREADABLE = marked("This is not an event of Razorpay's. Its body is JSON with an event and a payload.")
# What an event is about, the first that it has: what is charged by a mandate hangs on that.
ABOUT = ("subscription", "refund", "payment", "order", "invoice")


async def hear(
    database: Database, secret: str, body: bytes, signature: str, event_id: str | None, now: datetime
) -> bool:
    """Whether the event is new; what it is about is looked into by a job. What it says is not taken for true.

    Errors: ForgedSignature; InvalidInput.
    """
    if not is_signed(secret, body, signature):
        raise ForgedSignature
    event, about = _read(body)
    row = {
        "body_hash": sha256(body).hexdigest(),
        "event_id": (event_id or "")[:64] or None,
        "event": event[:60],
        "about": about,
        "received_at": now,
    }
    same = gateway_events.c.body_hash == row["body_hash"]
    if row["event_id"]:
        same = or_(same, gateway_events.c.event_id == row["event_id"])
    async with database.transaction() as connection:
        if (await connection.execute(select(gateway_events.c.event).where(same))).first() is not None:
            return False
        engine = postgresql if connection.dialect.name == "postgresql" else sqlite
        wanted = engine.insert(gateway_events).values(row).on_conflict_do_nothing()
        if (await connection.execute(wanted)).rowcount != 1:
            return False
        if about:
            await put_in_outbox(connection, SYNC, {"about": about}, now)
        return True


def _read(body: bytes) -> tuple[str, str]:
    """The event, and Razorpay's id of what it is about; empty where it is about nothing of ours."""
    try:
        told = json.loads(body)
        event, payload = told["event"], told["payload"]
        entities = {name: each["entity"] for name, each in payload.items() if name in ABOUT}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput({"whole": UNREADABLE}) from error
    if not isinstance(event, str) or not all(isinstance(each, dict) for each in entities.values()):
        raise InvalidInput({"whole": UNREADABLE})
    return event, _about(entities)


def _about(entities: dict[str, Any]) -> str:
    if "subscription" in entities:
        found = entities["subscription"].get("id")
    elif "refund" in entities:
        found = entities["refund"].get("payment_id")
    elif "payment" in entities:
        found = entities["payment"].get("id")
    elif "invoice" in entities:
        found = entities["invoice"].get("subscription_id")
    else:
        found = entities.get("order", {}).get("id")
    return found[:40] if isinstance(found, str) else ""
