"""A company's chats and webhooks, and what became of each delivery."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.errors import DeliveryMissing, WebhookMissing
from complianceai.register.reminders.tables import chats, webhook_attempts, webhook_deliveries, webhooks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as its company sees it; its address is never shown again."""

    id: UUID
    name: str
    service: str
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook as its company sees it; its secret is told once."""

    id: UUID
    address: str
    events: list[str]
    created_at: datetime
    failing_since: datetime | None
    paused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery: what was told when, and what has become of it."""

    id: UUID
    event: str
    body: str
    created_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a delivery: the status of the reply, or why there was none."""

    delivery_id: UUID
    at: datetime
    status: int | None
    error: str | None
    milliseconds: int


async def list_chats(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Chat]:
    """The company's chats, the oldest first."""
    wanted = select(*(chats.c[name] for name in Chat.__slots__))
    wanted = wanted.where(chats.c.company_id == company_id, scope.reaches(chats.c.company_id))
    return await fetch_all(connection, wanted.order_by(chats.c.created_at, chats.c.id), Chat)


async def list_webhooks(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Webhook]:
    """The company's webhooks, the oldest first."""
    wanted = _webhooks(scope, company_id).order_by(webhooks.c.created_at, webhooks.c.id)
    return await fetch_all(connection, wanted, Webhook)


async def find_webhook(
    connection: AsyncConnection, scope: Scope, company_id: UUID, webhook_id: UUID
) -> Webhook:
    """One webhook of the company.

    Errors: WebhookMissing.
    """
    wanted = _webhooks(scope, company_id).where(webhooks.c.id == webhook_id)
    found = await fetch_one(connection, wanted, Webhook)
    if found is None:
        raise WebhookMissing
    return found


async def list_deliveries(
    connection: AsyncConnection, webhook_id: UUID, *, limit: int, offset: int
) -> list[Sent]:
    """What was to be told to the webhook, the latest first."""
    wanted = _deliveries().where(webhook_deliveries.c.webhook_id == webhook_id)
    ordered = wanted.order_by(webhook_deliveries.c.created_at.desc(), webhook_deliveries.c.id.desc())
    return await fetch_all(connection, ordered.limit(limit).offset(offset), Sent)


async def count_deliveries(connection: AsyncConnection, webhook_id: UUID) -> int:
    """How many deliveries of the webhook are kept."""
    wanted = select(func.count()).select_from(webhook_deliveries)
    wanted = wanted.where(webhook_deliveries.c.webhook_id == webhook_id)
    return int((await connection.execute(wanted)).scalar_one())


async def find_delivery(connection: AsyncConnection, webhook_id: UUID, delivery_id: UUID) -> Sent:
    """One delivery of the webhook.

    Errors: DeliveryMissing.
    """
    mine = (webhook_deliveries.c.webhook_id == webhook_id) & (webhook_deliveries.c.id == delivery_id)
    found = await fetch_one(connection, _deliveries().where(mine), Sent)
    if found is None:
        raise DeliveryMissing
    return found


async def attempts_of(connection: AsyncConnection, deliveries: list[Sent]) -> Mapping[UUID, list[Attempt]]:
    """The attempts of each delivery, the first first."""
    wanted = select(*(webhook_attempts.c[name] for name in Attempt.__slots__))
    wanted = wanted.where(webhook_attempts.c.delivery_id.in_([each.id for each in deliveries]))
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    ordered = wanted.order_by(webhook_attempts.c.at, webhook_attempts.c.id)
    for each in await fetch_all(connection, ordered, Attempt):
        found[each.delivery_id].append(each)
    return found


def _webhooks(scope: Scope, company_id: UUID) -> Select[Any]:
    wanted = select(*(webhooks.c[name] for name in Webhook.__slots__))
    return wanted.where(webhooks.c.company_id == company_id, scope.reaches(webhooks.c.company_id))


def _deliveries() -> Select[Any]:
    return select(*(webhook_deliveries.c[name] for name in Sent.__slots__))
