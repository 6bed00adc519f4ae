"""People asked to sign, the next one's turn, and the request taken back."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.site.mail import Letter, send
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.actions.holding import hold_document, tell
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.signing.errors import (
    AskedAlready,
    NoPaperToSign,
    NotApproved,
    SignerTwice,
    SigningOver,
)
from complianceai.workspace.signing.queries import (
    OPEN,
    WITHDRAWN,
    Asked,
    Signer,
    find_asked,
    list_asked,
    list_signers,
)
from complianceai.workspace.signing.tables import signers, signing_requests
from complianceai.workspace.states import Level, State

PDF = "application/pdf"


class Wanted(NamedTuple):
    """Who is to sign, by name and address, in which order, for how many days, and what is said to them."""

    people: Sequence[tuple[str, str]]
    in_order: bool
    days: int
    message: str
    language: str


async def ask(
    database: Database, sealer: Sealer, scope: Scope, document_id: UUID, wanted: Wanted, now: datetime
) -> UUID:
    """The id of the request; whoever's turn it is has a mail.

    Errors: DocumentMissing; NotYourDocument; NotApproved; NoPaperToSign; AskedAlready; SignerTwice.
    """
    _check_people(wanted.people)
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        if document.state is not State.APPROVED or document.approved_hash is None:
            raise NotApproved
        await _check_paper(connection, document_id, document.approved_version)
        earlier = await list_asked(connection, document_id)
        if any(each.is_under_way(now) for each in earlier):
            raise AskedAlready
        for each in earlier:
            if each.state == OPEN:
                # Too old, or of a text that was opened since: nobody could sign it, and nobody shall later.
                await end(connection, each.id, WITHDRAWN, now)
        row = {
            "id": new_id(), "document_id": document_id, "version": document.approved_version,
            "sha256": document.approved_hash, "state": OPEN, "in_order": wanted.in_order,
            "message": wanted.message, "asked_by": scope.person.id, "asker": scope.person.name,
            "asker_email": scope.person.email, "language": wanted.language, "created_at": now,
            "ends_at": now + timedelta(days=wanted.days),
        }  # fmt: skip
        await connection.execute(insert(signing_requests).values(**row))
        people = [
            {
                "id": new_id(),
                "request_id": row["id"],
                "position": place,
                "name": name,
                "email": email,
                "code_tries": 0,
            }
            for place, (name, email) in enumerate(wanted.people, 1)
        ]
        await connection.execute(insert(signers), people)
        told = {
            "request": str(row["id"]),
            "sha256": row["sha256"],
            "signers": [each["email"] for each in people],
        }
        await tell(connection, scope.actor, document, "signing_asked", told, now)
        request_id = UUID(str(row["id"]))
        await invite_next(connection, sealer, await find_asked(connection, request_id), now)
    return request_id


async def withdraw(
    database: Database, scope: Scope, document_id: UUID, request_id: UUID, now: datetime
) -> None:
    """Nothing; nobody can sign by it any more.

    Errors: DocumentMissing; NotYourDocument; SigningMissing; SigningOver.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.ADMIN)
        asked = await find_asked(connection, request_id, document_id)
        if asked.state != OPEN:
            raise SigningOver
        await end(connection, request_id, WITHDRAWN, now)
        await tell(connection, scope.actor, document, "signing_withdrawn", {"request": str(request_id)}, now)


async def invite_next(connection: AsyncConnection, sealer: Sealer, asked: Asked, now: datetime) -> None:
    """Nothing; whoever's turn it is and who has no link yet has one by mail."""
    people = (await list_signers(connection, [asked.id]))[asked.id]
    for signer in whose_turn(asked, people):
        if signer.invited_at is None:
            token = secrets.token_urlsafe(24)
            link = {"token_hash": hash_token(token), "invited_at": now}
            await connection.execute(update(signers).where(signers.c.id == signer.id).values(**link))
            values = {
                "who": asked.asker, "company": asked.company, "title": asked.title, "message": asked.message,
                "until": date_in_india(asked.ends_at).isoformat(),
            }  # fmt: skip
            letter = Letter(
                "workspace/mail/sign.html", signer.email, signer.name, asked.language, values, {"token": token},
                until=asked.ends_at,
            )  # fmt: skip
            await send(connection, sealer, letter, now)


def whose_turn(asked: Asked, people: Sequence[Signer]) -> list[Signer]:
    """Those who may sign now: all who have not, or the first of them."""
    waiting = [each for each in people if each.signed_at is None]
    return waiting[:1] if asked.in_order else waiting


async def end(connection: AsyncConnection, request_id: UUID, state: str, now: datetime) -> None:
    """Nothing; the request has ended so."""
    values = {"state": state, "ended_at": now}
    await connection.execute(
        update(signing_requests).where(signing_requests.c.id == request_id).values(**values)
    )


async def _check_paper(connection: AsyncConnection, document_id: UUID, number: int | None) -> None:
    version = await find_version(connection, document_id, number or 0)
    if version.text is None and version.media_type != PDF:
        raise NoPaperToSign


def _check_people(people: Sequence[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for _, email in people:
        if email.casefold() in seen:
            raise SignerTwice(email=email)
        seen.add(email.casefold())
