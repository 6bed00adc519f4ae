"""Money given back: asked for by the operator, done by a job under a key, so that it is given back once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from complianceai.billing.accounts.actions import hold_account
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.errors import GatewayRefused
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.errors import PaymentMissing, TooMuchBack
from complianceai.billing.subscriptions.placing import NOTE
from complianceai.billing.subscriptions.queries import Refund, find_payment, left_of
from complianceai.billing.subscriptions.recording import mark_refused, note_refund
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.billing.subscriptions.tables import refunds
from complianceai.storage.audit import Actor, Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.storage.rows import fetch_one
from complianceai.storage.sealing import Sealer

REFUND = "billing.refund"


async def ask_refund(
    database: Database, actor: Actor, payment_id: UUID, paise: int, reason: str, now: datetime
) -> UUID:
    """The id of the refund, which a job carries out; who asks for it is the operator, and that is looked at before.

    Errors: PaymentMissing; TooMuchBack.
    """
    async with database.transaction() as connection:
        payment = await find_payment(connection, payment_id)
        await hold_account(connection, payment.account_id)
        left = await left_of(connection, payment)
        if not 0 < paise <= left:
            raise TooMuchBack(left_paise=left)
        made = await note_refund(connection, payment, paise, reason, now, asked_by=actor.person_id)
        told = {"payment": payment.gateway_id, "paise": paise, "reason": reason}
        await add_to_trail(connection, payment.account_id, actor, Change("refund.asked", None, told), now)
        await put_in_outbox(connection, REFUND, {"refund": str(made)}, now)
        return made


async def give_back(database: Database, sealer: Sealer, till: Till, refund_id: UUID, now: datetime) -> None:
    """Nothing; the refund is done at Razorpay, recorded, and told of. Done again it changes nothing.

    Errors: PaymentMissing; GatewaySilent.
    """
    async with database.reading() as connection:
        columns = [refunds.c[name] for name in Refund.__slots__]
        refund = await fetch_one(connection, select(*columns).where(refunds.c.id == refund_id), Refund)
        if refund is None:
            raise PaymentMissing
        payment = await find_payment(connection, refund.payment_id)
    if refund.state == "asked":
        body = {"amount": refund.paise, "receipt": str(refund.id), "notes": {NOTE: str(refund.id)}}
        # The same key with the same body is the same refund, however often it is asked for.
        headers = {"X-Refund-Idempotency": str(refund.id)}
        try:
            await Razorpay(till).post(f"payments/{payment.gateway_id}/refund", body, headers)
        except GatewayRefused as error:
            async with database.transaction() as connection:
                await hold_account(connection, refund.account_id)
                await mark_refused(connection, refund, str(error.fields["reason"]), now)
            return
    await Syncing(database, sealer, till).payment(payment.gateway_id, now)
