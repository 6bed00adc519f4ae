"""The files of a task on its page, with what was read on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import read_id
from complianceai.register.acknowledgements.proposing import DOUBT_WORDS
from complianceai.register.evidence.queries import Evidence, list_evidence
from complianceai.register.evidence.reading import doubts_of
from complianceai.register.evidence.schemas import SaidReply
from complianceai.register.tasks.pages.beside import Beside
from complianceai.register.tasks.policies import can_change_filing, may
from complianceai.register.tasks.queries.one import Task
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.storage.contents import KINDS
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

ACCEPTED = ",".join(KINDS)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file, what was read on it, and in words what speaks against its being the right one."""

    file: Evidence
    said: SaidReply | None
    doubts: list[str]

    @property
    def proposal(self) -> dict[str, str]:
        """What it proposes for the form of the filing, by the names of the fields."""
        if self.said is None:
            return {}
        filed_on = self.said.filed_on.isoformat() if self.said.filed_on else None
        told = {"filed_on": filed_on, "acknowledgement": self.said.number, "amount": self.said.rupees}
        return {name: value for name, value in told.items() if value}


async def show_evidence(
    connection: AsyncConnection, request: Request, company: Company, scope: Scope, task: Task
) -> Beside | None:
    """The files of the task; `take` in the address fills the form of the filing with what one of them says."""
    if not may(company.role, Deed.SEE_INSIDE):
        return None
    language = preferences(request).language
    found = [_shown(each, language) for each in await list_evidence(connection, scope, company.id, task.id)]
    can_add = may(company.role, Deed.WORK) and can_change_filing(
        task.state, task.approved_by, scope.person.id
    )
    given = {"files": found, "can_add": can_add, "accepted": ACCEPTED}
    taken = read_id(request.query_params.get("take", ""))
    return Beside("register/evidence/files.html", given, _taken(found, taken) if can_add else {})


def _shown(found: Evidence, language: str) -> Shown:
    doubts = [
        translate(language, DOUBT_WORDS[doubt]).format(what=what) for doubt, what in doubts_of(found.said)
    ]
    return Shown(found, _said(found.said), doubts)


def _said(said: Mapping[str, Any] | None) -> SaidReply | None:
    return None if said is None else SaidReply.model_validate(said)


def _taken(found: list[Shown], taken: UUID | None) -> Mapping[str, str]:
    return next((each.proposal for each in found if each.file.id == taken), {})
