"""What the console's forms send."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from complianceai.base.clock import INDIA
from complianceai.insights.tables import LONGEST_TEXT
from complianceai.site.blanks import Whole
from complianceai.site.replies import Wire
from complianceai.tenancy.inputs import Text


def _in_india(value: datetime) -> datetime:
    # A form sends what the clock on the wall says.
    return value.replace(tzinfo=INDIA) if value.tzinfo is None else value


Wall = Annotated[datetime, AfterValidator(_in_india)]
Line = Annotated[Text, AfterValidator(str.strip)]


class AnnouncementForm(Wire):
    """What is told to everybody, in both languages, from when until when."""

    text_en: Line = Field(min_length=1, max_length=LONGEST_TEXT)
    text_hi: Line = Field(default="", max_length=LONGEST_TEXT)
    starts: Wall
    ends: Wall


class ShareForm(Wire):
    """For how many of a hundred people a part is on."""

    percent: Whole = Field(ge=0, le=100)


class NamedForm(Wire):
    """Somebody for whom it is on besides."""

    email: Line = Field(min_length=3, max_length=200)
