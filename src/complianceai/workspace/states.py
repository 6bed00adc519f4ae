"""The states of a document and the steps between them, as data."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from complianceai.site.words import marked


class State(StrEnum):
    """Where a document stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SIGNED = "signed"
    SUPERSEDED = "superseded"


class Kind(StrEnum):
    """Whether a document is text that can be edited here, or a file as it came."""

    TEXT = "text"
    FILE = "file"


class Level(IntEnum):
    """How much somebody may do with one document; each level includes those before it."""

    NONE = 0
    VIEW = 1
    EDIT = 2
    ADMIN = 3


class Step(NamedTuple):
    """One way from state to state: `decides` needs somebody who may approve, `reasoned` a reason."""

    name: str
    words: str
    sources: frozenset[State]
    target: State
    decides: bool = False
    reasoned: bool = False


WRITTEN = frozenset({State.DRAFT, State.IN_REVIEW})
AGREED = frozenset({State.APPROVED, State.SIGNED})
_ALL = (
    Step("submit", marked("Send for review"), frozenset({State.DRAFT}), State.IN_REVIEW),
    Step("withdraw", marked("Take back"), frozenset({State.IN_REVIEW}), State.DRAFT),
    Step("approve", marked("Approve"), frozenset({State.IN_REVIEW}), State.APPROVED, decides=True),
    Step(
        "send_back",
        marked("Send back"),
        frozenset({State.IN_REVIEW}),
        State.DRAFT,
        decides=True,
        reasoned=True,
    ),
    # Where one person alone works for a company nobody else can look: it is marked as not reviewed.
    Step("settle", marked("Settle without a review"), frozenset({State.DRAFT}), State.APPROVED),
    Step("sign", marked("Mark as signed"), frozenset({State.APPROVED}), State.SIGNED),
    Step("supersede", marked("Mark as superseded"), AGREED, State.SUPERSEDED, decides=True),
    Step(
        "reopen", marked("Open again"), AGREED | {State.SUPERSEDED}, State.DRAFT, decides=True, reasoned=True
    ),
)
STEPS: Mapping[str, Step] = {step.name: step for step in _ALL}
STATE_WORDS: Mapping[State, str] = {
    State.DRAFT: marked("draft"),
    State.IN_REVIEW: marked("in review"),
    State.APPROVED: marked("approved"),
    State.SIGNED: marked("signed"),
    State.SUPERSEDED: marked("superseded"),
}
LEVELS: Mapping[str, Level] = {"view": Level.VIEW, "edit": Level.EDIT, "admin": Level.ADMIN}
LEVEL_WORDS: Mapping[str, str] = {
    "view": marked("may look"),
    "edit": marked("may edit"),
    "admin": marked("may edit, share and settle"),
}


def level_named(word: str | None) -> Level:
    """The level of that word; none for no word."""
    return LEVELS.get(word or "", Level.NONE)


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that lead on from a state, whoever asks."""
    return tuple(step for step in _ALL if state in step.sources)
