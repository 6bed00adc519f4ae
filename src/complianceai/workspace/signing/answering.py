"""A signer's own deeds: the code that shows whose mailbox it is, the signature, or none."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.site.mail import Letter, send
from complianceai.site.words import marked
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.outbox import put_in_outbox
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.actions.holding import note
from complianceai.workspace.signing.asking import end, invite_next, whose_turn
from complianceai.workspace.signing.errors import NotYourTurn, SigningOver, WrongCode
from complianceai.workspace.signing.queries import (
    DECLINED,
    SEALING,
    Asked,
    Signer,
    find_by_token,
    list_signers,
)
from complianceai.workspace.signing.tables import signers, signing_requests

FINISH = "signing.finish"
CODE_FOR = timedelta(minutes=15)
MOST_TRIES = 5
NAME_NEEDED = marked("Write your name as you sign.")
CONSENT_NEEDED = marked("Tick this: without it nothing is signed.")


class Given(NamedTuple):
    """A signature as it is given, and from where."""

    code: str
    typed: str
    drawn: str
    agrees: bool
    address: str | None
    agent: str | None


async def look(database: Database, token: str, now: datetime) -> tuple[Asked, Signer, list[Signer]]:
    """The request, the signer of the link, and all who sign; that they looked is kept the first time.

    Errors: SigningMissing.
    """
    async with database.transaction() as connection:
        asked, signer = await find_by_token(connection, token)
        if signer.viewed_at is None:
            await write_signer(connection, signer, viewed_at=now)
        return asked, signer, (await list_signers(connection, [asked.id]))[asked.id]


async def send_code(database: Database, sealer: Sealer, token: str, now: datetime) -> None:
    """Nothing; the signer has a new code by mail, and an earlier one is worth nothing.

    Errors: SigningMissing; SigningOver; NotYourTurn.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    async with database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        hashed = hash_token(f"{token}:{code}")
        await write_signer(connection, signer, code_hash=hashed, code_until=now + CODE_FOR, code_tries=0)
        letter = Letter(
            "workspace/mail/code.html", signer.email, signer.name, asked.language,
            {"title": asked.title}, {"code": code}, until=now + CODE_FOR,
        )  # fmt: skip
        await send(connection, sealer, letter, now)


async def sign(database: Database, sealer: Sealer, token: str, given: Given, now: datetime) -> None:
    """Nothing; the paper bears the signature, the next signer has a mail, and after the last one it is sealed.

    Errors: SigningMissing; SigningOver; NotYourTurn; WrongCode, a number of times only; InvalidInput.
    """
    await _count_try(database, token, now)
    async with database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        _check_code(signer, token, given.code, now)
        _check_given(given)
        await write_signer(
            connection, signer, signed_at=now, typed=given.typed, drawn=given.drawn or None,
            address=given.address, agent=given.agent, code_hash=None,
        )  # fmt: skip
        told = {"request": str(asked.id), "sha256": asked.sha256, "email": signer.email}
        await tell_of(connection, asked, Actor(None, signer.name, given.address), "signed_by", told, now)
        await go_on(connection, sealer, asked, now)


async def go_on(connection: AsyncConnection, sealer: Sealer, asked: Asked, now: datetime) -> None:
    """Nothing; after a signature the next signer has a mail, and after the last one the paper is being sealed."""
    people = (await list_signers(connection, [asked.id]))[asked.id]
    if all(each.signed_at for each in people):
        await connection.execute(
            update(signing_requests).where(signing_requests.c.id == asked.id).values(state=SEALING)
        )
        await put_in_outbox(connection, FINISH, {"request": str(asked.id)}, now)
    else:
        await invite_next(connection, sealer, asked, now)


async def decline(
    database: Database, sealer: Sealer, token: str, reason: str, address: str | None, now: datetime
) -> None:
    """Nothing; nobody signs it any more, and whoever asked knows why.

    Errors: SigningMissing; SigningOver.
    """
    async with database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        await write_signer(connection, signer, declined_at=now, reason=reason, address=address)
        await end(connection, asked.id, DECLINED, now)
        told = {"request": str(asked.id), "email": signer.email, "reason": reason}
        await tell_of(connection, asked, Actor(None, signer.name, address), "signing_declined", told, now)
        values = {"who": signer.name, "title": asked.title, "reason": reason}
        letter = Letter(
            "workspace/mail/declined.html", asked.asker_email, asked.asker, asked.language, values
        )
        await send(connection, sealer, letter, now)


async def _count_try(database: Database, token: str, now: datetime) -> None:
    # In a transaction of its own: a wrong guess is kept though the signature is not.
    async with database.transaction() as connection:
        _, signer = await may_sign(connection, token, now)
        await write_signer(connection, signer, code_tries=min(signer.code_tries + 1, MOST_TRIES + 1))


async def may_sign(connection: AsyncConnection, token: str, now: datetime) -> tuple[Asked, Signer]:
    """The request and the signer, which nobody else changes until the transaction ends.

    Errors: SigningMissing; SigningOver; NotYourTurn.
    """
    asked, _ = await find_by_token(connection, token)
    await hold_trail(connection, asked.company_id)
    asked, signer = await find_by_token(connection, token)
    if not asked.is_open(now) or signer.signed_at or signer.declined_at:
        raise SigningOver
    people = (await list_signers(connection, [asked.id]))[asked.id]
    if signer.id not in {each.id for each in whose_turn(asked, people)}:
        raise NotYourTurn
    return asked, signer


def _check_code(signer: Signer, token: str, code: str, now: datetime) -> None:
    is_fresh = signer.code_until is not None and now < signer.code_until and signer.code_tries <= MOST_TRIES
    if not is_fresh or not compare_digest(signer.code_hash or "", hash_token(f"{token}:{code}")):
        raise WrongCode


def _check_given(given: Given) -> None:
    faults = {}
    if len(given.typed) < 2:
        faults["typed"] = NAME_NEEDED
    if not given.agrees:
        faults["agrees"] = CONSENT_NEEDED
    if faults:
        raise InvalidInput(faults)


async def write_signer(connection: AsyncConnection, signer: Signer, **values: object) -> None:
    """Nothing; the signer's row has those values."""
    await connection.execute(update(signers).where(signers.c.id == signer.id).values(**values))


async def tell_of(
    connection: AsyncConnection, asked: Asked, actor: Actor, deed: str, told: dict[str, str], now: datetime
) -> None:
    """Nothing; the document's activity has a row of it, and so has the company's trail."""
    await note(connection, asked.document_id, actor, deed, told, now)
    named = {"document": str(asked.document_id), "title": asked.title, **told}
    await add_to_trail(connection, asked.company_id, actor, Change(f"document.{deed}", None, named), now)
