"""What one was told."""

from typing import Annotated

from fastapi import Query, Request

from complianceai.register.reminders.actions.alerts import mark_read
from complianceai.register.reminders.queries.alerts import count_alerts, list_alerts
from complianceai.register.reminders.replies import AlertReply, ReadReply, alert_reply
from complianceai.register.reminders.schemas import ReadInput
from complianceai.site.preferences import preferences
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/alerts", tags=["reminders"])


@router.get("", responses=failures(401, 403, 422))
async def get_alerts(
    request: Request,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[AlertReply]:
    """Reminders, mentions, assignments and reviews, the latest first, a page of them."""
    async with database.reading() as connection:
        found = await list_alerts(connection, scope, limit=size, offset=(page - 1) * size)
        total, _ = await count_alerts(connection, scope)
    language = preferences(request).language
    data = [alert_reply(telling, when, language, scope.today) for telling, when in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post("/read", responses=failures(401, 403, 413, 422))
async def read_alerts(scope: SignedIn, wanted: ReadInput, database: Db, now: Now) -> Success[ReadReply]:
    """How many alerts were unread until now: of the ids, or of all."""
    return Success(data=ReadReply(read=await mark_read(database, scope, now, wanted.ids)))
