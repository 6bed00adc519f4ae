"""The page "Plan and usage", and the form that comes back where a plan has no more room."""

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from complianceai.base.ids import read_id
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.limits import OverPlan
from complianceai.billing.limits.rooms import MONTHLY, Room, size
from complianceai.billing.plans import load
from complianceai.billing.showing.standing import standings
from complianceai.site.errors import STATUSES, refuse_domain_error
from complianceai.site.language import translate
from complianceai.site.numbers import grouped
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount

router = Router(prefix="/app/account", include_in_schema=False)

# What is shorter is quickly typed again, and needs no place of its own on a refusal.
LONG = 40
# Of a link that one followed: sent again, and nothing to read.
SECRETS = {"token", "proof"}
ROOM_WORDS = {
    Room.COMPANIES: marked("Companies"),
    Room.PEOPLE: marked("People who work together"),
    Room.DOCUMENTS: marked("New documents this month"),
    Room.ANSWERS: marked("Answers this month"),
    Room.STORAGE: marked("Files kept"),
}


@router.get("/plan")
async def show_plan(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The plan, what of it is used, and what each other plan has room for; `practice` names a practice's account.

    Errors: AccountMissing.
    """
    asked = request.query_params.get("practice", "")
    practice_id = read_id(asked) if asked else None
    if asked and practice_id is None:
        raise AccountMissing
    async with database.reading() as connection:
        standing, places = await standings(connection, scope, practice_id, now)
    return page(
        request,
        "billing/plan.html",
        standing=standing,
        places=places,
        plans=[each for each in load().values() if practice_id or not each.for_practice],
        room_words=ROOM_WORDS,
        monthly=MONTHLY,
        told=_told,
    )


def _told(room: Room, figure: int) -> str:
    """A figure of a room as people read it."""
    return size(figure) if room is Room.STORAGE else grouped(figure)


async def show_over_plan(request: Request, error: Exception) -> Response:
    """What the plan has no room for, with all that was typed in a form that sends it once more; JSON under /api."""
    assert isinstance(error, OverPlan)  # noqa: S101 - registered for this class only
    # A form that its route has read is still there; anything else was no form.
    form = getattr(request, "_form", None)
    if request.url.path.startswith("/api/") or not isinstance(form, FormData):
        return refuse_domain_error(request, error)
    sentence = translate(preferences(request).language, error.sentence)
    typed = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    has_file = len(typed) < len(form.multi_items())
    return page(
        request,
        "billing/over_plan.html",
        status=STATUSES[error.kind],
        sentence=sentence,
        typed=typed,
        long=[value for name, value in typed if len(value) >= LONG and name not in SECRETS],
        has_file=has_file,
        address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    )
