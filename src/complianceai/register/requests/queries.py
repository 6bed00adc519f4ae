"""Every read of requests."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.requests.errors import RequestMissing, SentMissing
from complianceai.register.requests.tables import client_requests, sent_files
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a client for a task, by whom, and until when the link is open."""

    id: UUID
    task_id: UUID
    company_id: UUID
    items: list[str]
    asked_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came as an answer; its size is in bytes."""

    id: UUID
    request_id: UUID
    item: str
    sha256: str
    name: str
    size: int
    media_type: str
    sender: str
    sender_id: UUID | None
    sent_at: datetime
    decision: str | None


async def find_by_token(connection: AsyncConnection, token: str, now: datetime) -> Asked:
    """The open request of that link.

    Errors: RequestMissing.
    """
    wanted = _asked().where(client_requests.c.token_hash == hash_token(token))
    found = await fetch_one(connection, wanted, Asked)
    if found is None or not found.is_open(now):
        raise RequestMissing
    return found


async def find_asked(connection: AsyncConnection, scope: Scope, company_id: UUID, request_id: UUID) -> Asked:
    """One request of a company that the caller has found already.

    Errors: RequestMissing.
    """
    found = await fetch_one(
        connection, _of(scope, company_id).where(client_requests.c.id == request_id), Asked
    )
    if found is None:
        raise RequestMissing
    return found


async def list_asked(
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    task_id: UUID | None = None,
    *,
    limit: int = MOST_SHOWN,
) -> list[Asked]:
    """What was asked of the client, for one task or all of them, the latest first."""
    wanted = _of(scope, company_id)
    if task_id is not None:
        wanted = wanted.where(client_requests.c.task_id == task_id)
    ordered = wanted.order_by(client_requests.c.created_at.desc(), client_requests.c.id.desc())
    return await fetch_all(connection, ordered.limit(limit), Asked)


async def list_sent(connection: AsyncConnection, asked: Collection[Asked]) -> dict[UUID, list[Sent]]:
    """What was sent for each request that the caller has found, the first first."""
    columns = [sent_files.c[name] for name in Sent.__slots__]
    wanted = select(*columns).where(sent_files.c.request_id.in_([each.id for each in asked]))
    found: dict[UUID, list[Sent]] = {each.id: [] for each in asked}
    for each in await fetch_all(connection, wanted.order_by(sent_files.c.sent_at, sent_files.c.id), Sent):
        found[each.request_id].append(each)
    return found


async def find_sent(connection: AsyncConnection, asked: Asked, sent_id: UUID) -> Sent:
    """One file of a request that the caller has found.

    Errors: SentMissing.
    """
    columns = [sent_files.c[name] for name in Sent.__slots__]
    wanted = select(*columns).where(sent_files.c.id == sent_id, sent_files.c.request_id == asked.id)
    found = await fetch_one(connection, wanted, Sent)
    if found is None:
        raise SentMissing
    return found


async def count_sent(connection: AsyncConnection, asked: Asked) -> int:
    """How many files were sent for a request."""
    wanted = select(func.count()).select_from(sent_files).where(sent_files.c.request_id == asked.id)
    return (await connection.execute(wanted)).scalar_one()


def _of(scope: Scope, company_id: UUID) -> Select[Any]:
    return _asked().where(tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id))


def _asked() -> Select[Any]:
    columns = [client_requests.c[name] for name in Asked.__slots__ if name != "company_id"]
    return select(*columns, tasks.c.company_id).join_from(
        client_requests, tasks, tasks.c.id == client_requests.c.task_id
    )
