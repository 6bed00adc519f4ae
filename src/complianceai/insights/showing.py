"""The room's part of the application, and what stands above a page."""

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request

from complianceai.insights.exporting import export_counted, export_surveys
from complianceai.insights.living import Insights
from complianceai.insights.notices import Notices
from complianceai.insights.surveys.pages import seen
from complianceai.insights.surveys.words import QUESTIONS
from complianceai.storage.services import services
from complianceai.tenancy.account.export import export_with
from complianceai.tenancy.helped import hold_by
from complianceai.tenancy.operators.helping import held_to_permit

TEMPLATE = "insights/notices.html"


def show_insights(app: FastAPI, insights: Insights) -> None:
    """Nothing; pages show notices, the form for an account asks whether to count, exports have what was counted."""
    app.state.insights, app.state.notices_for = insights, notices_for
    app.state.asks_to_count = insights.counter.mode == "ask"
    export_with("countedActions", export_counted)
    export_with("surveys", export_surveys)
    hold_by(held_to_permit)


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
