"""How much somebody may do with a document, and which step they may take with it, now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from complianceai.base.errors import DomainError
from complianceai.register.tasks.policies import DECIDERS, WORKERS
from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import Role
from complianceai.workspace.errors import (
    NotYourDocument,
    OwnWork,
    ReasonNeeded,
    ReviewDemanded,
    Settled,
    StepImpossible,
)
from complianceai.workspace.states import STATE_WORDS, WRITTEN, Level, State, Step

IN_CHARGE = frozenset({Role.OWNER, Role.ADMINISTRATOR})
# What a role may do with a document that nobody shared with it.
BY_ROLE: Mapping[Role, Level] = {
    Role.OWNER: Level.ADMIN,
    Role.ADMINISTRATOR: Level.ADMIN,
    Role.REVIEWER: Level.EDIT,
    Role.PREPARER: Level.EDIT,
    Role.VIEWER: Level.VIEW,
    Role.AUDITOR: Level.VIEW,
    # A client sees what is shared with clients, or with them.
    Role.CLIENT: Level.NONE,
}
SEES = frozenset(role for role, level in BY_ROLE.items() if level is not Level.NONE)


def can_write_documents(role: Role) -> bool:
    """Whether somebody of this role may begin a document."""
    return role in WORKERS


def check_can_write_documents(role: Role) -> None:
    """Nothing, where the role may begin a document.

    Errors: NotYourRole.
    """
    if not can_write_documents(role):
        raise NotYourRole(role=role.value)


def can_make_templates(role: Role) -> bool:
    """Whether somebody of this role may make, change and retire the company's own templates."""
    return role in IN_CHARGE


def check_can_make_templates(role: Role) -> None:
    """Nothing, where the role may make the company's own templates.

    Errors: NotYourRole.
    """
    if not can_make_templates(role):
        raise NotYourRole(role=role.value)


def level_of(role: Role, *, is_private: bool, is_author: bool, shared: Collection[Level]) -> Level:
    """What somebody may do with a document: by their role, as its author, or because it is shared with them."""
    by_role = BY_ROLE[role] if role in IN_CHARGE or not is_private else Level.NONE
    # Whoever lost their work for the company is no longer its author to any effect.
    as_author = Level.ADMIN if is_author and role in WORKERS else Level.NONE
    return max(by_role, as_author, *shared, Level.NONE)


def may(level: Level, needed: Level) -> bool:
    """Whether that level is enough."""
    return level >= needed


def check_may(level: Level, needed: Level) -> None:
    """Nothing, where that level is enough.

    Errors: NotYourDocument.
    """
    if not may(level, needed):
        raise NotYourDocument


def can_be_written(state: State) -> bool:
    """Whether a new version may be added now."""
    return state in WRITTEN


def check_can_be_written(state: State) -> None:
    """Nothing, where a new version may be added now.

    Errors: Settled.
    """
    if not can_be_written(state):
        raise Settled(state=STATE_WORDS[state])


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides whether somebody may take a step with a document now."""

    role: Role
    level: Level
    person_id: UUID
    state: State
    makers: Collection[UUID]
    review_demanded: bool
    reason: str = ""


def can_take_step(step: Step, standing: Standing) -> bool:
    """Whether the step may be taken now, once its reason is given."""
    return objection_to(step, standing) is None


def check_can_take_step(step: Step, standing: Standing) -> None:
    """Nothing, where the step may be taken now.

    Errors: NotYourRole; NotYourDocument; StepImpossible; OwnWork; ReviewDemanded; ReasonNeeded.
    """
    objection = objection_to(step, standing)
    if objection is not None:
        raise objection
    if step.reasoned and not standing.reason.strip():
        raise ReasonNeeded


def objection_to(step: Step, standing: Standing) -> DomainError | None:
    """Why the step may not be taken, the reason that only the taker can give apart; None where it may."""
    if step.decides and standing.role not in DECIDERS:
        return NotYourRole(role=standing.role.value)
    if not may(standing.level, Level.VIEW if step.decides else Level.EDIT):
        return NotYourDocument()
    if standing.state not in step.sources:
        return StepImpossible(state=STATE_WORDS[standing.state], step=step.words)
    if step.name == "approve" and standing.person_id in standing.makers:
        return OwnWork()
    if step.name == "settle" and standing.review_demanded:
        return ReviewDemanded()
    return None
