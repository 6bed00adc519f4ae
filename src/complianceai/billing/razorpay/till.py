"""Who sells, and with which keys: what an installation needs before it can be paid."""

from dataclasses import dataclass, field

from complianceai.billing.razorpay.errors import NotSelling

RAZORPAY = "https://api.razorpay.com"
SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Seller:
    """In whose name invoices are written. The State is the one of the registration, by its two figures."""

    name: str
    gstin: str
    address: str
    sac: str

    @property
    def state_code(self) -> str:
        """The two figures of the State in which the seller is registered."""
        return self.gstin[:2]


@dataclass(frozen=True, slots=True)
class Till:
    """The keys, where Razorpay is, and the seller; without all of them nothing is sold."""

    key_id: str
    key_secret: str = field(repr=False)
    webhook_secret: str | None = field(repr=False)
    seller: Seller
    base_url: str = RAZORPAY
    # How long one call may take; whether a silent one was heard is found out by asking.
    seconds: float = SECONDS


def insist(till: Till | None) -> Till:
    """The till.

    Errors: NotSelling where there is none.
    """
    if till is None:
        raise NotSelling
    return till
