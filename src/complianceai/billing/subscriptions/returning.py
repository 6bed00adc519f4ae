"""The way back from Razorpay's checkout: a browser sent here by another site, believed only by Razorpay's signature."""

import re

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.ids import read_id
from complianceai.billing.razorpay.errors import ForgedSignature
from complianceai.billing.razorpay.serving import till_of
from complianceai.billing.razorpay.signatures import is_order_paid, is_subscription_agreed
from complianceai.billing.razorpay.till import Till, insist
from complianceai.billing.subscriptions.errors import SubscriptionMissing
from complianceai.billing.subscriptions.queries import Subscription, find_subscription
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Seals
from complianceai.tenancy.access import counted
from complianceai.tenancy.forms import typed_in

router = Router(include_in_schema=False)
# Nobody is signed in by a form of another site, and nothing is done here but to ask Razorpay.
FROM_ELSEWHERE = re.compile(r"/billing/paid/[0-9a-f-]{36}")


@router.post("/billing/paid/{subscription_id}", dependencies=[counted])
async def come_back(
    request: Request, subscription_id: str, database: Db, sealer: Seals, now: Now
) -> Response:
    """The way to the subscription's page, with the payment recorded; after one that failed, the way there as well.

    Errors: SubscriptionMissing; ForgedSignature; GatewaySilent.
    """
    till = insist(till_of(request))
    identity = read_id(subscription_id)
    if identity is None:
        raise SubscriptionMissing
    async with database.reading() as connection:
        bought = await find_subscription(connection, identity)
    typed = await typed_in(request)
    if "razorpay_signature" in typed:
        _check(till, bought, typed)
        await Syncing(database, sealer, till).subscription(identity, now)
    elif not any(name.startswith("error") for name in typed):
        raise ForgedSignature
    return RedirectResponse(f"/app/account/subscription/{identity}", status_code=303)


def _check(till: Till, bought: Subscription, typed: dict[str, str]) -> None:
    # Of the two ids the one of what was bought is ours, and never the form's.
    payment_id, signature = typed.get("razorpay_payment_id", ""), typed["razorpay_signature"]
    checks = is_order_paid if bought.way == "once" else is_subscription_agreed
    if not checks(till.key_secret, bought.gateway_id or "", payment_id, signature):
        raise ForgedSignature
