"""Every write of requests: asked, revoked, answered, taken or refused."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO, Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.billing.limits import count_storage
from complianceai.register.evidence.actions import MOST_BYTES, MOST_READ_BYTES, PDF
from complianceai.register.evidence.errors import EvidenceTwice
from complianceai.register.evidence.reading import read_file
from complianceai.register.requests.errors import NotAsked, SentMissing, TooMuchSent
from complianceai.register.requests.queries import Asked, Sent, count_sent, find_asked, find_sent
from complianceai.register.requests.tables import client_requests, sent_files
from complianceai.register.tasks.actions.evidence import add_evidence
from complianceai.register.tasks.actions.holding import Named, hold_company, hold_task
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_evidence
from complianceai.storage.audit import Actor, Change, add_to_trail
from complianceai.storage.contents import check_content
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.pieces import of_file
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token

MOST_SENT = 50
TAKEN, REFUSED = "taken", "refused"


class Answer(NamedTuple):
    """A file as a client sends it, for which of what is asked, and who they say they are."""

    item: str
    name: str
    content: IO[bytes]


async def ask(
    database: Database, scope: Scope, named: Named, items: Sequence[str], days: int, now: datetime
) -> str:
    """The secret part of the link, which is told only now.

    Errors: CompanyMissing; NotYourRole; TaskMissing.
    """
    token = secrets.token_urlsafe(24)
    row = {
        "id": new_id(), "task_id": named.task_id, "token_hash": hash_token(token), "items": list(items),
        "asked_by": scope.person.name, "created_at": now, "expires_at": now + timedelta(days=days),
    }  # fmt: skip
    async with database.transaction() as connection:
        await hold_task(connection, scope, named, Deed.WORK)
        await connection.execute(insert(client_requests).values(**row))
        told = {"request": str(row["id"]), "task": str(named.task_id), "items": list(items)}
        await _tell(connection, named.company_id, scope.actor, "request.made", told, now)
    return token


async def revoke(database: Database, scope: Scope, company_id: UUID, request_id: UUID, now: datetime) -> UUID:
    """The task's id; the link answers from now on as if it had never been.

    Errors: CompanyMissing; NotYourRole; RequestMissing.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        asked = await find_asked(connection, scope, company_id, request_id)
        gone = update(client_requests).where(client_requests.c.id == request_id)
        await connection.execute(gone.values(revoked_at=asked.revoked_at or now))
        told = {"request": str(request_id), "task": str(asked.task_id)}
        await _tell(connection, company_id, scope.actor, "request.revoked", told, now)
    return asked.task_id


async def answer(
    database: Database, files: Files, asked: Asked, given: Answer, sender: Actor, now: datetime
) -> Sent:
    """What was sent, with the hash by which both sides know it; it waits beside the task and proves nothing yet.

    Errors: NotAsked; TooMuchSent; those of `storage.contents` and `storage.files`.
    """
    if given.item not in asked.items:
        raise NotAsked
    content = check_content(given.name, given.content)
    async with database.reading() as connection:
        if await count_sent(connection, asked) >= MOST_SENT:
            raise TooMuchSent(most=MOST_SENT)
    kept = await files.keep(str(asked.company_id), of_file(given.content), limit_bytes=MOST_BYTES)
    sent = Sent(
        new_id(), asked.id, given.item, kept.hash, content.name, kept.size, content.media_type,
        sender.name or "", sender.person_id, now, None,
    )  # fmt: skip
    row = {name: getattr(sent, name) for name in Sent.__slots__}
    async with database.transaction() as connection:
        told = {
            "request": str(asked.id),
            "task": str(asked.task_id),
            "name": sent.name,
            "sha256": sent.sha256,
        }
        await _tell(connection, asked.company_id, sender, "request.answered", told, now)
        await count_storage(connection, asked.company_id, kept.size)
        await connection.execute(insert(sent_files).values(**row))
    return sent


async def take(  # noqa: PLR0913, PLR0917 - which file of whose request, and where it lies
    database: Database,
    files: Files,
    scope: Scope,
    company_id: UUID,
    request_id: UUID,
    sent_id: UUID,
    now: datetime,
) -> UUID:
    """The task's id, which the file proves from now on; what is read on it is kept as a proposal beside it.

    Errors: CompanyMissing; NotYourRole; RequestMissing; SentMissing; EvidenceTwice; ApprovedByYou; NotAtWork.
    """
    async with database.transaction() as connection:
        company = await hold_company(connection, scope, company_id, Deed.WORK)
        asked, sent = await _waiting(connection, scope, company_id, request_id, sent_id)
        _, held = await hold_task(connection, scope, Named(company_id, asked.task_id), Deed.WORK)
        if twin := next((mark for mark in held.evidence if mark.sha256 == sent.sha256), None):
            raise EvidenceTwice(name=twin.name)
        said = None
        if sent.media_type == PDF and sent.size <= MOST_READ_BYTES:
            whole = b"".join([piece async for piece in files.read(str(company_id), sent.sha256)])
            said = await read_file(whole, held.task, company.profile, date_in_india(now))
        mark_id = await add_evidence(connection, scope, held, sent.sha256, sent.name, now)
        told = {"size": sent.size, "media_type": sent.media_type, "said": said}
        await connection.execute(update(task_evidence).where(task_evidence.c.id == mark_id).values(**told))
        await _decide(connection, scope, company_id, asked, sent, TAKEN, now)
    return asked.task_id


async def refuse(
    database: Database, scope: Scope, company_id: UUID, request_id: UUID, sent_id: UUID, now: datetime
) -> UUID:
    """The task's id; the file waits no longer.

    Errors: CompanyMissing; NotYourRole; RequestMissing; SentMissing.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        asked, sent = await _waiting(connection, scope, company_id, request_id, sent_id)
        await _decide(connection, scope, company_id, asked, sent, REFUSED, now)
    return asked.task_id


async def _waiting(
    connection: AsyncConnection, scope: Scope, company_id: UUID, request_id: UUID, sent_id: UUID
) -> tuple[Asked, Sent]:
    asked = await find_asked(connection, scope, company_id, request_id)
    sent = await find_sent(connection, asked, sent_id)
    if sent.decision is not None:
        raise SentMissing
    return asked, sent


async def _decide(  # noqa: PLR0913, PLR0917 - what is decided on which file
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    asked: Asked,
    sent: Sent,
    decision: str,
    now: datetime,
) -> None:
    decided = update(sent_files).where(sent_files.c.id == sent.id)
    await connection.execute(decided.values(decision=decision, decided_at=now))
    told = {"request": str(asked.id), "task": str(asked.task_id), "name": sent.name, "sha256": sent.sha256}
    await _tell(connection, company_id, scope.actor, f"request.{decision}", told, now)


async def _tell(
    connection: AsyncConnection,
    company_id: UUID,
    actor: Actor,
    deed: str,
    told: dict[str, Any],
    now: datetime,
) -> None:
    await add_to_trail(connection, company_id, actor, Change(deed, None, told), now)
