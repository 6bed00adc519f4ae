"""Every write of a company's webhooks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.register.reminders.actions.chats import Outside
from complianceai.register.reminders.errors import TooManyPlaces
from complianceai.register.reminders.hooks.calling import EVENT_WORDS, HOOK, WAITING
from complianceai.register.reminders.hooks.reaching import fault_in
from complianceai.register.reminders.hooks.signing import PURPOSE, new_secret
from complianceai.register.reminders.queries.places import Webhook, find_delivery, find_webhook
from complianceai.register.reminders.tables import webhook_deliveries, webhooks
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.states import Deed
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.tenancy.scope import Scope

MOST = 10
NO_EVENT = marked("Choose at least one event that is to be told.")
NOT_AN_EVENT = marked("There is no such event. Choose among those that are listed.")


@dataclass(frozen=True, slots=True)
class Made:
    """A new webhook, and its secret, which is told only now."""

    webhook: Webhook
    secret: str


async def add_webhook(  # noqa: PLR0913, PLR0917 - whose, where, what, and by whom
    database: Database,
    scope: Scope,
    company_id: UUID,
    address: str,
    events: Collection[str],
    outside: Outside,
    now: datetime,
) -> Made:
    """The webhook, which is called from now on.

    Errors: CompanyMissing; NotYourRole; InvalidInput; TooManyPlaces.
    """
    webhook, secret = Webhook(new_id(), address, sorted(set(events)), now, None, None), new_secret()
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        fault = fault_in(address, outside.private_hosts)
        faults = {**({"address": fault} if fault else {}), **_faults(events)}
        if faults:
            raise InvalidInput(faults)
        mine = select(func.count()).select_from(webhooks).where(webhooks.c.company_id == company_id)
        if (await connection.execute(mine)).scalar_one() >= MOST:
            raise TooManyPlaces(most=MOST)
        row = {name: getattr(webhook, name) for name in Webhook.__slots__}
        sealed = outside.sealer.seal(PURPOSE, secret, now)
        await connection.execute(insert(webhooks).values(**row, company_id=company_id, secret_sealed=sealed))
        change = Change("webhook.added", None, _told(webhook))
        await add_to_trail(connection, company_id, scope.actor, change, now)
    return Made(webhook, secret)


async def change_webhook(  # noqa: PLR0913, PLR0917 - as above
    database: Database,
    scope: Scope,
    company_id: UUID,
    webhook_id: UUID,
    now: datetime,
    events: Collection[str] | None = None,
    is_paused: bool | None = None,  # noqa: FBT001 - None leaves it as it is
) -> Webhook:
    """The webhook with those events, called or not called any more; what is None stays.

    Errors: CompanyMissing; NotYourRole; WebhookMissing; InvalidInput.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        before = await find_webhook(connection, scope, company_id, webhook_id)
        values: dict[str, Any] = {}
        if events is not None:
            if faults := _faults(events):
                raise InvalidInput(faults)
            values["events"] = sorted(set(events))
        if is_paused is not None and is_paused != (before.paused_at is not None):
            # Whoever lets it be called again has mended it: its failures begin anew.
            values |= {"paused_at": now if is_paused else None, "failing_since": None}
        if values:
            mine = webhooks.c.id == webhook_id
            await connection.execute(update(webhooks).where(mine).values(**values))
        after = await find_webhook(connection, scope, company_id, webhook_id)
        if _told(before) != _told(after):
            change = Change("webhook.changed", _told(before), _told(after))
            await add_to_trail(connection, company_id, scope.actor, change, now)
    return after


async def remove_webhook(
    database: Database, scope: Scope, company_id: UUID, webhook_id: UUID, now: datetime
) -> None:
    """Nothing; the webhook is called no more, and its log is gone with it.

    Errors: CompanyMissing; NotYourRole; WebhookMissing.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        before = await find_webhook(connection, scope, company_id, webhook_id)
        await connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))
        change = Change("webhook.removed", _told(before), None)
        await add_to_trail(connection, company_id, scope.actor, change, now)


async def send_again(
    database: Database, scope: Scope, company_id: UUID, webhook_id: UUID, delivery_id: UUID, now: datetime
) -> None:
    """Nothing; the same bytes will be sent under the same id, signed anew.

    Errors: CompanyMissing; NotYourRole; WebhookMissing; DeliveryMissing.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        await find_webhook(connection, scope, company_id, webhook_id)
        found = await find_delivery(connection, webhook_id, delivery_id)
        if found.state == WAITING:
            return
        mine = webhook_deliveries.c.id == delivery_id
        # By hand it is told whatever has become of its task.
        await connection.execute(update(webhook_deliveries).where(mine).values(state=WAITING, due_on=None))
        await put_in_outbox(connection, HOOK, {"delivery": str(delivery_id)}, now)


def _faults(events: Collection[str]) -> dict[str, str]:
    if not events:
        return {"events": NO_EVENT}
    return {} if set(events) <= set(EVENT_WORDS) else {"events": NOT_AN_EVENT}


def _told(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook": str(webhook.id),
        "address": webhook.address,
        "events": webhook.events,
        "paused": webhook.paused_at is not None,
    }
