"""What tasks look like on the way in."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from complianceai.register.tasks.actions.custom import OwnDuty
from complianceai.register.tasks.actions.notices import Happened, Received
from complianceai.register.tasks.actions.settings import Keeping
from complianceai.register.tasks.actions.steps import Taken
from complianceai.register.tasks.notice_states import Happening
from complianceai.register.tasks.states import Priority
from complianceai.site.blanks import BLANK, Flag
from complianceai.site.days import Day as WrittenDay
from complianceai.site.faults import EMPTY
from complianceai.site.replies import Wire

# Beyond these years no duty of anybody's falls; a slip of the keyboard does.
Day = Annotated[WrittenDay, Field(ge=date(1990, 1, 1), le=date(2099, 12, 31))]
MOST_PAISE = 10**17
MOST_AT_ONCE = 200


_blank = BLANK
OptionalDay = Annotated[Day | None, _blank]
OptionalId = Annotated[UUID | None, _blank]
OptionalPriority = Annotated[Priority | None, _blank]
# No control characters, which no keyboard types; in longer texts lines may be broken.
_PLAIN, _LINES = r"^[^\x00-\x1f\x7f]*$", r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def _text(most: int, least: int = 0, pattern: str = _PLAIN) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most, pattern=pattern)


def _seen(value: str) -> str:
    # Signs that turn or join letters are no text by themselves.
    if not any(letter.isprintable() and not letter.isspace() for letter in value):
        raise PydanticCustomError("unseen", "{sentence}", {"sentence": EMPTY})
    return value


Seen = AfterValidator(_seen)
Line = Annotated[str, _text(200, 1), Seen]
Short = Annotated[str, _text(60)]
Longer = Annotated[str, _text(100)]
Words = Annotated[str, _text(5000, 0, _LINES)]
Repeats = Literal["once", "month", "quarter", "year"]


class OwnDutyInput(Wire):
    """A duty of one's own; it repeats until `endsOn`, or without end."""

    title: Line
    due_date: Day
    repeats: Repeats = "once"
    ends_on: OptionalDay = None
    authority: Short = ""
    notes: Words = ""

    def duty(self) -> OwnDuty:
        """The duty as the register keeps it."""
        return OwnDuty(self.title, self.due_date, self.repeats, self.ends_on, self.authority, self.notes)


class TaskEdit(Wire):
    """What is to be different; what is left out stays, and null takes away. Rupees are given in paise."""

    priority: OptionalPriority = None
    working_date: OptionalDay = None
    assignee_id: OptionalId = None
    reviewer_id: OptionalId = None
    notes: Words = ""
    filed_on: OptionalDay = None
    acknowledgement: Longer = ""
    amount_paise: Annotated[int | None, Field(ge=0, le=MOST_PAISE)] = None
    filing_note: Words = ""
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None

    def edit(self) -> dict[str, Any]:
        """The values that were given, by the names of the columns."""
        given = self.model_fields_set - {"version"}
        return {name: _plain(getattr(self, name)) for name in given}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Priority) else value


StepName = Literal[
    "start",
    "submit",
    "withdraw",
    "approve",
    "approve_again",
    "send_back",
    "file",
    "waive",
    "rule_out",
    "reopen",
]


class StepInput(Wire):
    """A step from state to state; `factsHash` is of what an approver has seen: others are not approved."""

    step: StepName
    reason: Words = ""
    reviewer_id: OptionalId = None
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    facts_hash: Annotated[str | None, Field(pattern="^[0-9a-f]{64}$"), _blank] = None

    def taken(self) -> Taken:
        """The step as the register takes it."""
        return Taken(self.step, self.reason, self.reviewer_id, self.facts_hash)


class BulkInput(Wire):
    """One change of many tasks: a step, an edit, or both."""

    task_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]
    step: StepName | None = None
    reason: Words = ""
    reviewer_id: OptionalId = None
    assignee_id: OptionalId = None
    priority: OptionalPriority = None

    def edit(self) -> dict[str, Any]:
        """The values that were given, by the names of the columns."""
        given = self.model_fields_set & {"assignee_id", "priority"}
        return {name: _plain(getattr(self, name)) for name in given}

    def taken(self) -> Taken | None:
        """The step, if one is asked for."""
        return Taken(self.step, self.reason, self.reviewer_id) if self.step else None


class CommentInput(Wire):
    """What is said of a task; @name mentions a colleague."""

    text: Annotated[str, _text(5000, 1, _LINES), Seen]


class ItemInput(Wire):
    """A point of a checklist, done or not."""

    text: Annotated[str, _text(300, 1), Seen]
    done: Flag = False


class NoticeInput(Wire):
    """What a notice says."""

    authority: Annotated[str, _text(60, 1), Seen]
    subject: Line
    dated: Day
    received_on: Day
    section: Longer = ""
    reference: Longer = ""
    reply_due: OptionalDay = None
    hearing_on: OptionalDay = None
    notes: Words = ""

    def received(self) -> Received:
        """The notice as the register keeps it."""
        return Received(**{name: getattr(self, name) for name in Received.__slots__})


class HappeningInput(Wire):
    """What became of a notice on a day; `movedTo` is the new day of the hearing or of the reply."""

    kind: Happening
    on: Day
    text: Words = ""
    moved_to: OptionalDay = None

    def happened(self) -> Happened:
        """It as the register keeps it."""
        return Happened(self.kind, self.on, self.text, self.moved_to)


def _by_number(value: object) -> object:
    return (
        {"": None, "default": None, "yes": True, "no": False}.get(value, value)
        if isinstance(value, str)
        else value
    )


class KeepingInput(Wire):
    """How the register is kept; `reviewRequired` null lets the number of people decide."""

    review_required: Annotated[Flag | None, BeforeValidator(_by_number), BLANK] = None
    engaged_from: OptionalDay = None
    engaged_until: OptionalDay = None

    def keeping(self) -> Keeping:
        """It as the register keeps it."""
        return Keeping(self.review_required, self.engaged_from, self.engaged_until)
