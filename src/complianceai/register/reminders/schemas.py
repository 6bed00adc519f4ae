"""What reminders look like on the way in."""

from datetime import time
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from complianceai.register.reminders.actions.chats import ChatWish
from complianceai.register.reminders.ladder import BEFORE, OVERDUE
from complianceai.register.reminders.wants import Rhythm, Settings, Wishes
from complianceai.site.blanks import BLANK, ClockTime, Flag, Whole
from complianceai.site.language import LANGUAGES
from complianceai.site.replies import Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Text

NOT_DAYS = marked("Write whole numbers of days from 1 to 90, with commas: 15, 7, 3, 1.")
TOO_MANY_DAYS = marked("At most ten numbers of days are kept. Leave some out.")
NO_LANGUAGE = marked("There is no such language. Choose one that is listed.")
MOST_DAYS, MOST_RUNGS = 90, 10


def _days(value: Any) -> Any:
    """Days as a list or as a person types them, the most first and each once."""
    given = [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise ValueError(NOT_DAYS)  # noqa: TRY004 - pydantic tells only of a ValueError
    if not all(_is_days(each) for each in given):
        raise ValueError(NOT_DAYS)
    days = sorted({int(each) for each in given}, reverse=True)
    if len(days) > MOST_RUNGS:
        raise ValueError(TOO_MANY_DAYS)
    return tuple(days)


def _is_days(value: object) -> bool:
    is_number = (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 4
    )
    return is_number and 1 <= int(str(value)) <= MOST_DAYS


_blank = BLANK
# A form sends the days as one text with commas.
_DAYS = WithJsonSchema(
    {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "string", "pattern": r"^[0-9, ]*$"}]}
)
Days = Annotated[tuple[int, ...], BeforeValidator(_days), _DAYS]
OwnDays = Annotated[Annotated[tuple[int, ...], BeforeValidator(_days)] | None, _blank]
After = Annotated[Annotated[int, Field(ge=1, le=MOST_DAYS)] | None, _blank]
Duty = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9-]+$")]


class SettingsInput(Wire):
    """How a company's people are reminded; what is left out is as by default."""

    before: Days = BEFORE
    duties: dict[Duty, Days] = Field(default={}, max_length=200)
    overdue: Days = OVERDUE
    weekly: Flag = True
    reviewer_after: After = 1
    owner_after: After = 3

    def settings(self) -> Settings:
        """The settings themselves."""
        late = tuple(sorted(self.overdue))
        return Settings(self.before, self.duties, late, self.weekly, self.reviewer_after, self.owner_after)


class WishesInput(Wire):
    """How a person is told, in India's time; `before` null is as each company says."""

    before: OwnDays = None
    by_mail: Flag = True
    events_by_mail: Flag = True
    rhythm: Rhythm = Rhythm.SINGLE
    weekday: Annotated[Whole, Field(ge=0, le=6, description="0 is Monday.")] = 0
    digest_at: ClockTime = time(9, 0)
    quiet_from: ClockTime = time(21, 0)
    quiet_until: ClockTime = time(8, 0)

    def wishes(self) -> Wishes:
        """The wishes themselves; seconds and zones are nobody's wish."""
        values = {name: getattr(self, name) for name in Wishes.__slots__}
        for name in ("digest_at", "quiet_from", "quiet_until"):
            values[name] = values[name].replace(second=0, microsecond=0, tzinfo=None)
        return Wishes(**values)


class WebhookInput(Wire):
    """A webhook as it is wanted."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    events: list[Annotated[str, Field(max_length=30)]] = Field(max_length=20)


class WebhookEdit(Wire):
    """What is to be different; what is left out stays."""

    events: list[Annotated[str, Field(max_length=30)]] | None = Field(default=None, max_length=20)
    paused: Flag | None = None


class ChatInput(Wire):
    """A chat as it is wanted told; the address is spelt as Apprise spells it."""

    name: Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    language: str = "en"

    @model_validator(mode="after")
    def _is_spoken(self) -> Self:
        if self.language not in LANGUAGES:
            raise ValueError(NO_LANGUAGE)
        return self

    def wish(self) -> ChatWish:
        """The wish itself."""
        return ChatWish(self.name, self.address, self.language)


class ReadInput(Wire):
    """Which alerts were read; null is all of them."""

    ids: Annotated[list[UUID], Field(max_length=200)] | None = None
