"""What is true of a subscription, a payment or an order asked of Razorpay, and brought into our books.

Every way leads here: a webhook, the way back from paying, a call that went unanswered, the nightly look. So it does not
matter which of them comes, how often, or in which order: what is recorded is what Razorpay says now.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.actions import hold_account
from complianceai.billing.razorpay.asking import Razorpay, instant
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.applying import Seen, apply_seen
from complianceai.billing.subscriptions.placing import NOTE
from complianceai.billing.subscriptions.queries import (
    Payment,
    Refund,
    Subscription,
    by_gateway_id,
    find_subscription,
    known_payments,
    payment_by_gateway_id,
    refunds_of,
)
from complianceai.billing.subscriptions.recording import (
    Received,
    mark_refused,
    note_refund,
    record_payment,
    record_refund,
)
from complianceai.billing.subscriptions.telling import tell_of_payment, tell_of_refund
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer

AT_RAZORPAY = "Refunded at Razorpay"


class Syncing:
    """Brings into the books what Razorpay says."""

    def __init__(self, database: Database, sealer: Sealer, till: Till) -> None:
        self._database, self._sealer, self._till = database, sealer, till
        self._razorpay = Razorpay(till)

    async def about(self, gateway_id: str, now: datetime) -> None:
        """Nothing; whatever the id is of stands in our books as at Razorpay. What is none of ours is left alone.

        Errors: GatewaySilent; GatewayRefused.
        """
        kind = gateway_id.partition("_")[0]
        if kind == "pay":
            await self.payment(gateway_id, now)
            return
        async with self._database.reading() as connection:
            bought = await by_gateway_id(connection, gateway_id)
        if bought is not None:
            await self.subscription(bought.id, now)

    async def subscription(self, subscription_id: UUID, now: datetime) -> Subscription:
        """The subscription as it stands by now, with every payment of it recorded.

        Errors: SubscriptionMissing; GatewaySilent; GatewayRefused.
        """
        async with self._database.reading() as connection:
            bought = await find_subscription(connection, subscription_id)
        if bought.gateway_id is None:
            return bought
        if bought.way == "once":
            seen, received = await self._look_at_order(bought)
        else:
            seen, received = await self._look_at_mandate(bought)
        async with self._database.transaction() as connection:
            await hold_account(connection, bought.account_id)
            for each in received:
                await self._record(connection, bought, each, now)
            return await apply_seen(connection, subscription_id, seen, now)

    async def payment(self, gateway_id: str, now: datetime) -> None:
        """Nothing; the payment is recorded where it is for something of ours, and so is each refund of it."""
        there = await self._razorpay.get(f"payments/{gateway_id}")
        async with self._database.reading() as connection:
            known = await payment_by_gateway_id(connection, gateway_id)
        if known is None:
            known = await self._find_whose(there, now)
        if known is not None and there.get("amount_refunded"):
            await self._take_refunds(known, now)

    async def refund(self, gateway_id: str, now: datetime) -> None:
        """Nothing; the refund stands in our books, where its payment is one of ours.

        Errors: GatewaySilent; GatewayRefused.
        """
        there = await self._razorpay.get(f"refunds/{gateway_id}")
        await self.payment(str(there["payment_id"]), now)

    async def _find_whose(self, there: dict[str, Any], now: datetime) -> Payment | None:
        about = there.get("order_id")
        if invoice_id := there.get("invoice_id"):
            about = (await self._razorpay.get(f"invoices/{invoice_id}")).get("subscription_id")
        if about:
            await self.about(str(about), now)
        async with self._database.reading() as connection:
            return await payment_by_gateway_id(connection, str(there["id"]))

    async def _take_refunds(self, payment: Payment, now: datetime) -> None:
        there = await self._razorpay.every(f"payments/{payment.gateway_id}/refunds")
        async with self._database.transaction() as connection:
            await hold_account(connection, payment.account_id)
            for each in sorted(there, key=lambda refund: (refund["created_at"], refund["id"])):
                if each.get("status") in {"processed", "failed"}:
                    await self._take_refund(connection, payment, each, now)

    async def _take_refund(
        self, connection: AsyncConnection, payment: Payment, there: dict[str, Any], now: datetime
    ) -> None:
        found = await _ours(connection, payment, there)
        if there["status"] == "failed":
            if found is not None:
                await mark_refused(connection, found, "failed at the bank", now)
            return
        if found is None:
            paise, identity = int(there["amount"]), str(there["id"])
            await note_refund(connection, payment, paise, AT_RAZORPAY, now, gateway_id=identity)
            found = await _ours(connection, payment, there)
        assert found is not None  # noqa: S101 - it was noted just now
        note = await record_refund(connection, payment, found, str(there["id"]), now)
        if note is not None:
            await tell_of_refund(connection, self._sealer, note, now)

    async def _record(
        self, connection: AsyncConnection, bought: Subscription, received: Received, now: datetime
    ) -> None:
        made = await record_payment(connection, self._till.seller, bought, received, now)
        if made is not None:
            await tell_of_payment(connection, self._sealer, made, now)

    async def _look_at_mandate(self, bought: Subscription) -> tuple[Seen, list[Received]]:
        there = await self._razorpay.get(f"subscriptions/{bought.gateway_id}")
        invoices = await self._razorpay.every("invoices", subscription_id=bought.gateway_id)
        paid = {str(each["payment_id"]): each for each in invoices if each.get("status") == "paid"}
        async with self._database.reading() as connection:
            known = await known_payments(connection, list(paid))
        received = []
        for payment_id in sorted(paid.keys() - known, key=lambda each: (paid[each]["created_at"], each)):
            payment, invoice = await self._razorpay.get(f"payments/{payment_id}"), paid[payment_id]
            begins, ends = (instant(invoice.get(name)) for name in ("billing_start", "billing_end"))
            received.append(_received(payment, begins, ends))
        return Seen.of_mandate(there, paid.values()), received

    async def _look_at_order(self, bought: Subscription) -> tuple[Seen, list[Received]]:
        found = await self._razorpay.every(f"orders/{bought.gateway_id}/payments")
        paid = [each for each in found if each.get("status") in {"captured", "refunded"}]
        if not paid:
            return Seen.of_order(bought, None), []
        first = min(paid, key=lambda each: (each["created_at"], each["id"]))
        seen = Seen.of_order(bought, instant(first["created_at"]))
        received = [_received(each, seen.current_start, seen.current_end) for each in paid]
        return seen, received


async def _ours(connection: AsyncConnection, payment: Payment, there: dict[str, Any]) -> Refund | None:
    """The refund in our books: by Razorpay's id, or by ours, which stands in its notes."""
    notes = there.get("notes")
    noted = notes.get(NOTE) if isinstance(notes, dict) else None
    ours = await refunds_of(connection, payment.id)
    return next((each for each in ours if each.gateway_id == there["id"] or str(each.id) == noted), None)


def _received(payment: dict[str, Any], begins: datetime | None, ends: datetime | None) -> Received:
    paid_at = instant(payment["created_at"])
    assert paid_at is not None  # noqa: S101 - Razorpay's payments always bear their instant
    return Received(
        gateway_id=str(payment["id"]),
        paise=int(payment["amount"]),
        fee_paise=int(payment.get("fee") or 0),
        fee_tax_paise=int(payment.get("tax") or 0),
        method=str(payment.get("method") or "")[:30],
        paid_at=paid_at,
        period_start=None if begins is None else date_in_india(begins),
        # A period ends where the next begins; its last day is the one before.
        period_end=None if ends is None else date_in_india(ends) - timedelta(days=1),
    )
