"""A company's tasks as a list, new ones, and one change of many."""

from datetime import datetime
from uuid import UUID

from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from complianceai.register.tasks.actions.bulk import Outcome, change_many
from complianceai.register.tasks.actions.custom import add_duty
from complianceai.register.tasks.asking import Asked, TaskQuery
from complianceai.register.tasks.paging import read_page
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.queries.one import find_worked
from complianceai.register.tasks.replies import BulkReply, TaskDetail, TaskReply, detail_reply, rows_as_plain
from complianceai.register.tasks.schemas import BulkInput, OwnDutyInput
from complianceai.register.tasks.states import Deed
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.replies import Success, SuccessList, failures, json_of
from complianceai.site.routing import Route, Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope as Asker
from complianceai.tenancy.tokens import May

router = Router(prefix="/api/companies/{company_id}/tasks", tags=["tasks"])


class _Straight(Route):
    """The list goes straight to its answer; whoever asks anything but plainly is answered on the ordinary way.

    Of all replies programs ask most for it, and to find out what is asked costs a framework as much as the answer.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by `_answer` what is asked plainly, and by the framework what is not."""
        request = Request(scope)
        asker = request.state.visitor
        try:
            company_id = UUID(scope["path_params"]["company_id"])
            asked = TaskQuery.model_validate(dict(request.query_params))
        except ValueError:
            await super().handle(scope, receive, send)
            return
        if scope["method"] != "GET" or asker is None or May.READ not in asker.may:
            await super().handle(scope, receive, send)
            return
        found = services(request)
        reply = await _answer(company_id, asker, found.database, found.clock(), asked)
        await reply(scope, receive, send)


# Apart from the others, so that it is looked for first.
first = Router(prefix="/api/companies/{company_id}/tasks", tags=["tasks"], route_class=_Straight)


@first.get("", response_model=SuccessList[TaskReply], responses=failures(401, 403, 404, 422))
async def get_tasks(company_id: UUID, scope: SignedIn, database: Db, now: Now, asked: Asked) -> Response:
    """The company's tasks, a page of them, in an order that never changes between pages."""
    return await _answer(company_id, scope, database, now, asked)


async def _answer(
    company_id: UUID, scope: Asker, database: Database, now: datetime, asked: TaskQuery
) -> Response:
    filters = asked.filters
    page = await read_page(database, scope, company_id, filters, now, limit=asked.size, offset=asked.offset)
    data = rows_as_plain(page.rows, sees_people=may(page.role, Deed.SEE_INSIDE))
    about = {"number": asked.page, "size": asked.size, "total": page.total}
    return json_of({"success": True, "data": data, "page": about})


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
