"""The forms of files on the page of a task, and the files themselves for whoever is signed in there."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput, Kind
from complianceai.base.ids import read_id
from complianceai.register.evidence.actions import keep_evidence, take_away
from complianceai.register.evidence.errors import EvidenceMissing
from complianceai.register.evidence.handing_out import file_reply
from complianceai.register.evidence.queries import find_evidence
from complianceai.register.evidence.uploads import uploaded
from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.asking import OneTask
from complianceai.register.tasks.pages.common import said, told
from complianceai.register.tasks.pages.task import Shown, show_task
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}/tasks/{task_id}/evidence", include_in_schema=False)


async def _evidence_id(evidence_id: str) -> UUID:
    found = read_id(evidence_id)
    if found is None:
        raise EvidenceMissing
    return found


OneFile = Annotated[UUID, Depends(_evidence_id)]


@router.post("")
async def add(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the files, with one more; or the page with why it was not kept."""
    try:
        async with uploaded(request) as upload:
            named = Named(company.id, task_id)
            await keep_evidence(database, services(request).files, scope, named, upload, now)
    except InvalidInput as error:
        shown = Shown(faults=said(request, error.faults), status=STATUSES[error.kind])
        return await show_task(request, company, task_id, scope, database, shown)
    except DomainError as error:
        # What is not there, or not for this role, has a page of its own.
        if error.kind is Kind.MISSING or error.code == "tenancy.not_your_role":
            raise
        shown = Shown(told=told(request, error), status=STATUSES[error.kind])
        return await show_task(request, company, task_id, scope, database, shown)
    return _back(company.id, task_id)


@router.get("/{evidence_id}")
async def hand_out(
    company: OneCompany, task_id: OneTask, evidence_id: OneFile, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The file itself, byte for byte what was kept."""
    async with database.reading() as connection:
        found = await find_evidence(connection, scope, company.id, task_id, evidence_id)
    return await file_reply(files, str(company.id), found)


@router.post("/{evidence_id}/remove")
async def remove(
    company: OneCompany, task_id: OneTask, evidence_id: OneFile, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the files, among which this one is no longer."""
    await take_away(database, scope, Named(company.id, task_id), evidence_id, now)
    return _back(company.id, task_id)


def _back(company_id: UUID, task_id: UUID) -> Response:
    return RedirectResponse(f"/app/companies/{company_id}/tasks/{task_id}#evidence", status_code=303)
