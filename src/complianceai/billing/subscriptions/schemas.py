"""What buying takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from complianceai.billing.accounts.actions import Particulars
from complianceai.billing.invoices.taxes import STATE_CODES
from complianceai.billing.subscriptions.queries import Subscription
from complianceai.site.blanks import BLANK
from complianceai.site.replies import Reply, Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Email, Text

WRONG_GSTIN = marked("This is not a GSTIN. Compare each of its 15 letters and figures with the certificate.")
OTHER_STATE = marked("This GSTIN is of another State. Choose the State of its registration.")
UNKNOWN_STATE = marked("Choose the State of your address.")
_STATE_OF = {code: state for state, code in STATE_CODES.items()}
# Older numbers of what is one territory or State now.
_STATE_OF |= {"25": "DH", "28": "AP"}


def _gstin(text: str) -> str:
    from stdnum.exceptions import ValidationError  # noqa: PLC0415 - whoever types none needs none
    from stdnum.in_ import gstin  # noqa: PLC0415

    try:
        found = str(gstin.validate(text))
    except ValidationError as error:
        raise PydanticCustomError("rule", "{sentence}", {"sentence": WRONG_GSTIN, "rule": "gstin"}) from error
    if found[:2] not in _STATE_OF:
        raise PydanticCustomError("rule", "{sentence}", {"sentence": WRONG_GSTIN, "rule": "gstin"})
    return found


def _state(text: str) -> str:
    if text not in STATE_CODES:
        raise PydanticCustomError("rule", "{sentence}", {"sentence": UNKNOWN_STATE, "rule": "state"})
    return text


Gstin = Annotated[Text, AfterValidator(_gstin), WithJsonSchema({"type": "string", "maxLength": 15})]
StateCode = Annotated[str, AfterValidator(_state), WithJsonSchema({"enum": sorted(STATE_CODES)})]


class ParticularsInput(Wire):
    """What a tax invoice says of whoever it is for; the State is a code such as MH."""

    legal_name: Annotated[Text, Field(min_length=1, max_length=200, pattern=r"\S")]
    address: Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]
    state: StateCode
    gstin: Annotated[Gstin | None, BLANK] = None
    email: Annotated[Email | None, BLANK] = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.gstin is not None and _STATE_OF[self.gstin[:2]] != self.state:
            raise PydanticCustomError("rule", "{sentence}", {"sentence": OTHER_STATE, "rule": "state"})
        return self

    @property
    def said(self) -> Particulars:
        """As the account keeps it."""
        return Particulars(self.legal_name.strip(), self.gstin, self.state, self.address.strip(), self.email)


class PurchaseInput(Wire):
    """A plan, how long each period is, and whether it renews itself (mandate) or is bought once."""

    plan: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,29}$")]
    period: Literal["monthly", "yearly"]
    way: Literal["mandate", "once"] = "mandate"


class SubscriptionReply(Reply):
    """What was bought, and where it stands; `payAt` is where its owner agrees to it or pays. Units: paise."""

    id: UUID
    plan: str
    period: Literal["monthly", "yearly"]
    way: Literal["mandate", "once"]
    state: Literal["waiting", "agreed", "active", "past_due", "unpaid", "paused", "ended"]
    net_paise: int
    gross_paise: int
    upfront_net_paise: int
    upfront_gross_paise: int
    starts_at: datetime | None
    current_start: datetime | None
    current_end: datetime | None
    ends_with_period: bool
    created_at: datetime
    ended_at: datetime | None
    pay_at: str | None


def subscription_reply(bought: Subscription, root: str) -> SubscriptionReply:
    """The subscription for a program; whoever pays by an order does so on its page here."""
    own: dict[str, Any] = {
        name: getattr(bought, name) for name in SubscriptionReply.model_fields if name != "pay_at"
    }
    here = f"{root}/app/account/subscription/{bought.id}"
    is_open = bought.state == "waiting"
    pay_at = (bought.short_url or here) if is_open else None
    return SubscriptionReply(**{**own, "state": bought.state.value}, pay_at=pay_at)
