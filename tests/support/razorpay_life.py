"""What Razorpay knows, in a stand-in: its things by their documented shapes, and the deeds of customers and banks."""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from complianceai.billing.razorpay.signatures import signature_of

KEY, SECRET, HOOK_SECRET = "rzp_test_standin", "secret", "hooked"
# What it keeps of a payment: 2 %, and 18 % of that as tax; the fee it tells holds the tax.
FEE_PERCENT, FEE_TAX_PERCENT = 2, 18
DAYS = {"monthly": 30, "yearly": 365}
ENDED = {"cancelled", "completed", "expired"}


@dataclass(frozen=True)
class Told:
    """One webhook as it goes over the wire."""

    event: str
    event_id: str
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "X-Razorpay-Signature": signature_of(HOOK_SECRET, self.body),
            "X-Razorpay-Event-Id": self.event_id,
        }


@dataclass
class Mishap:
    """What befalls the next call to a path that begins so: it is done or not, and then answered badly or never."""

    method: str
    path: str
    status: int = 500
    is_done: bool = False
    seconds: float = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Standin:
    """What Razorpay knows, and every deed of customers and banks that a test may do."""

    clock: Callable[[], datetime]
    url: str = ""
    hook_url: str | None = None
    method: str = "card"
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    mishaps: list[Mishap] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    refunds_by_key: dict[str, tuple[str, str]] = field(default_factory=dict)
    settles_refunds: bool = True

    def now(self) -> int:
        return int(self.clock().timestamp())

    def of(self, entity: str, **wanted: Any) -> list[dict[str, Any]]:
        """Every thing of the kind with those facts, the newest first, as lists are told."""
        found = [
            each for each in self.things.values()
            if each["entity"] == entity and all(each.get(name) == value for name, value in wanted.items())
        ]  # fmt: skip
        return found[::-1]

    def make(self, prefix: str, entity: str, **facts: Any) -> dict[str, Any]:
        identity = f"{prefix}_{secrets.token_hex(7)}"
        made = {"id": identity, "entity": entity, "created_at": self.now(), "notes": [], **facts}
        self.things[identity] = made
        return made

    # What customers and their banks do.

    def agree(self, subscription_id: str) -> dict[str, Any]:
        """The customer gives the mandate; what is due at once is charged, or a token amount that goes back."""
        sub = self.things[subscription_id]
        assert sub["status"] == "created", sub["status"]
        upfront = sum(each["item"]["amount"] for each in sub["addons"])
        starts_later = bool(sub["start_at"]) and sub["start_at"] > self.now()
        sub |= {"status": "authenticated", "auth_attempts": 1, "customer_id": sub["customer_id"] or "cust_x"}
        if starts_later and not upfront:
            payment = self._capture(500, order_id=self.make("order", "order", amount=500)["id"])
            payment |= {"amount_refunded": 500, "refund_status": "full", "status": "refunded"}
            self.make("rfnd", "refund", amount=500, payment_id=payment["id"], status="processed")
            self._tell("subscription.authenticated", subscription=sub, payment=payment)
            return payment
        if starts_later:
            payment = self._bill(sub, upfront, None, None)
            self._tell("subscription.authenticated", subscription=sub, payment=payment)
            return payment
        self._tell("subscription.authenticated", subscription=sub)
        return self.charge(subscription_id)

    def charge(self, subscription_id: str) -> dict[str, Any]:
        """The next period is charged, and the bank agrees."""
        sub = self.things[subscription_id]
        assert sub["status"] in {"authenticated", "active", "pending", "halted"}, sub["status"]
        begins = sub["current_end"] or sub["start_at"] or self.now()
        plan = self.things[sub["plan_id"]]
        ends = begins + int(timedelta(days=DAYS[plan["period"]]).total_seconds())
        was = sub["status"]
        sub |= {
            "status": "active", "current_start": begins, "current_end": ends, "charge_at": ends,
            "start_at": sub["start_at"] or begins, "paid_count": sub["paid_count"] + 1,
        }  # fmt: skip
        payment = self._bill(sub, plan["item"]["amount"], begins, ends)
        if was != "active":
            self._tell("subscription.activated", subscription=sub, payment=payment)
        self._tell("subscription.charged", subscription=sub, payment=payment)
        return payment

    def fail(self, subscription_id: str) -> None:
        """The bank does not pay; Razorpay tries again in days to come."""
        sub = self.things[subscription_id]
        sub["status"] = "pending"
        payment = self.make("pay", "payment", amount=1, status="failed", currency="INR")
        self._tell("payment.failed", payment=payment)
        self._tell("subscription.pending", subscription=sub, payment=payment)

    def halt(self, subscription_id: str) -> None:
        """Razorpay has given up trying."""
        sub = self.things[subscription_id]
        sub["status"] = "halted"
        self._tell("subscription.halted", subscription=sub)

    def end_period(self, subscription_id: str) -> None:
        """The period ends of a subscription that was to end with it."""
        sub = self.things[subscription_id]
        assert sub["cancel_at_cycle_end"], sub
        sub |= {"status": "cancelled", "ended_at": self.now()}
        self._tell("subscription.cancelled", subscription=sub)

    def expire(self, subscription_id: str) -> None:
        sub = self.things[subscription_id]
        sub |= {"status": "expired", "ended_at": self.now()}
        self._tell("subscription.expired", subscription=sub)

    def pay_order(self, order_id: str) -> dict[str, str]:
        """The customer pays an order: what their browser brings back."""
        order = self.things[order_id]
        payment = self._capture(order["amount"], order_id=order_id)
        order |= {"status": "paid", "amount_paid": order["amount"], "amount_due": 0}
        self._tell("order.paid", order=order, payment=payment)
        signed = signature_of(SECRET, f"{order_id}|{payment['id']}".encode())
        return {
            "razorpay_payment_id": payment["id"], "razorpay_order_id": order_id, "razorpay_signature": signed,
        }  # fmt: skip

    def refund(self, payment_id: str, paise: int, **facts: Any) -> dict[str, Any]:
        """Somebody gives money back, here or at the dashboard."""
        payment = self.things[payment_id]
        assert 0 < paise <= payment["amount"] - payment["amount_refunded"]
        made = self.make(
            "rfnd", "refund", amount=paise, payment_id=payment_id, currency="INR",
            status="processed" if self.settles_refunds else "pending", **facts,
        )  # fmt: skip
        payment["amount_refunded"] += paise
        whole = payment["amount_refunded"] == payment["amount"]
        payment |= {"refund_status": "full" if whole else "partial"}
        payment |= {"status": "refunded"} if whole else {}
        self._tell("refund.created", refund=made, payment=payment)
        if self.settles_refunds:
            self._tell("refund.processed", refund=made, payment=payment)
        return made

    def settle_refund(self, refund_id: str, status: str = "processed") -> None:
        refund = self.things[refund_id]
        refund["status"] = status
        self._tell(f"refund.{status}", refund=refund, payment=self.things[refund["payment_id"]])

    def _bill(self, sub: dict[str, Any], amount: int, begins: int | None, ends: int | None) -> dict[str, Any]:
        order = self.make("order", "order", amount=amount, amount_paid=amount, status="paid", currency="INR")
        invoice = self.make(
            "inv", "invoice", type="invoice", subscription_id=sub["id"], status="paid", amount=amount,
            amount_paid=amount, billing_start=begins, billing_end=ends, paid_at=self.now(), currency="INR",
            order_id=order["id"], customer_id=sub["customer_id"],
        )  # fmt: skip
        payment = self._capture(amount, order_id=order["id"], invoice_id=invoice["id"])
        invoice["payment_id"] = payment["id"]
        self._tell("payment.captured", payment=payment)
        self._tell("invoice.paid", invoice=invoice, payment=payment, order=order)
        return payment

    def _capture(self, amount: int, **facts: Any) -> dict[str, Any]:
        fee = amount * FEE_PERCENT // 100
        tax = fee * FEE_TAX_PERCENT // 100
        return self.make(
            "pay", "payment", amount=amount, currency="INR", status="captured", method=self.method,
            captured=True, amount_refunded=0, refund_status=None, fee=fee + tax, tax=tax,
            **{"invoice_id": None, **facts},
        )  # fmt: skip

    def _tell(self, event: str, **entities: dict[str, Any]) -> None:
        payload = {name: {"entity": dict(each)} for name, each in entities.items()}
        whole = {
            "entity": "event", "account_id": "acc_standin", "event": event, "contains": list(entities),
            "payload": payload, "created_at": self.now(),
        }  # fmt: skip
        told = Told(event, secrets.token_hex(7), json.dumps(whole).encode())
        self.told.append(told)
        if self.hook_url:
            threading.Thread(target=_send, args=(self.hook_url, told), daemon=True).start()


def _send(address: str, told: Told) -> None:
    import httpx

    httpx.post(address, content=told.body, headers=told.headers, timeout=10)
