"""The page behind the bell."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import INDIA
from complianceai.base.ids import read_id
from complianceai.register.passing_on import whatsapp_link
from complianceai.register.reminders.actions.alerts import mark_read
from complianceai.register.reminders.queries.alerts import count_alerts, list_alerts
from complianceai.register.reminders.replies import alert_reply
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import ticked

router = Router(prefix="/app/alerts", include_in_schema=False)
SIZE = 50


@router.get("")
async def show_alerts(
    request: Request,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """What one was told, the latest first; what is new is marked so, until one says that it is read."""
    async with database.reading() as connection:
        found = await list_alerts(connection, scope, limit=SIZE, offset=(number - 1) * SIZE)
        total, unread = await count_alerts(connection, scope)
    language, root = preferences(request).language, root_of(request)
    shown = [alert_reply(telling, when, language, scope.today) for telling, when in found]
    return page(
        request,
        "register/reminders/alerts.html",
        alerts=[(each, whatsapp_link(f"{each.text}\n{root}{each.path}")) for each in shown],
        total=total,
        unread=unread,
        number=number,
        pages=-(-total // SIZE),
        india=INDIA,
    )


@router.post("/read")
async def read(request: Request, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back, with the alerts that were named read, or all of them where none was."""
    named = [found for found in map(read_id, await ticked(request, "id")) if found is not None]
    await mark_read(database, scope, now, named or None)
    return RedirectResponse("/app/alerts", status_code=303)
