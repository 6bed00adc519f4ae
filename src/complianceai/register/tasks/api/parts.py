"""The comments and the checklist of a task."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.actions.items import remove_item, tick_item
from complianceai.register.tasks.actions.talking import comment
from complianceai.register.tasks.checklists import points_of
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.one import count_comments, find_worked, list_comments, list_items
from complianceai.register.tasks.replies import CommentReply, PointReply, comment_reply
from complianceai.register.tasks.schemas import CommentInput, ItemInput
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/companies/{company_id}/tasks/{task_id}", tags=["tasks"])


@router.get("/comments", responses=failures(401, 403, 404, 422))
async def get_comments(
    company_id: UUID,
    task_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[CommentReply]:
    """What was said of a task, the first first, a page of it."""
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE_INSIDE)
        await find_worked(connection, scope, company_id, task_id)
        found = await list_comments(connection, task_id, limit=size, offset=(page - 1) * size)
        total = await count_comments(connection, task_id)
    data = [comment_reply(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post("/comments", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def add_comment(
    company_id: UUID, task_id: UUID, scope: SignedIn, wanted: CommentInput, database: Db, now: Now
) -> Success[CommentReply]:
    """The new comment."""
    identity = await comment(database, scope, Named(company_id, task_id), wanted.text, now)
    who = scope.person
    said = CommentReply(id=identity, person_id=who.id, person=who.name, text=wanted.text, at=now)
    return Success(data=said)


@router.put("/items", responses=failures(401, 403, 404, 413, 422))
async def put_item(
    company_id: UUID, task_id: UUID, scope: SignedIn, wanted: ItemInput, database: Db, now: Now
) -> Success[list[PointReply]]:
    """The checklist with the point on it, done or not."""
    await tick_item(database, scope, Named(company_id, task_id), wanted.text, now, is_done=wanted.done)
    return await _checklist(company_id, task_id, scope, database)


@router.delete("/items", responses=failures(401, 403, 404, 422))
async def drop_item(
    company_id: UUID,
    task_id: UUID,
    scope: SignedIn,
    database: Db,
    now: Now,
    text: Annotated[str, Query(min_length=1, max_length=300)],
) -> Success[list[PointReply]]:
    """The checklist without the point that somebody wrote; those of the law stay."""
    await remove_item(database, scope, Named(company_id, task_id), text, now)
    return await _checklist(company_id, task_id, scope, database)


async def _checklist(
    company_id: UUID, task_id: UUID, scope: Scope, database: Db
) -> Success[list[PointReply]]:
    async with database.reading() as connection:
        worked = await find_worked(connection, scope, company_id, task_id)
        items = await list_items(connection, task_id)
    points = points_of(worked.task.obligation_id, items)
    return Success(
        data=[
            PointReply(text=point.text, is_own=point.is_own, done=point.is_done, done_by=point.done_by)
            for point in points
        ]
    )
