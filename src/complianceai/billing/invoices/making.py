"""Tax invoices and credit notes issued: numbered in the transaction that records the money, and final from then on.

Source: section 31 of the CGST Act 2017 and rule 46 of the CGST Rules 2017 (invoices), section 34 and rule 53 (notes).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.billing.accounts.queries import Account
from complianceai.billing.invoices.numbers import next_number
from complianceai.billing.invoices.tables import tax_invoices
from complianceai.billing.ledger.chart import Taxed
from complianceai.billing.razorpay.till import Seller
from complianceai.storage.rows import fetch_one


class Sale(NamedTuple):
    """What a payment is for: a period of a plan, or the difference to a larger one; supplied where, at what price."""

    payment_id: UUID
    plan: str
    purpose: str
    period_start: date | None
    period_end: date | None
    place_of_supply: str
    amount: Taxed


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice or a credit note as it was issued."""

    id: UUID
    number: str
    kind: str
    account_id: UUID
    issued_on: date
    payment_id: UUID
    about_number: str | None
    about_on: date | None
    seller: dict[str, Any]
    buyer: dict[str, Any]
    place_of_supply: str
    sac: str
    plan: str
    purpose: str
    period_start: date | None
    period_end: date | None
    net_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    total_paise: int

    @property
    def amount(self) -> Taxed:
        """The price with its taxes."""
        return Taxed(self.net_paise, self.cgst_paise, self.sgst_paise, self.igst_paise)

    @property
    def is_credit(self) -> bool:
        """Whether it takes back what an invoice charged."""
        return self.kind == "credit_note"


async def issue(
    connection: AsyncConnection, seller: Seller, account: Account, sale: Sale, now: datetime
) -> Issued:
    """The invoice of a payment."""
    sold = {name: value for name, value in sale._asdict().items() if name != "amount"}
    buyer = {
        "name": account.legal_name or "",
        "gstin": account.gstin,
        "address": account.address or "",
        "state": account.state,
    }
    row = {
        **sold,
        "kind": "invoice",
        "account_id": account.id,
        "seller": {"name": seller.name, "gstin": seller.gstin, "address": seller.address},
        "buyer": buyer,
        "sac": seller.sac,
    }
    return await _write(connection, row, sale.amount, now)


async def credit(
    connection: AsyncConnection, invoice: Issued, refund_id: UUID, amount: Taxed, now: datetime
) -> Issued:
    """The credit note of a refund, on the invoice that it takes back in whole or in part."""
    kept = (
        "account_id", "payment_id", "seller", "buyer", "place_of_supply", "sac", "plan", "purpose", "period_start",
        "period_end",
    )  # fmt: skip
    row = {name: getattr(invoice, name) for name in kept}
    row |= {"kind": "credit_note", "refund_id": refund_id}
    row |= {"about_number": invoice.number, "about_on": invoice.issued_on}
    return await _write(connection, row, amount, now)


async def issued_for(connection: AsyncConnection, payment_id: UUID) -> Issued:
    """The invoice of a payment that is recorded."""
    wanted = select(*(tax_invoices.c[name] for name in Issued.__slots__))
    mine = (tax_invoices.c.payment_id == payment_id) & (tax_invoices.c.kind == "invoice")
    found = await fetch_one(connection, wanted.where(mine), Issued)
    assert found is not None  # noqa: S101 - a payment is recorded with its invoice, in one transaction
    return found


async def _write(connection: AsyncConnection, row: dict[str, Any], amount: Taxed, now: datetime) -> Issued:
    day, identity = date_in_india(now), new_id()
    number = await next_number(connection, str(row["kind"]), day)
    money = {f"{name}_paise": paise for name, paise in amount._asdict().items()}
    whole = {**row, **money, "id": identity, "number": number, "issued_on": day, "issued_at": now}
    await connection.execute(insert(tax_invoices).values(**whole, total_paise=amount.total))
    wanted = select(*(tax_invoices.c[name] for name in Issued.__slots__))
    found = await fetch_one(connection, wanted.where(tax_invoices.c.id == identity), Issued)
    assert found is not None  # noqa: S101 - it was written just now
    return found
