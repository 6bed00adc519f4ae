"""What stands above a page, for the layout of the site."""

from typing import Any

from starlette.requests import Request

from complianceai.insights.notices import Notices
from complianceai.insights.surveys.pages import seen
from complianceai.insights.surveys.words import QUESTIONS
from complianceai.storage.services import services

TEMPLATE = "insights/notices.html"


def notices_for(request: Request) -> dict[str, Any] | None:
    """What to show whoever asks for the page; none where there is nothing, which is nearly always."""
    person = getattr(request.state, "person", None)
    if person is None:
        return None
    held: Notices = request.app.state.insights.notices
    now = services(request).clock()
    told = held.current(now)
    if told:
        waved_away = set(seen(request))
        told = [each for each in told if str(each.id) not in waved_away]
    offer = None if request.url.path.startswith("/operator") else held.offer(person.id, now)
    if not told and offer is None:
        return None
    question = None if offer is None else QUESTIONS[offer.question]
    return {"template": TEMPLATE, "announcements": told, "question": question}
