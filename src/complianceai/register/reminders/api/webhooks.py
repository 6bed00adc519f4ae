"""A company's webhooks and what became of each delivery."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from complianceai.register.reminders.actions.webhooks import (
    add_webhook,
    change_webhook,
    remove_webhook,
    send_again,
)
from complianceai.register.reminders.asking import Beyond
from complianceai.register.reminders.queries.places import (
    attempts_of,
    count_deliveries,
    find_delivery,
    find_webhook,
    list_deliveries,
    list_webhooks,
)
from complianceai.register.reminders.replies import (
    DeliveryReply,
    NewWebhookReply,
    WebhookReply,
    delivery_reply,
)
from complianceai.register.reminders.schemas import WebhookEdit, WebhookInput
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company

router = Router(prefix="/api/companies/{company_id}/webhooks", tags=["reminders"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_webhooks(company_id: UUID, scope: SignedIn, database: Db) -> SuccessList[WebhookReply]:
    """The company's webhooks, without their secrets."""
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SET_UP)
        found = await list_webhooks(connection, scope, company_id)
    page = PageOfList(number=1, size=max(len(found), 1), total=len(found))
    return SuccessList(data=[WebhookReply.model_validate(each) for each in found], page=page)


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def post_webhook(
    company_id: UUID, scope: SignedIn, wanted: WebhookInput, database: Db, outside: Beyond, now: Now
) -> Success[NewWebhookReply]:
    """The webhook with its secret, which is told only now."""
    made = await add_webhook(database, scope, company_id, wanted.address, wanted.events, outside, now)
    plain = WebhookReply.model_validate(made.webhook)
    return Success(data=NewWebhookReply(**plain.model_dump(), secret=made.secret))


@router.patch("/{webhook_id}", responses=failures(401, 403, 404, 413, 422))
async def patch_webhook(
    company_id: UUID, webhook_id: UUID, scope: SignedIn, wanted: WebhookEdit, database: Db, now: Now
) -> Success[WebhookReply]:
    """The webhook with other events, paused, or called again."""
    changed = await change_webhook(database, scope, company_id, webhook_id, now, wanted.events, wanted.paused)
    return Success(data=WebhookReply.model_validate(changed))


@router.delete("/{webhook_id}", status_code=204, responses=failures(401, 403, 404, 422))
async def delete_webhook(company_id: UUID, webhook_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; the webhook is called no more, and its log is gone."""
    await remove_webhook(database, scope, company_id, webhook_id, now)


@router.get("/{webhook_id}/deliveries", responses=failures(401, 403, 404, 422))
async def get_deliveries(
    company_id: UUID,
    webhook_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[DeliveryReply]:
    """What was to be told, the latest first, each with its attempts: status, error, time."""
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SET_UP)
        await find_webhook(connection, scope, company_id, webhook_id)
        found = await list_deliveries(connection, webhook_id, limit=size, offset=(page - 1) * size)
        attempts = await attempts_of(connection, found)
        total = await count_deliveries(connection, webhook_id)
    data = [delivery_reply(each, attempts.get(each.id, [])) for each in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/again", status_code=202, responses=failures(401, 403, 404, 422)
)
async def post_again(
    company_id: UUID, webhook_id: UUID, delivery_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[DeliveryReply]:
    """The delivery, which is sent again: the same bytes under the same id."""
    await send_again(database, scope, company_id, webhook_id, delivery_id, now)
    async with database.reading() as connection:
        found = await find_delivery(connection, webhook_id, delivery_id)
        attempts = await attempts_of(connection, [found])
    return Success(data=delivery_reply(found, attempts.get(found.id, [])))
