"""A document led from state to state, and what else is said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.people import is_review_demanded
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.holding import hold_document, tell, write_document
from complianceai.workspace.actions.renewing import set_duty
from complianceai.workspace.errors import OtherVersion
from complianceai.workspace.policies import Standing, check_can_take_step
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.versions import find_version, list_makers
from complianceai.workspace.states import STEPS, Level, State, Step

_NO_APPROVAL = {
    "approved_version": None, "approved_hash": None, "approved_by": None, "approved_name": None,
    "approved_at": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """A step with its reason, and the hash of the version that was looked at."""

    step: str
    reason: str = ""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a document besides its text."""

    title: str
    expires_on: date | None
    is_private: bool


async def standing_of(
    connection: AsyncConnection, scope: Scope, document: Document, reason: str = ""
) -> Standing:
    """All that decides which steps the person may take with the document."""
    return Standing(
        document.role, document.level, scope.person.id, document.state,
        await list_makers(connection, document.id),
        await is_review_demanded(connection, document.company_id), reason,
    )  # fmt: skip


async def take_step(
    database: Database, scope: Scope, document_id: UUID, taken: Taken, now: datetime
) -> State:
    """Where the document stands now. An approval holds for the hash of the version that was looked at, and no other.

    Errors: DocumentMissing; NotYourDocument; NotYourRole; StepImpossible; OwnWork; ReviewDemanded; ReasonNeeded;
    OtherVersion where another version was saved since.
    """
    step = STEPS[taken.step]
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.VIEW)
        check_can_take_step(step, await standing_of(connection, scope, document, taken.reason))
        current = await find_version(connection, document_id, document.version)
        if taken.sha256 not in {None, current.sha256}:
            raise OtherVersion(number=current.number)
        values = {"state": step.target.value, "reason": taken.reason.strip() or None}
        values |= _bound(step, scope, document.version, current.sha256, now)
        await write_document(connection, document_id, values, now)
        if step.target is State.SUPERSEDED:
            await set_duty(connection, scope, document, None, now)
        told = {"version": current.number, "sha256": current.sha256, "state": step.target.value}
        if taken.reason.strip():
            told["reason"] = taken.reason.strip()
        await tell(connection, scope.actor, document, step.name, told, now)
    return step.target


def _bound(step: Step, scope: Scope, number: int, sha256: str, now: datetime) -> dict[str, Any]:
    if step.target is not State.APPROVED:
        return dict(_NO_APPROVAL) if step.target in {State.DRAFT, State.IN_REVIEW} else {}
    by = (scope.person.id, scope.person.name) if step.name == "approve" else (None, None)
    return {
        "approved_version": number, "approved_hash": sha256, "approved_by": by[0], "approved_name": by[1],
        "approved_at": now,
    }  # fmt: skip


async def change_details(
    database: Database, scope: Scope, document_id: UUID, details: Details, now: datetime
) -> None:
    """Nothing; the document is called so, ends on that day, and is seen by those people.

    Errors: DocumentMissing; NotYourDocument: who sees it is decided by whoever may share it.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.EDIT)
        if details.is_private != document.is_private:
            await hold_document(connection, scope, document_id, Level.ADMIN)
        changed = {
            name: getattr(details, name)
            for name in Details.__slots__
            if getattr(details, name) != getattr(document, name)
        }
        if not changed:
            return
        await write_document(connection, document_id, changed, now)
        if "expires_on" in changed:
            await set_duty(connection, scope, document, details.expires_on, now)
        told = {name: str(value) if isinstance(value, date) else value for name, value in changed.items()}
        await tell(connection, scope.actor, document, "described", told, now)
