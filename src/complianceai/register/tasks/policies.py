"""Who may do what to a company's tasks, and which step may be taken by whom, now."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from complianceai.base.errors import DomainError
from complianceai.register.tasks.errors import (
    ApprovalStands,
    ApprovedByYou,
    DoesNotApply,
    EvidenceNeeded,
    NotAtWork,
    OwnWork,
    ReasonNeeded,
    ReviewDemanded,
    ReviewerNeeded,
    StepImpossible,
)
from complianceai.register.tasks.states import OPEN, STATE_WORDS, Deed, Need, State, Step
from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import Role

_LOOKS = frozenset({Deed.SEE, Deed.SEE_INSIDE})
_WORKS = _LOOKS | {Deed.DISCUSS, Deed.WORK, Deed.FILE}
_DECIDES = _WORKS | {Deed.DECIDE}

MAY: Mapping[Role, frozenset[Deed]] = {
    Role.OWNER: frozenset(Deed),
    Role.ADMINISTRATOR: frozenset(Deed),
    Role.PREPARER: _WORKS,
    Role.REVIEWER: _DECIDES,
    Role.VIEWER: _LOOKS,
    # A client sees what is due and what is done; who does it, and what they say of it, is the firm's own business.
    Role.CLIENT: frozenset({Deed.SEE}),
    Role.AUDITOR: _LOOKS,
}
WORKERS = frozenset(role for role, deeds in MAY.items() if Deed.WORK in deeds)
DECIDERS = frozenset(role for role, deeds in MAY.items() if Deed.DECIDE in deeds)


def may(role: Role, deed: Deed) -> bool:
    """Whether somebody of this role may do it to the company's tasks."""
    return deed in MAY[role]


def check_may(role: Role, deed: Deed) -> None:
    """Nothing, where the role may do it.

    Errors: NotYourRole.
    """
    if not may(role, deed):
        raise NotYourRole(role=role.value)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides whether somebody may take a step with a task now."""

    role: Role
    person_id: UUID
    state: State
    is_lapsed: bool
    makers: Collection[UUID]
    reviewer_id: UUID | None
    has_proof: bool
    review_demanded: bool
    reason: str = ""
    # None where nothing is approved.
    approval_holds: bool | None = None


def can_take_step(step: Step, standing: Standing) -> bool:
    """Whether the step may be taken now, once its reason is given."""
    return objection_to(step, standing) is None


def check_can_take_step(step: Step, standing: Standing) -> None:
    """Nothing, where the step may be taken now.

    Errors: NotYourRole; StepImpossible; ApprovalStands; OwnWork; ReviewDemanded; EvidenceNeeded; ReviewerNeeded;
    DoesNotApply; ReasonNeeded.
    """
    objection = objection_to(step, standing)
    if objection is not None:
        raise objection
    if Need.REASON in step.needs and not standing.reason.strip():
        raise ReasonNeeded


def objection_to(step: Step, standing: Standing) -> DomainError | None:
    """Why the step may not be taken, the reason that only the taker can give apart; None where it may."""
    if not may(standing.role, step.deed):
        return NotYourRole(role=standing.role.value)
    if standing.state not in step.sources:
        return StepImpossible(state=STATE_WORDS[standing.state], step=step.words)
    unmet = (_UNMET[need](standing) for need in Need if need in step.needs and need in _UNMET)
    return next((objection for objection in unmet if objection is not None), None)


def _own_work(standing: Standing) -> DomainError | None:
    return OwnWork() if standing.person_id in standing.makers else None


def _unchanged(standing: Standing) -> DomainError | None:
    return None if standing.approval_holds is False else ApprovalStands()


def _unreviewed(standing: Standing) -> DomainError | None:
    return ReviewDemanded() if standing.review_demanded else None


def _no_proof(standing: Standing) -> DomainError | None:
    return None if standing.has_proof else EvidenceNeeded()


def _no_reviewer(standing: Standing) -> DomainError | None:
    nobody = standing.reviewer_id is None
    # Whoever sends it for review works on it by doing so.
    is_maker = standing.reviewer_id in standing.makers or standing.reviewer_id == standing.person_id
    return ReviewerNeeded() if nobody or is_maker else None


def _lapsed(standing: Standing) -> DomainError | None:
    return DoesNotApply() if standing.is_lapsed else None


_UNMET: Mapping[Need, Callable[[Standing], DomainError | None]] = {
    Need.EVIDENCE: _no_proof,
    Need.REVIEWER: _no_reviewer,
    Need.SOMEBODY_ELSE: _own_work,
    Need.NO_REVIEW_DEMANDED: _unreviewed,
    Need.APPLIES: _lapsed,
    Need.CHANGED_SINCE: _unchanged,
}


def can_change_filing(state: State, approved_by: UUID | None, person_id: UUID) -> bool:
    """Whether somebody may change the facts of the filing, who may work on the task at all."""
    return state in OPEN | {State.FILED} and approved_by != person_id


def check_can_change_filing(state: State, approved_by: UUID | None, person_id: UUID) -> None:
    """Nothing, where somebody may change the facts of the filing.

    Errors: ApprovedByYou: it would make the approver one of those who made it; NotAtWork.
    """
    if approved_by == person_id:
        raise ApprovedByYou
    if not can_change_filing(state, approved_by, person_id):
        raise NotAtWork(state=STATE_WORDS[state])
