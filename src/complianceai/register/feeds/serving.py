"""A feed at its own address, for calendar programs, which cannot sign in."""

from datetime import datetime
from hashlib import sha256

from fastapi import Request
from starlette.responses import Response

from complianceai.base.clock import date_in_india
from complianceai.register.feeds.actions import note_fetch
from complianceai.register.feeds.calendars import as_calendar
from complianceai.register.feeds.errors import FeedMissing
from complianceai.register.feeds.queries import Opened, find_opened, list_events
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, root_of, services
from complianceai.tenancy.access import counted
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

router = Router(include_in_schema=False)
# Programs ask every quarter of an hour at the most eager; several devices may share a feed.
RATE = "120/hour"
CALENDAR = "text/calendar; charset=utf-8"


@router.get("/feeds/{token}.ics", dependencies=[counted])
async def serve_feed(request: Request, token: str, database: Db, now: Now) -> Response:
    """The feed of that address as a calendar; the same text as long as nothing in it changed."""
    await services(request).limiter.count("feed", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        opened = await find_opened(connection, token)
        if opened is None:
            raise FeedMissing
        events = await list_events(connection, _scope(opened, now), opened.feed)
    await note_fetch(database, opened.feed, now)
    text = as_calendar(
        events,
        name=opened.feed.name,
        hides_names=opened.feed.hides_names,
        root=root_of(request),
        language=preferences(request).language,
    )
    tag = f'"{sha256(text).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=900", "Content-Disposition": "inline"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=CALENDAR, headers=headers)


def _scope(opened: Opened, now: datetime) -> Scope:
    return Scope(opened.person, today=date_in_india(now))
