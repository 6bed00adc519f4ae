"""Every read of what was bought and paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.subscriptions.errors import PaymentMissing, SubscriptionMissing
from complianceai.billing.subscriptions.states import LIVE, State
from complianceai.billing.subscriptions.tables import payments, refunds, revenue_changes, subscriptions
from complianceai.storage.rows import fetch_all, fetch_one


@dataclass(frozen=True, slots=True)
class Subscription:
    """What an account bought, and where it stands. Units: paise; gross holds GST."""

    id: UUID
    account_id: UUID
    way: str
    plan: str
    period: str
    net_paise: int
    gross_paise: int
    upfront_net_paise: int
    upfront_gross_paise: int
    state: State
    gateway_id: str | None
    short_url: str | None
    starts_at: datetime | None
    current_start: datetime | None
    current_end: datetime | None
    ends_with_period: bool
    replaces_id: UUID | None
    past_due_since: datetime | None
    dunned: int
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))

    @property
    def charged_first_paise(self) -> int:
        """What is charged when it is agreed to, or paid where it is bought once."""
        return self.upfront_gross_paise or self.gross_paise


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in. Units: paise."""

    id: UUID
    gateway_id: str
    account_id: UUID
    subscription_id: UUID
    paise: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back, or went. Units: paise."""

    id: UUID
    payment_id: UUID
    account_id: UUID
    paise: int
    reason: str
    state: str
    gateway_id: str | None


async def find_subscription(connection: AsyncConnection, subscription_id: UUID) -> Subscription:
    """The subscription, whoever asks.

    Errors: SubscriptionMissing.
    """
    wanted = select(subscriptions).where(subscriptions.c.id == subscription_id)
    found = await fetch_one(connection, wanted, Subscription)
    if found is None:
        raise SubscriptionMissing
    return found


async def by_gateway_id(connection: AsyncConnection, gateway_id: str) -> Subscription | None:
    """The subscription that Razorpay knows by that id, or None where it is none of ours."""
    wanted = select(subscriptions).where(subscriptions.c.gateway_id == gateway_id)
    return await fetch_one(connection, wanted, Subscription)


async def of_account(connection: AsyncConnection, account_id: UUID) -> list[Subscription]:
    """Everything that the account ever bought, the last first."""
    wanted = select(subscriptions).where(subscriptions.c.account_id == account_id)
    return await fetch_all(
        connection,
        wanted.order_by(subscriptions.c.created_at.desc(), subscriptions.c.id.desc()),
        Subscription,
    )


async def live_mandates(
    connection: AsyncConnection, *, not_since: datetime, limit: int
) -> list[Subscription]:
    """Subscriptions of which nothing was heard since then and that may have gone on, the longest unheard first."""
    is_live = subscriptions.c.state.in_([each.value for each in LIVE]) & subscriptions.c.gateway_id.is_not(
        None
    )
    wanted = select(subscriptions).where(is_live, subscriptions.c.updated_at < not_since)
    return await fetch_all(connection, wanted.order_by(subscriptions.c.updated_at).limit(limit), Subscription)


async def known_payments(connection: AsyncConnection, gateway_ids: list[str]) -> set[str]:
    """Those of Razorpay's ids that are recorded as payments."""
    wanted = select(payments.c.gateway_id).where(payments.c.gateway_id.in_(gateway_ids))
    return set((await connection.execute(wanted)).scalars())


async def find_payment(connection: AsyncConnection, payment_id: UUID) -> Payment:
    """The payment, whoever asks.

    Errors: PaymentMissing.
    """
    found = await fetch_one(connection, _payments().where(payments.c.id == payment_id), Payment)
    if found is None:
        raise PaymentMissing
    return found


async def payment_by_gateway_id(connection: AsyncConnection, gateway_id: str) -> Payment | None:
    """The payment that Razorpay knows by that id, or None where it is not recorded."""
    return await fetch_one(connection, _payments().where(payments.c.gateway_id == gateway_id), Payment)


async def payments_of(connection: AsyncConnection, account_id: UUID) -> list[Payment]:
    """What the account paid, the last first."""
    wanted = _payments().where(payments.c.account_id == account_id).order_by(payments.c.paid_at.desc())
    return await fetch_all(connection, wanted, Payment)


async def refunds_of(connection: AsyncConnection, payment_id: UUID) -> list[Refund]:
    """Every refund of the payment, in the order in which they were asked for."""
    columns = [refunds.c[name] for name in Refund.__slots__]
    wanted = select(*columns).where(refunds.c.payment_id == payment_id)
    return await fetch_all(connection, wanted.order_by(refunds.c.asked_at, refunds.c.id), Refund)


async def left_of(connection: AsyncConnection, payment: Payment) -> int:
    """What may still be refunded of it. Units: paise."""
    counted = (refunds.c.payment_id == payment.id) & (refunds.c.state != "refused")
    given = select(func.coalesce(func.sum(refunds.c.paise), 0)).where(counted)
    return payment.paise - int((await connection.execute(given)).scalar_one())


async def last_worth(connection: AsyncConnection, account_id: UUID) -> int:
    """What the account was worth a month after the last change. Units: paise."""
    wanted = (
        select(revenue_changes.c.mrr_after_paise)
        .where(revenue_changes.c.account_id == account_id)
        .order_by(revenue_changes.c.changed_at.desc(), revenue_changes.c.id.desc())
        .limit(1)
    )
    return int((await connection.execute(wanted)).scalar_one_or_none() or 0)


def _payments() -> Select[Any]:
    return select(*(payments.c[name] for name in Payment.__slots__))
