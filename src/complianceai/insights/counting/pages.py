"""The page on which a person says whether their steps may be counted."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.insights.counting.kinds import KIND_WORDS
from complianceai.insights.counting.wishes import find_wish, keep_wish
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.forms import typed_in

HOME = "/app/account/counting"
router = Router(prefix=HOME, include_in_schema=False)


@router.get("")
async def show(request: Request, scope: OfAccount, database: Db) -> Response:
    """What is counted, for how long, and the choice."""
    async with database.reading() as connection:
        wish = await find_wish(connection, scope)
    mode = request.app.state.insights.counter.mode
    is_counted = mode == "on" if wish.may_count is None else wish.may_count and mode != "off"
    wants_quiet = request.headers.get("sec-gpc") == "1" or request.headers.get("dnt") == "1"
    return page(
        request,
        "insights/counting.html",
        wish=wish,
        mode=mode,
        is_counted=is_counted,
        wants_quiet=wants_quiet,
        kinds=KIND_WORDS.values(),
    )


@router.post("")
async def keep(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back; the choice is kept."""
    typed = await typed_in(request)
    if typed.get("may_count") in {"yes", "no"}:
        await keep_wish(database, scope, now, may_count=typed["may_count"] == "yes")
    return RedirectResponse(HOME, status_code=303)
