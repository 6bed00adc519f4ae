"""Notices from authorities, and what became of them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from complianceai.register.tasks.actions.notices import add_happening, add_notice, change_notice
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.notices import (
    find_notice,
    list_events,
    list_notices,
    tasks_of_notice,
)
from complianceai.register.tasks.replies import NoticeDetail, NoticeEventReply, NoticeReply
from complianceai.register.tasks.schemas import HappeningInput, NoticeInput
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/companies/{company_id}/notices", tags=["tasks", "notices"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_notices(
    company_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[NoticeReply]:
    """The company's notices, the latest received first."""
    async with database.reading() as connection:
        _, found, total = await list_notices(
            connection, scope, company_id, limit=size, offset=(page - 1) * size
        )
    data = [NoticeReply.model_validate(_told(each, NoticeReply)) for each in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post("", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def create_notice(
    company_id: UUID, scope: SignedIn, wanted: NoticeInput, database: Db, now: Now
) -> Success[NoticeDetail]:
    """The new notice; its dates are tasks from now on."""
    identity = await add_notice(database, scope, company_id, wanted.received(), now)
    return await _detail(company_id, identity, scope, database)


@router.get("/{notice_id}", responses=failures(401, 403, 404, 422))
async def get_notice(
    company_id: UUID, notice_id: UUID, scope: SignedIn, database: Db
) -> Success[NoticeDetail]:
    """One notice with its history and its tasks."""
    return await _detail(company_id, notice_id, scope, database)


@router.put("/{notice_id}", responses=failures(401, 403, 404, 413, 422))
async def put_notice(
    company_id: UUID, notice_id: UUID, scope: SignedIn, wanted: NoticeInput, database: Db, now: Now
) -> Success[NoticeDetail]:
    """The notice as corrected; a hearing that the authority moved is told as an event and not here."""
    await change_notice(database, scope, company_id, notice_id, wanted.received(), now)
    return await _detail(company_id, notice_id, scope, database)


@router.post("/{notice_id}/events", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def add_event(
    company_id: UUID, notice_id: UUID, scope: SignedIn, wanted: HappeningInput, database: Db, now: Now
) -> Success[NoticeDetail]:
    """The notice with what became of it; a date that moved moves its task, which shows the old one."""
    await add_happening(database, scope, company_id, notice_id, wanted.happened(), now)
    return await _detail(company_id, notice_id, scope, database)


async def _detail(company_id: UUID, notice_id: UUID, scope: Scope, database: Db) -> Success[NoticeDetail]:
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE_INSIDE)
        notice = await find_notice(connection, scope, company_id, notice_id)
        events = await list_events(connection, notice_id)
        tasks = await tasks_of_notice(connection, notice_id)
    told = _told(notice, NoticeReply)
    happened = [NoticeEventReply.model_validate(each) for each in events]
    return Success(data=NoticeDetail(**told, events=happened, tasks=tasks))


def _told(notice: object, shape: type[NoticeReply]) -> dict[str, object]:
    return {name: getattr(notice, name) for name in shape.model_fields}
