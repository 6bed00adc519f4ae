"""The states of a task and the steps between them, as data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from complianceai.site.words import marked


class State(StrEnum):
    """Where a task stands."""

    TO_DO = "to_do"
    IN_PREPARATION = "in_preparation"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    FILED = "filed"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class Priority(StrEnum):
    """How much a task matters now; without a person's word it follows from what lateness costs and how near it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Lapse(StrEnum):
    """Why the sync closed a task."""

    NO_LONGER_APPLIES = "no_longer_applies"
    BEFORE_ENGAGEMENT = "before_engagement"
    AFTER_ENGAGEMENT = "after_engagement"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What one may do to tasks."""

    SEE = "see"
    SEE_INSIDE = "see people, comments and history"
    DISCUSS = "comment"
    WORK = "work"
    FILE = "file"
    DECIDE = "approve, send back, waive"
    SET_UP = "set up"


class Need(StrEnum):
    """What a step asks for besides the right to take it."""

    EVIDENCE = "evidence"
    REASON = "reason"
    REVIEWER = "reviewer"
    SOMEBODY_ELSE = "somebody else"
    NO_REVIEW_DEMANDED = "no review demanded"
    CHANGED_SINCE = "changed since it was approved"
    APPLIES = "applies"


class Step(NamedTuple):
    """One way from state to state."""

    name: str
    words: str
    sources: frozenset[State]
    target: State
    deed: Deed
    needs: frozenset[Need] = frozenset()
    is_work: bool = False  # whoever takes it has worked on the filing


OPEN = frozenset({State.TO_DO, State.IN_PREPARATION, State.IN_REVIEW, State.SENT_BACK})
CLOSED = frozenset(State) - OPEN
_AT_WORK = OPEN - {State.IN_REVIEW}

_ALL = (
    Step(
        "start", marked("Start"), frozenset({State.TO_DO, State.SENT_BACK}), State.IN_PREPARATION, Deed.WORK,
        is_work=True,
    ),
    Step(
        "submit", marked("Send for review"), _AT_WORK, State.IN_REVIEW, Deed.WORK,
        frozenset({Need.EVIDENCE, Need.REVIEWER}), is_work=True,
    ),
    Step("withdraw", marked("Take back"), frozenset({State.IN_REVIEW}), State.IN_PREPARATION, Deed.WORK, is_work=True),
    Step(
        "approve", marked("Approve"), frozenset({State.IN_REVIEW}), State.FILED, Deed.DECIDE,
        frozenset({Need.EVIDENCE, Need.SOMEBODY_ELSE}),
    ),
    # What changed after an approval is approved anew as it stands, by anybody who did not work on it.
    Step(
        "approve_again", marked("Approve as it stands now"), frozenset({State.FILED}), State.FILED, Deed.DECIDE,
        frozenset({Need.CHANGED_SINCE, Need.EVIDENCE, Need.SOMEBODY_ELSE}),
    ),
    Step(
        "send_back", marked("Send back"), frozenset({State.IN_REVIEW}), State.SENT_BACK, Deed.DECIDE,
        frozenset({Need.REASON}),
    ),
    Step(
        "file", marked("Mark as filed"), _AT_WORK, State.FILED, Deed.FILE,
        frozenset({Need.EVIDENCE, Need.NO_REVIEW_DEMANDED}), is_work=True,
    ),
    Step("waive", marked("Waive"), OPEN, State.WAIVED, Deed.DECIDE, frozenset({Need.REASON})),
    Step("rule_out", marked("Does not apply"), OPEN, State.NOT_APPLICABLE, Deed.DECIDE, frozenset({Need.REASON})),
    Step(
        "reopen", marked("Open again"), CLOSED, State.IN_PREPARATION, Deed.DECIDE,
        frozenset({Need.REASON, Need.APPLIES}),
    ),
)  # fmt: skip
STEPS: Mapping[str, Step] = {step.name: step for step in _ALL}

STATE_WORDS: Mapping[State, str] = {
    State.TO_DO: marked("to do"),
    State.IN_PREPARATION: marked("in preparation"),
    State.IN_REVIEW: marked("in review"),
    State.SENT_BACK: marked("sent back"),
    State.FILED: marked("filed"),
    State.WAIVED: marked("waived"),
    State.NOT_APPLICABLE: marked("not applicable"),
}
PRIORITY_WORDS: Mapping[Priority, str] = {
    Priority.HIGH: marked("high"),
    Priority.MEDIUM: marked("medium"),
    Priority.LOW: marked("low"),
}
LAPSE_WORDS: Mapping[Lapse, str] = {
    Lapse.NO_LONGER_APPLIES: marked(
        "By the company's facts and the law as they are now, it no longer applies."
    ),
    Lapse.BEFORE_ENGAGEMENT: marked("It fell due before the day from which this register is kept."),
    Lapse.AFTER_ENGAGEMENT: marked("It falls due after the day until which this register is kept."),
    Lapse.WITHDRAWN: marked("Its own duty or notice was changed or withdrawn."),
}


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that lead on from a state, whoever asks."""
    return tuple(step for step in _ALL if state in step.sources)
