"""What can go wrong between us and Razorpay."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class NotSelling(DomainError):
    """This installation has no keys of Razorpay's, or nobody in whose name invoices are written."""

    code = "billing.not_selling"
    kind = Kind.CONFLICT
    sentence = marked("Nothing is sold here: whoever runs this installation has set up no payments.")


class GatewaySilent(DomainError):
    """Razorpay did not answer, or not in time; whether it did what it was asked is not known yet."""

    code = "billing.gateway_silent"
    kind = Kind.UNAVAILABLE
    sentence = marked(
        "Razorpay does not answer. You are not charged twice: what it did shows here within minutes. Try again later."
    )


class GatewayRefused(DomainError):
    """Razorpay answered that it does not do this; `reason` is its own sentence."""

    code = "billing.gateway_refused"
    kind = Kind.CONFLICT
    sentence = marked("Razorpay refused this: {reason}")


class ForgedSignature(DomainError):
    """What claims to come from Razorpay is not signed by it."""

    code = "billing.forged_signature"
    kind = Kind.FORBIDDEN
    sentence = marked("This does not bear Razorpay's signature, so nothing was done.")
