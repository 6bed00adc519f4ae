"""The signed paper made: the version as PDF, the certificate behind it, the seal around both, kept and told of."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update

from complianceai import drafting
from complianceai.drafting.sealing import Identity, seal
from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.site.mail import Letter, send
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job
from complianceai.workspace.actions.holding import note, write_document
from complianceai.workspace.queries.versions import Version, find_version
from complianceai.workspace.signing.answering import FINISH
from complianceai.workspace.signing.certificate import certificate
from complianceai.workspace.signing.queries import COMPLETED, SEALING, Asked, Signer, find_asked, list_signers
from complianceai.workspace.signing.tables import signing_requests
from complianceai.workspace.states import State

MOST_BYTES = 64 * 1_048_576
CHECK_PATH = "/papers/check"


class Press(NamedTuple):
    """Where papers are kept, and whose seal they bear."""

    files: Files
    identity: Identity


def add_to(registry: Registry, press: Press) -> None:
    """Nothing; papers that all have signed are sealed from now on."""

    async def finish(tools: Tools, job: Job) -> None:
        await seal_request(tools, press, UUID(str(job.payload["request"])))

    registry.add_outside(FINISH, finish)


async def seal_request(tools: Tools, press: Press, request_id: UUID) -> None:
    """Nothing; the paper is sealed and kept, and everybody concerned has it. Done a second time it changes nothing."""
    database, now = tools.database, tools.clock()
    async with database.reading() as connection:
        asked = await find_asked(connection, request_id)
        people = (await list_signers(connection, [request_id]))[request_id]
        version = await find_version(connection, asked.document_id, asked.version)
    if asked.state != SEALING:
        return
    body = await _body(press.files, asked, version)
    check = f"{tools.public_url}{CHECK_PATH}"
    sealed = await asyncio.to_thread(_sealed, body, asked, people, check, press.identity)
    kept = await press.files.keep(str(asked.company_id), _once(sealed), limit_bytes=MOST_BYTES)
    await _complete(database, tools, asked, people, kept.hash, now)


async def _body(files: Files, asked: Asked, version: Version) -> bytes:
    if version.text is None:
        return b"".join([piece async for piece in files.read(str(asked.company_id), version.sha256)])
    style = drafting.Style(asked.document_language, title=asked.title, author=version.author)
    paper = drafting.read(version.text, numbered=asked.numbered)
    return await asyncio.to_thread(drafting.write_pdf, paper, style)


def _sealed(body: bytes, asked: Asked, people: Sequence[Signer], check: str, identity: Identity) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only a worker that seals holds it

    behind = certificate(asked, people, check, is_trial=identity.is_trial)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    for each in PdfReader(BytesIO(behind)).pages:
        writer.add_page(each)
    made = BytesIO()
    writer.write(made)
    names = ", ".join(each.name for each in people)
    return seal(made.getvalue(), identity, reason=f"Signed by {names}", name=asked.company)


async def _complete(
    database: Database, tools: Tools, asked: Asked, people: Sequence[Signer], sealed: str, now: datetime
) -> None:
    async with database.transaction() as connection:
        await hold_trail(connection, asked.company_id)
        if (await find_asked(connection, asked.id)).state != SEALING:
            return
        values = {"state": COMPLETED, "ended_at": now, "sealed_sha256": sealed}
        await connection.execute(
            update(signing_requests).where(signing_requests.c.id == asked.id).values(**values)
        )
        await write_document(connection, asked.document_id, {"state": State.SIGNED.value}, now)
        actor, told = Actor(None, None), {"request": str(asked.id), "sealed": sealed, "sha256": asked.sha256}
        await note(connection, asked.document_id, actor, "sealed", told, now)
        named = {"document": str(asked.document_id), "title": asked.title, **told}
        await add_to_trail(connection, asked.company_id, actor, Change("document.sealed", None, named), now)
        readers = {(each.name, each.email) for each in people} | {(asked.asker, asked.asker_email)}
        for name, email in sorted(readers):
            letter = Letter(
                "workspace/mail/signed.html", email, name, asked.language,
                {"title": asked.title, "company": asked.company, "sealed": sealed},
            )  # fmt: skip
            await send(connection, tools.sealer, letter, now)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
