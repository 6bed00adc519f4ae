"""The page of one webhook: what it is told, and what became of each delivery."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import INDIA
from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.register.reminders.actions.webhooks import change_webhook, remove_webhook, send_again
from complianceai.register.reminders.errors import DeliveryMissing, WebhookMissing
from complianceai.register.reminders.hooks.calling import EVENT_WORDS
from complianceai.register.reminders.queries.places import (
    attempts_of,
    count_deliveries,
    find_webhook,
    list_deliveries,
)
from complianceai.register.tasks.pages.common import of_company, said
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import ticked, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/companies/{company_id}/webhooks/{webhook_id}", include_in_schema=False)
SIZE = 25
STATE_WORDS = {
    "waiting": marked("waits"),
    "arrived": marked("arrived"),
    "failed": marked("failed so far"),
    "dropped": marked("not told any more"),
}


async def _webhook_id(webhook_id: str) -> UUID:
    found = read_id(webhook_id)
    if found is None:
        raise WebhookMissing
    return found


OneWebhook = Annotated[UUID, Depends(_webhook_id)]


@router.get("")
async def show_webhook(
    request: Request,
    company: OneCompany,
    webhook_id: OneWebhook,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The webhook and its log."""
    return await _show(request, company, webhook_id, scope, database, number)


@router.post("")
async def change(
    request: Request, company: OneCompany, webhook_id: OneWebhook, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back, with the webhook changed, paused, called again or removed; or the page with what to mend."""
    check_may(company.role, Deed.SET_UP)
    deed = (await typed_in(request)).get("deed", "")
    if deed == "remove":
        await remove_webhook(database, scope, company.id, webhook_id, now)
        return RedirectResponse(f"/app/companies/{company.id}/reminders#webhooks", status_code=303)
    events = await ticked(request, "events") if deed == "events" else None
    is_paused = {"pause": True, "resume": False}.get(deed)
    try:
        await change_webhook(database, scope, company.id, webhook_id, now, events, is_paused)
    except InvalidInput as error:
        faults = said(request, error.faults)
        return await _show(request, company, webhook_id, scope, database, 1, faults)
    return _back(company, webhook_id)


@router.post("/deliveries/{delivery_id}/again")
async def again(
    company: OneCompany, webhook_id: OneWebhook, delivery_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back; the delivery is sent again."""
    check_may(company.role, Deed.SET_UP)
    identity = read_id(delivery_id)
    if identity is None:
        raise DeliveryMissing
    await send_again(database, scope, company.id, webhook_id, identity, now)
    return _back(company, webhook_id)


def _back(company: Company, webhook_id: UUID) -> Response:
    return RedirectResponse(f"/app/companies/{company.id}/webhooks/{webhook_id}", status_code=303)


async def _show(  # noqa: PLR0913, PLR0917 - as above
    request: Request,
    company: Company,
    webhook_id: UUID,
    scope: Scope,
    database: Db,
    number: int,
    faults: dict[str, str] | None = None,
) -> Response:
    check_may(company.role, Deed.SET_UP)
    async with database.reading() as connection:
        hook = await find_webhook(connection, scope, company.id, webhook_id)
        found = await list_deliveries(connection, webhook_id, limit=SIZE, offset=(number - 1) * SIZE)
        attempts = await attempts_of(connection, found)
        total = await count_deliveries(connection, webhook_id)
    return page(
        request,
        "register/reminders/webhook.html",
        status=422 if faults else 200,
        **of_company(request, company, scope),
        hook=hook,
        deliveries=[(each, attempts.get(each.id, [])) for each in found],
        total=total,
        number=number,
        pages=-(-total // SIZE),
        event_words=EVENT_WORDS,
        delivery_words=STATE_WORDS,
        faults=faults or {},
        india=INDIA,
    )
