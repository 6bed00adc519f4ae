"""What the operator asks to be given back."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from complianceai.site.replies import Wire
from complianceai.tenancy.inputs import Text


class RefundInput(Wire):
    """How many rupees of which payment go back, and why; the payment by Razorpay's id."""

    payment: Annotated[str, Field(pattern=r"^pay_[A-Za-z0-9_]{1,36}$")]
    rupees: Annotated[Decimal, Field(gt=0, le=10_000_000, decimal_places=2, allow_inf_nan=False)]
    reason: Annotated[Text, Field(min_length=1, max_length=200, pattern=r"\S")]
