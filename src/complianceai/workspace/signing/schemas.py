"""What asking for signatures, and giving one, look like on the way in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from complianceai.site.blanks import Flag, Whole
from complianceai.site.replies import Wire
from complianceai.tenancy.inputs import Email, Name

MOST_SIGNERS = 20
Days = Annotated[Whole, Field(ge=1, le=90)]
Message = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
# Lines of points, each between 0 and 1000: "12,40 13,44;80,20 90,25".
Drawn = Annotated[
    str,
    StringConstraints(
        max_length=20_000, pattern=r"^(?:[0-9]{1,4},[0-9]{1,4}(?:[ ;][0-9]{1,4},[0-9]{1,4})*)?$"
    ),
]


class SignerInput(Wire):
    """Somebody who is asked to sign."""

    name: Name
    email: Email


class SigningInput(Wire):
    """Who is asked to sign, in which order, and for how many days."""

    signers: list[SignerInput] = Field(min_length=1, max_length=MOST_SIGNERS)
    in_order: Flag = False
    days: Days = 14
    message: Message = ""


class AnswerInput(Wire):
    """A signature, or that there is none."""

    deed: Literal["sign", "decline"]
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    typed: Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)] = ""
    drawn: Drawn = ""
    agrees: Flag = False
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
