"""The form of what the price of a task turns on."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.register.pricing.actions import give_inputs
from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.asking import OneTask
from complianceai.register.tasks.pages.common import said
from complianceai.register.tasks.pages.task import Shown, show_task
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}/tasks/{task_id}/price", include_in_schema=False)
PREFIX = "input."


@router.post("")
async def give(
    request: Request, company: OneCompany, task_id: OneTask, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the price, or the page with what to mend."""
    typed = await typed_in(request)
    given = {name.removeprefix(PREFIX): value for name, value in typed.items() if name.startswith(PREFIX)}
    try:
        await give_inputs(database, scope, Named(company.id, task_id), given, now)
    except InvalidInput as error:
        faults = {PREFIX + name: sentence for name, sentence in error.faults.items()}
        shown = Shown(typed=typed, faults=said(request, faults), status=STATUSES[error.kind])
        return await show_task(request, company, task_id, scope, database, shown)
    return RedirectResponse(f"/app/companies/{company.id}/tasks/{task_id}#price", status_code=303)
