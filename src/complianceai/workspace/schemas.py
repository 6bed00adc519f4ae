"""What documents look like on the way in."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from complianceai.site.blanks import BLANK, Flag, Whole
from complianceai.site.days import Day as WrittenDay
from complianceai.site.replies import Wire
from complianceai.site.words import marked
from complianceai.tenancy.policies import Role

_PLAIN, _LINES = r"^[^\x00-\x1f\x7f]*$", r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
ONE_OF_TWO = marked("Send either `text` or `userInputs`.")
WHOM = marked("Say with whom: `personId` or `role`, one of the two.")


def _text(most: int, least: int = 0, pattern: str = _PLAIN, *, strip: bool = True) -> StringConstraints:
    return StringConstraints(strip_whitespace=strip, min_length=least, max_length=most, pattern=pattern)


Title = Annotated[str, _text(200, 1)]
MaybeTitle = Annotated[str, _text(200)]
Note = Annotated[str, _text(200)]
Body = Annotated[str, _text(200_000, 1, _LINES, strip=False)]
Words = Annotated[str, _text(5000, 1, _LINES)]
Quote = Annotated[str, _text(1000, 0, _LINES)]
Number = Annotated[Whole, Field(ge=1, le=2**31 - 1)]
Language = Literal["en", "hi"]
LevelWord = Literal["view", "edit", "admin"]
Hash = Annotated[str | None, Field(pattern="^[0-9a-f]{64}$"), BLANK]
Day = Annotated[WrittenDay, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]
OptionalDay = Annotated[Day | None, BLANK]
OptionalId = Annotated[UUID | None, BLANK]
TemplateId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[a-z0-9][a-z0-9-]*$")]
StepName = Literal["submit", "withdraw", "approve", "send_back", "settle", "sign", "supersede", "reopen"]


class GenerateInput(Wire):
    """A paper to be drafted; `userInputs` answers the template's own questions by their names."""

    template_id: TemplateId
    company_id: UUID
    user_inputs: dict[str, Any] = Field(max_length=500)
    language: Language = "en"
    title: MaybeTitle = ""
    is_private: Flag = False


PaperKind = Literal[
    "resolution", "notice", "minutes", "consent", "letter", "agreement", "policy", "register", "certificate",
    "reply", "authorisation",
]  # fmt: skip


class QuestionInput(Wire):
    """What is asked for one field of a company's own template; `if` names a question before it, `is` its answer."""

    name: Annotated[str, StringConstraints(max_length=61, pattern=r"^[a-z][a-z0-9_]*$")]
    type: Annotated[str, StringConstraints(max_length=20)] = ""
    label: Annotated[str, _text(200)] = ""
    help: Annotated[str, _text(500)] = ""
    required: Flag = True
    choices: list[Annotated[str, _text(200, 1)]] = Field(default_factory=list, max_length=100)
    if_: Annotated[str, _text(61)] = Field("", alias="if")
    is_: Annotated[str, _text(200)] = Field("", alias="is")


class OwnTemplateInput(Wire):
    """A template of the company's own, written with {{ fields }}; each is asked, as `questions` say or by its name."""

    title: Title
    kind: PaperKind = "letter"
    language: Language = "en"
    text: Annotated[str, _text(200_000, 0, _LINES, strip=False)] = ""
    questions: list[QuestionInput] = Field(default_factory=list, max_length=200)
    note: Note = ""


class NewOwnTemplate(OwnTemplateInput):
    """The same, for a company."""

    company_id: UUID


class OwnTemplateChange(OwnTemplateInput):
    """The next version of a template; of a Word file the text is empty, and the file stays."""

    base_version: Number


class RetiredInput(Wire):
    """Whether nothing new is to be made from the template."""

    retired: Flag = True


class TextInput(Wire):
    """A document written by hand, in the markup of papers."""

    company_id: UUID
    title: Title
    text: Body
    language: Language = "en"
    numbered: Flag = False
    is_private: Flag = False
    expires_on: OptionalDay = None


class VersionInput(Wire):
    """The next version: its text, or the answers to draft it from; `baseVersion` is the one that was edited."""

    base_version: Number
    text: Annotated[str, _text(200_000, 0, _LINES, strip=False)] = ""
    user_inputs: dict[str, Any] | None = Field(None, max_length=500)
    note: Note = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.text.strip()) == (self.user_inputs is not None):
            raise ValueError(ONE_OF_TWO)
        return self


class DraftInput(Wire):
    """What was typed so far over version `baseVersion`; nobody else sees it, and it is no version."""

    base_version: Number
    text: Annotated[str, _text(200_000, 0, _LINES, strip=False)]


class DetailsInput(Wire):
    """What is said of a document besides its text; `expiresOn` becomes a duty of the register."""

    title: Title
    expires_on: OptionalDay = None
    is_private: Flag = False


class StepInput(Wire):
    """A step from state to state; `sha256` is of the version that was looked at: others are not decided on."""

    step: StepName
    reason: Annotated[str, _text(5000, 0, _LINES)] = ""
    sha256: Hash = None


class RestoreInput(Wire):
    """The version that was current when it was decided to go back; with another one, nothing is restored."""

    base_version: Number | None = None


class ShareInput(Wire):
    """With whom: a person of the company, or everybody of a role in it."""

    person_id: OptionalId = None
    role: Annotated[Role | None, BLANK] = None
    level: LevelWord = "view"

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.person_id is None) == (self.role is None):
            raise ValueError(WHOM)
        return self


class LinkInput(Wire):
    """For how many days a link is open, and its password if it is to have one."""

    days: Annotated[Whole, Field(ge=1, le=365)] = 14
    password: Annotated[str, StringConstraints(max_length=100, pattern=_PLAIN)] = ""


class CommentInput(Wire):
    """A comment; `quote` are the words it is about, `parentId` the comment that it answers. @name tells somebody."""

    text: Words
    quote: Quote = ""
    parent_id: OptionalId = None


class ResolveInput(Wire):
    """Whether the comment is settled."""

    resolved: Flag = True


class SuggestionInput(Wire):
    """Other words for some of the current text, which must stand there exactly once; empty takes them away."""

    quote: Annotated[str, _text(1000, 1, _LINES)]
    replacement: Annotated[str, _text(5000, 0, _LINES)] = ""
    note: Annotated[str, _text(500, 0, _LINES)] = ""
