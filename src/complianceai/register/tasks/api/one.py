"""One task: what it says, a change of it, and its steps."""

from uuid import UUID

from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.actions.steps import take_step
from complianceai.register.tasks.actions.working import edit_task
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.one import find_worked, list_items
from complianceai.register.tasks.replies import TaskDetail, detail_reply
from complianceai.register.tasks.schemas import StepInput, TaskEdit
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/companies/{company_id}/tasks/{task_id}", tags=["tasks"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_task(company_id: UUID, task_id: UUID, scope: SignedIn, database: Db) -> Success[TaskDetail]:
    """One task with its dates, people, filing, evidence, checklist, and the steps that the caller may take."""
    return await _detail(company_id, task_id, scope, database)


@router.patch("", responses=failures(401, 403, 404, 409, 413, 422))
async def patch_task(
    company_id: UUID, task_id: UUID, scope: SignedIn, wanted: TaskEdit, database: Db, now: Now
) -> Success[TaskDetail]:
    """The task with the change made; the facts of the filing count as work on it, for good."""
    named = Named(company_id, task_id, wanted.version)
    await edit_task(database, scope, named, wanted.edit(), now)
    return await _detail(company_id, task_id, scope, database)


@router.post("/transitions", responses=failures(401, 403, 404, 409, 413, 422))
async def take(
    company_id: UUID, task_id: UUID, scope: SignedIn, wanted: StepInput, database: Db, now: Now
) -> Success[TaskDetail]:
    """The task where the step leads. Nobody approves what they worked on."""
    await take_step(database, scope, Named(company_id, task_id, wanted.version), wanted.taken(), now)
    return await _detail(company_id, task_id, scope, database)


async def _detail(company_id: UUID, task_id: UUID, scope: Scope, database: Db) -> Success[TaskDetail]:
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE)
        worked = await find_worked(connection, scope, company_id, task_id)
        items = await list_items(connection, task_id)
    sees = may(company.role, Deed.SEE_INSIDE)
    return Success(data=detail_reply(worked, items, company.role, scope.person.id, sees=sees))
