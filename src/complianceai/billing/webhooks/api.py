"""The address at which Razorpay tells."""

from fastapi import Request

from complianceai.billing.razorpay.errors import ForgedSignature, NotSelling
from complianceai.billing.razorpay.serving import till_of
from complianceai.billing.webhooks.hearing import hear
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import network_of

router = Router(prefix="/api/billing", tags=["billing"])


@router.post("/webhook", responses=failures(403, 409, 413, 422, 429))
async def receive(request: Request, database: Db, now: Now) -> Success[bool]:
    """Whether the event was new. Signed by `X-Razorpay-Signature` over the body as it came, to the byte."""
    till = till_of(request)
    if till is None or till.webhook_secret is None:
        raise NotSelling
    signature = request.headers.get("x-razorpay-signature", "")
    event_id = request.headers.get("x-razorpay-event-id")
    body = await request.body()
    try:
        return Success(data=await hear(database, till.webhook_secret, body, signature, event_id, now))
    except ForgedSignature:
        # Razorpay's own come in crowds and are not held up; whoever forges them is.
        await services(request).limiter.count("forged", network_of(request))
        raise
