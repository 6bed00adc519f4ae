"""Whether one may be counted, as JSON."""

from datetime import datetime
from typing import Literal

from fastapi import Request

from complianceai.insights.counting.wishes import find_wish, keep_wish
from complianceai.site.blanks import Flag
from complianceai.site.replies import Reply, Success, Wire, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount

router = Router(prefix="/api/auth/counting", tags=["account"])


class CountingReply(Reply):
    """Whose steps this site counts, what the person said to it, and how many of their actions are kept."""

    site: Literal["off", "ask", "on"]
    may_count: bool | None
    decided_at: datetime | None
    actions: int


class CountingInput(Wire):
    """Whether the person may be counted."""

    may_count: Flag


@router.get("", responses=failures(401, 403))
async def show(request: Request, scope: OfAccount, database: Db) -> Success[CountingReply]:
    """Whether the person's steps are counted."""
    return await _told(request, scope, database)


@router.put("", responses=failures(401, 403, 413, 422))
async def keep(
    request: Request, scope: OfAccount, given: CountingInput, database: Db, now: Now
) -> Success[CountingReply]:
    """The new wish; where it is no, all that was counted of the person is gone."""
    await keep_wish(database, scope, now, may_count=given.may_count)
    return await _told(request, scope, database)


async def _told(request: Request, scope: OfAccount, database: Db) -> Success[CountingReply]:
    async with database.reading() as connection:
        wish = await find_wish(connection, scope)
    mode = request.app.state.insights.counter.mode
    reply = CountingReply(
        site=mode, may_count=wish.may_count, decided_at=wish.decided_at, actions=wish.actions
    )
    return Success(data=reply)
