"""The public page of prices."""

from fastapi import Request
from starlette.responses import Response

from complianceai.billing.limits import holds_limits
from complianceai.billing.limits.rooms import Room, size
from complianceai.billing.plans import GST_PERCENT, load, with_gst
from complianceai.site.numbers import grouped
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db

router = Router(include_in_schema=False)

ROOM_WORDS = {
    Room.COMPANIES: marked("Companies"),
    Room.PEOPLE: marked("People who work together"),
    Room.DOCUMENTS: marked("New documents a month"),
    Room.ANSWERS: marked("Answers of the assistant a month"),
    Room.STORAGE: marked("Files kept"),
}
IN_EVERY_PLAN = (
    marked("Every duty of the law, with its source, its date and what lateness costs"),
    marked("Work that one prepares and another approves"),
    marked("A trail of every change that nobody can rewrite"),
    marked("Sign-in with a second step or a passkey"),
    marked("Everything to take along: calendars, tables, papers, the whole account"),
    marked("Reminders by mail and in your calendar"),
)
QUESTIONS = (
    (
        marked("What happens when a limit is reached?"),
        marked(
            "What you add next is refused, with a sentence that says which limit and which plan has more room. What is "
            "there stays as it is: you read it, work on it and take it along as before, and no reminder stops."
        ),
    ),
    (
        marked("And when I take a smaller plan?"),
        marked(
            "Nothing is deleted. What is above the smaller plan's limits stays readable and can be exported; only "
            "adding waits until there is room again."
        ),
    ),
    (
        marked("Who pays for a company?"),
        marked(
            "The practice that looks after it. Without one, its owner. Whoever answers for a company as its client, or "
            "looks at it as its auditor, is not counted among the people of a plan."
        ),
    ),
    (
        marked("Is GST added?"),
        marked("Yes: prices are shown without GST of 18 % and with it, and every payment has a tax invoice."),
    ),
)


@router.get("/pricing")
async def show_prices(request: Request, database: Db) -> Response:
    """Every plan with what it has room for, and its price without GST and with it."""
    return page(
        request,
        "billing/pricing.html",
        plans=list(load().values()),
        is_sold=holds_limits(database),
        rooms=ROOM_WORDS,
        told=_told,
        with_gst=with_gst,
        gst_percent=GST_PERCENT,
        always=IN_EVERY_PLAN,
        questions=QUESTIONS,
    )


def _told(room: Room, figure: int) -> str:
    """A figure of a room as people read it."""
    return size(figure) if room is Room.STORAGE else grouped(figure)
