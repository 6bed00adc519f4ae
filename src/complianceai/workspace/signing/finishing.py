"""The signed paper made: the version as PDF, the certificate behind it, the seal around both, kept and told of."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update

from complianceai.billing.limits import count_storage
from complianceai.drafting.sealing import Identity, seal
from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.site.mail import Letter, send
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.deeds import Deed, note_done
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job
from complianceai.storage.pieces import once
from complianceai.workspace.actions.holding import note, write_document
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.signing.answering import FINISH
from complianceai.workspace.signing.certificate import certificate
from complianceai.workspace.signing.digital.queries import Trip, list_done
from complianceai.workspace.signing.papers import MOST_BYTES, body_of, read_whole
from complianceai.workspace.signing.queries import COMPLETED, SEALING, Asked, Signer, find_asked, list_signers
from complianceai.workspace.signing.tables import signing_requests
from complianceai.workspace.states import State

CHECK_PATH = "/papers/check"


class Press(NamedTuple):
    """Where papers are kept, and whose seal they bear."""

    files: Files
    identity: Identity


class Sealed(NamedTuple):
    """What the sealed paper is known by; and the page of signatures, where that is a file of its own."""

    paper: str
    page: str | None
    # Of both together, in bytes.
    size: int


class _Page(NamedTuple):
    """What the page of signatures says."""

    asked: Asked
    people: Sequence[Signer]
    check: str
    given: Mapping[UUID, Trip]

    @property
    def reason(self) -> str:
        return f"Signed by {', '.join(each.name for each in self.people)}"

    def made(self, *, is_trial: bool) -> bytes:
        return certificate(self.asked, self.people, self.check, self.given, is_trial=is_trial)


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
        given = await list_done(connection, [request_id])
        version = await find_version(connection, asked.document_id, asked.version)
    if asked.state != SEALING:
        return
    page = _Page(asked, people, f"{tools.public_url}{CHECK_PATH}", given)
    area, apart, size = str(asked.company_id), None, 0
    if given and asked.paper_sha256 is not None:
        body = await read_whole(press.files, area, asked.paper_sha256)
        paper, own = await asyncio.to_thread(_sealed_apart, body, page, press.identity)
        beside = await press.files.keep(area, once(own), limit_bytes=MOST_BYTES)
        apart, size = beside.hash, beside.size
    else:
        body = await body_of(press.files, asked, version)
        paper = await asyncio.to_thread(_sealed, body, page, press.identity)
    kept = await press.files.keep(area, once(paper), limit_bytes=MOST_BYTES)
    await _complete(database, tools, asked, people, Sealed(kept.hash, apart, size + kept.size), now)


def _sealed(body: bytes, page: _Page, identity: Identity) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only a worker that seals holds it

    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    for each in PdfReader(BytesIO(page.made(is_trial=identity.is_trial))).pages:
        writer.add_page(each)
    made = BytesIO()
    writer.write(made)
    return seal(made.getvalue(), identity, reason=page.reason, name=page.asked.company)


def _sealed_apart(body: bytes, page: _Page, identity: Identity) -> tuple[bytes, bytes]:
    """The paper and the page, each sealed: a page behind the paper would break the signatures that it bears."""
    paper = seal(body, identity, reason=page.reason, name=page.asked.company, certifies=False)
    own = page.made(is_trial=identity.is_trial)
    return paper, seal(own, identity, reason=page.reason, name=page.asked.company)


async def _complete(
    database: Database, tools: Tools, asked: Asked, people: Sequence[Signer], sealed: Sealed, now: datetime
) -> None:
    async with database.transaction() as connection:
        await hold_trail(connection, asked.company_id)
        if (await find_asked(connection, asked.id)).state != SEALING:
            return
        # All have signed: it is counted, and refused nobody for want of room.
        await count_storage(connection, asked.company_id, sealed.size)
        values = {"state": COMPLETED, "ended_at": now, "sealed_sha256": sealed.paper,
                  "certificate_sha256": sealed.page}  # fmt: skip
        await connection.execute(
            update(signing_requests).where(signing_requests.c.id == asked.id).values(**values)
        )
        await write_document(connection, asked.document_id, {"state": State.SIGNED.value}, now)
        actor, told = (
            Actor(None, None),
            {"request": str(asked.id), "sealed": sealed.paper, "sha256": asked.sha256},
        )
        await note(connection, asked.document_id, actor, "sealed", told, now)
        named = {"document": str(asked.document_id), "title": asked.title, **told}
        await add_to_trail(connection, asked.company_id, actor, Change("document.sealed", None, named), now)
        # Of whoever asked: to have a paper signed by all is what they set out to do.
        note_done(connection, Deed("document.signed", asked.asked_by, asked.company_id, now))
        readers = {(each.name, each.email) for each in people} | {(asked.asker, asked.asker_email)}
        for name, email in sorted(readers):
            letter = Letter(
                "workspace/mail/signed.html", email, name, asked.language,
                {"title": asked.title, "company": asked.company, "sealed": sealed.paper},
            )  # fmt: skip
            await send(connection, tools.sealer, letter, now)
