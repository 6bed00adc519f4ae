"""Mails to whoever pays: an invoice, a credit note, a payment that failed, a plan that was lost."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.money import rupees
from complianceai.billing.accounts.queries import find_account
from complianceai.billing.invoices.making import Issued
from complianceai.billing.plans import plan_named
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.tables import payments
from complianceai.site.language import SOURCE_LANGUAGE
from complianceai.site.mail import Letter, send
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.tables import people


class Payer(NamedTuple):
    """Where mail about money goes."""

    email: str
    name: str
    language: str


async def tell_of_payment(connection: AsyncConnection, sealer: Sealer, made: Issued, now: datetime) -> None:
    """Nothing; whoever pays has a mail with the number of the invoice, and where it is."""
    await _tell(connection, sealer, "billing/mail/paid.html", made, now)


async def tell_of_refund(connection: AsyncConnection, sealer: Sealer, made: Issued, now: datetime) -> None:
    """Nothing; whoever pays has a mail with the number of the credit note, and where it is."""
    await _tell(connection, sealer, "billing/mail/refunded.html", made, now)


async def tell_of_debt(
    connection: AsyncConnection, sealer: Sealer, bought: Subscription, ends: datetime, now: datetime
) -> None:
    """Nothing; whoever pays knows that a payment failed, how to mend it, and until when the plan is kept."""
    payer = await _payer_of(connection, bought.account_id, bought.created_by)
    if payer is None:
        return
    template = "billing/mail/unpaid.html" if now < ends else "billing/mail/lapsed.html"
    values = {
        "plan": _title(bought.plan, payer.language),
        "amount": shown(bought.gross_paise),
        "until": date_in_india(ends).isoformat(),
        "subscription": str(bought.id),
    }
    letter = Letter(template, payer.email, payer.name, payer.language, values)
    await send(connection, sealer, letter, now)


def shown(paise: int) -> str:
    """An amount as mails and papers write it: Rs 1,768.82."""
    whole, rest = divmod(paise, 100)
    return f"{rupees(whole)}.{rest:02d}"


async def _tell(
    connection: AsyncConnection, sealer: Sealer, template: str, made: Issued, now: datetime
) -> None:
    wanted = select(payments.c.subscription_id).where(payments.c.id == made.payment_id)
    bought = await find_subscription(connection, (await connection.execute(wanted)).scalar_one())
    payer = await _payer_of(connection, made.account_id, bought.created_by)
    if payer is None:
        return
    values = {
        "number": made.number,
        "amount": shown(made.total_paise),
        "plan": _title(made.plan, payer.language),
        "invoice": str(made.id),
    }
    letter = Letter(template, payer.email, payer.name, payer.language, values)
    await send(connection, sealer, letter, now)


async def _payer_of(connection: AsyncConnection, account_id: UUID, bought_by: UUID | None) -> Payer | None:
    """The account's own address, in the language of whoever bought; None where both are gone."""
    account = await find_account(connection, account_id)
    wanted = select(people.c.email, people.c.name, people.c.language).where(
        people.c.id == (account.person_id or bought_by)
    )
    person = (await connection.execute(wanted)).first()
    if person is None and account.email is None:
        return None
    email = account.email or (person.email if person else "")
    name = account.legal_name or (person.name if person else "")
    return Payer(email, name[:50], person.language if person else SOURCE_LANGUAGE)


def _title(plan: str, language: str) -> str:
    return str(getattr(plan_named(plan).titles, language, plan_named(plan).titles.en))
