"""Where the question's form and an announcement's button lead."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.insights.surveys.actions import answer, dismiss
from complianceai.insights.surveys.errors import NothingAsked
from complianceai.insights.surveys.schemas import AnswerInput
from complianceai.site.preferences import local_path, remember
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.forms import read_form, typed_in

router = Router(prefix="/app/notices", include_in_schema=False)
HOME = "/app"
SEEN = "announced"
MOST_SEEN = 20


@router.post("/survey")
async def take_answer(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back to where the question stood; what was said is kept, or that nothing is to be."""
    typed = await typed_in(request)
    try:
        if typed.get("deed") == "dismiss":
            await dismiss(database, scope, now)
        else:
            given = read_form(typed, AnswerInput)
            await answer(database, scope, given.score, given.comment, now)
        request.app.state.insights.notices.offers.pop(scope.person.id, None)
    except InvalidInput:
        # Sent without a number: the question still stands above the page, with its scale.
        return _back(typed.get("next", HOME))
    except NothingAsked:
        request.app.state.insights.notices.offers.pop(scope.person.id, None)
    return _back(typed.get("next", HOME))


@router.post("/announcement")
async def wave_away(request: Request, scope: OfAccount) -> Response:  # noqa: ARG001 - it insists
    """The way back; the announcement is not shown in this browser any more."""
    typed = await typed_in(request)
    reply = _back(typed.get("next", HOME))
    identity = read_id(typed.get("announcement", ""))
    if identity is not None:
        kept = [str(identity), *(each for each in seen(request) if each != str(identity))][:MOST_SEEN]
        is_secure = request.url.scheme == "https" or request.app.state.is_production
        remember(reply, SEEN, ".".join(kept), secure=is_secure)
    return reply


def seen(request: Request) -> list[str]:
    """The announcements that were waved away in this browser."""
    value = request.cookies.get(f"__Host-{SEEN}") or request.cookies.get(SEEN, "")
    return [each for each in value.split(".") if read_id(each)]


def _back(target: str) -> Response:
    return RedirectResponse(local_path(target), status_code=303)
