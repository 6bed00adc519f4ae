"""A company's tasks as a list, new ones, and one change of many."""

from collections.abc import Awaitable
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.actions.bulk import Outcome, change_many
from complianceai.register.tasks.actions.custom import add_duty
from complianceai.register.tasks.asking import Asked
from complianceai.register.tasks.keeping import read_in_step
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.queries.listing import TaskRow, list_tasks
from complianceai.register.tasks.queries.one import find_worked
from complianceai.register.tasks.replies import BulkReply, TaskDetail, TaskReply, detail_reply, row_reply
from complianceai.register.tasks.schemas import BulkInput, OwnDutyInput
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import Company, find_company

router = APIRouter(prefix="/tasks")


@router.get("", responses=failures(401, 403, 404, 422))
async def get_tasks(
    company_id: UUID, scope: SignedIn, database: Db, now: Now, asked: Asked
) -> SuccessList[TaskReply]:
    """The company's tasks, a page of them, in an order that never changes between pages."""

    def read(connection: AsyncConnection) -> Awaitable[tuple[Company, list[TaskRow], int]]:
        return list_tasks(connection, scope, company_id, asked.filters, limit=asked.size, offset=asked.offset)

    company, rows, total = await read_in_step(database, company_id, now, read)
    sees = may(company.role, Deed.SEE_INSIDE)
    data = [row_reply(row, sees_people=sees) for row in rows]
    return SuccessList(data=data, page=PageOfList(number=asked.page, size=asked.size, total=total))


@router.post("", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def create_task(
    company_id: UUID, scope: SignedIn, wanted: OwnDutyInput, database: Db, now: Now
) -> Success[TaskDetail]:
    """The first task of a new duty of one's own; where it repeats, the others are there as well."""
    _, task_id = await add_duty(database, scope, company_id, wanted.duty(), now)
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        worked = await find_worked(connection, scope, company_id, task_id)
    return Success(data=detail_reply(worked, (), company.role, scope.person.id, sees=True))


@router.post("/bulk", responses=failures(401, 403, 404, 413, 422))
async def change_tasks(
    request: Request, company_id: UUID, scope: SignedIn, wanted: BulkInput, database: Db, now: Now
) -> Success[BulkReply]:
    """How many tasks were changed; those that refuse stay as they are, and the reply says why."""
    edit, taken = wanted.edit(), wanted.taken()
    found = await change_many(database, scope, company_id, wanted.task_ids, now, edit=edit, taken=taken)
    return Success(data=BulkReply(done=found.done, refused=_refused(found, preferences(request).language)))


def _refused(found: Outcome, language: str) -> dict[UUID, dict[str, str]]:
    return {
        task_id: {
            "code": refusal.code,
            "error": translate(language, refusal.sentence).format_map(refusal.fields),
        }
        for task_id, refusal in found.refused.items()
    }
