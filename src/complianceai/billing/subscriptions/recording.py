"""Money that came in or went back, recorded once: the payment, its entries in the ledger, its tax invoice, the mail."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.accounts.queries import find_account
from complianceai.billing.invoices.making import Issued, Sale, credit, issue, issued_for
from complianceai.billing.invoices.taxes import contained, place_of_supply, taxed
from complianceai.billing.ledger.booking import Entry, book
from complianceai.billing.ledger.chart import Taxed, credited, invoiced, paid, refunded
from complianceai.billing.razorpay.till import Seller
from complianceai.billing.subscriptions.queries import Payment, Refund, Subscription
from complianceai.billing.subscriptions.tables import payments, refunds
from complianceai.storage.audit import Actor, Change, add_to_trail


@dataclass(frozen=True, slots=True)
class Received:
    """A payment as Razorpay tells it. Units: paise; the fee holds the tax on it."""

    gateway_id: str
    paise: int
    fee_paise: int
    fee_tax_paise: int
    method: str
    paid_at: datetime
    period_start: date | None = None
    period_end: date | None = None


async def record_payment(
    connection: AsyncConnection, seller: Seller, bought: Subscription, received: Received, now: datetime
) -> Issued | None:
    """The invoice of a payment that was not recorded before, None of one that was; the caller holds the account."""
    identity = new_id()
    row = {
        "id": identity, "gateway_id": received.gateway_id, "account_id": bought.account_id,
        "subscription_id": bought.id, "paise": received.paise, "fee_paise": received.fee_paise,
        "fee_tax_paise": received.fee_tax_paise, "method": received.method, "paid_at": received.paid_at,
        "recorded_at": now,
    }  # fmt: skip
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    wanted = (
        engine.insert(payments).values(row).on_conflict_do_nothing(index_elements=[payments.c.gateway_id])
    )
    if (await connection.execute(wanted)).rowcount != 1:
        return None
    account = await find_account(connection, bought.account_id)
    place = place_of_supply(account.gstin, account.state) or seller.state_code
    amount = _amount(bought, received, is_within_state=place == seller.state_code)
    is_difference = bool(bought.upfront_gross_paise) and received.paise == bought.upfront_gross_paise
    purpose = "difference" if is_difference else "period"
    period = (received.period_start, received.period_end)
    made = await issue(
        connection, seller, account, Sale(identity, bought.plan, purpose, *period, place, amount), now
    )
    moves = paid(received.paise, received.fee_paise, received.fee_tax_paise)
    await book(connection, Entry(f"invoice:{made.number}", account.id, now, invoiced(amount)), now)
    await book(connection, Entry(f"payment:{received.gateway_id}", account.id, received.paid_at, moves), now)
    return made


async def record_refund(
    connection: AsyncConnection, payment: Payment, refund: Refund, gateway_id: str, now: datetime
) -> Issued | None:
    """The credit note of a refund that is done now, None of one that was done before; the caller holds the account."""
    mine = update(refunds).where(refunds.c.id == refund.id, refunds.c.state != "done")
    done = await connection.execute(mine.values(state="done", gateway_id=gateway_id, done_at=now))
    if done.rowcount != 1:
        return None
    invoice = await issued_for(connection, payment.id)
    amount = _share(invoice, refund.paise)
    made = await credit(connection, invoice, refund.id, amount, now)
    entry = Entry(f"credit_note:{made.number}", payment.account_id, now, credited(amount))
    await book(connection, entry, now)
    await book(
        connection, Entry(f"refund:{gateway_id}", payment.account_id, now, refunded(refund.paise)), now
    )
    return made


async def note_refund(  # noqa: PLR0913 - what is given back of what, why, for whom, when
    connection: AsyncConnection,
    payment: Payment,
    paise: int,
    reason: str,
    now: datetime,
    *,
    asked_by: UUID | None = None,
    gateway_id: str | None = None,
) -> UUID:
    """The id of a refund that is to be done, or was done at Razorpay by itself."""
    row = {
        "id": new_id(), "payment_id": payment.id, "account_id": payment.account_id, "paise": paise, "reason": reason,
        "state": "asked", "asked_by": asked_by, "asked_at": now, "gateway_id": gateway_id,
    }  # fmt: skip
    await connection.execute(insert(refunds).values(row))
    return UUID(str(row["id"]))


async def mark_refused(connection: AsyncConnection, refund: Refund, reason: str, now: datetime) -> None:
    """Nothing; the refund was not done and is not to be; the caller holds the account."""
    mine = update(refunds).where(refunds.c.id == refund.id, refunds.c.state == "asked")
    if (await connection.execute(mine.values(state="refused", done_at=now))).rowcount == 1:
        told = {"refund": str(refund.id), "reason": reason}
        change = Change("refund.refused", None, told)
        await add_to_trail(connection, refund.account_id, Actor(None, None), change, now)


def _amount(bought: Subscription, received: Received, *, is_within_state: bool) -> Taxed:
    """The payment taken apart: as it was quoted where it is that sum, otherwise by what it holds."""
    for net in (bought.net_paise, bought.upfront_net_paise):
        quoted = taxed(net, is_within_state=is_within_state)
        if net and quoted.total == received.paise:
            return quoted
    return contained(received.paise, is_within_state=is_within_state)


def _share(invoice: Issued, paise: int) -> Taxed:
    if paise == invoice.amount.total:
        return invoice.amount
    return contained(paise, is_within_state=not invoice.amount.igst)
