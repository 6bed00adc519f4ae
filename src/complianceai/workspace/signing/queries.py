"""Every read of signing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import companies
from complianceai.workspace.signing.errors import SigningMissing
from complianceai.workspace.signing.tables import signers, signing_requests
from complianceai.workspace.tables import documents

OPEN, SEALING, COMPLETED, DECLINED, WITHDRAWN = "open", "sealing", "completed", "declined", "withdrawn"
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for signatures, and the document as it stands."""

    id: UUID
    document_id: UUID
    version: int
    sha256: str
    state: str
    in_order: bool
    message: str
    asked_by: UUID | None
    asker: str
    asker_email: str
    language: str
    created_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    sealed_sha256: str | None
    paper_sha256: str | None
    certificate_sha256: str | None
    title: str
    company_id: UUID
    company: str
    numbered: bool
    document_language: str
    document_state: str
    approved_hash: str | None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be signed: asked still, in time, and of the very text that is approved."""
        is_same = self.document_state == "approved" and self.approved_hash == self.sha256
        return self.state == OPEN and now < self.ends_at and is_same

    def is_under_way(self, now: datetime) -> bool:
        """Whether somebody may sign it still, or it is being sealed."""
        return self.state == SEALING or self.is_open(now)


@dataclass(frozen=True, slots=True)
class Signer:
    """One of those who are asked, and what they did."""

    id: UUID
    request_id: UUID
    position: int
    name: str
    email: str
    invited_at: datetime | None
    viewed_at: datetime | None
    code_hash: str | None
    code_until: datetime | None
    code_tries: int
    signed_at: datetime | None
    declined_at: datetime | None
    reason: str | None
    typed: str | None
    drawn: str | None
    address: str | None
    agent: str | None


async def find_by_token(connection: AsyncConnection, token: str) -> tuple[Asked, Signer]:
    """The request and the signer of that link.

    Errors: SigningMissing.
    """
    wanted = select(*_of_signer()).where(signers.c.token_hash == hash_token(token))
    signer = await fetch_one(connection, wanted, Signer)
    if signer is None:
        raise SigningMissing
    return await find_asked(connection, signer.request_id), signer


async def find_asked(connection: AsyncConnection, request_id: UUID, document_id: UUID | None = None) -> Asked:
    """The request; with a document only where it is that one's, which the caller has found already.

    Errors: SigningMissing.
    """
    wanted = _asked().where(signing_requests.c.id == request_id)
    if document_id is not None:
        wanted = wanted.where(signing_requests.c.document_id == document_id)
    found = await fetch_one(connection, wanted, Asked)
    if found is None:
        raise SigningMissing
    return found


async def list_asked(connection: AsyncConnection, document_id: UUID) -> list[Asked]:
    """What was asked for a document that the caller has found already, the latest first."""
    wanted = _asked().where(signing_requests.c.document_id == document_id)
    ordered = wanted.order_by(signing_requests.c.created_at.desc(), signing_requests.c.id.desc())
    return await fetch_all(connection, ordered.limit(MOST_SHOWN), Asked)


async def list_signers(connection: AsyncConnection, request_ids: list[UUID]) -> dict[UUID, list[Signer]]:
    """Those who are asked by each request, in their order."""
    wanted = select(*_of_signer()).where(signers.c.request_id.in_(request_ids))
    found: dict[UUID, list[Signer]] = {each: [] for each in request_ids}
    for signer in await fetch_all(connection, wanted.order_by(signers.c.position), Signer):
        found[signer.request_id].append(signer)
    return found


async def find_sealed(connection: AsyncConnection, sha256: str) -> Asked | None:
    """The request whose sealed paper has that hash."""
    return await fetch_one(connection, _asked().where(signing_requests.c.sealed_sha256 == sha256), Asked)


def _of_signer() -> list[Any]:
    return [signers.c[name] for name in Signer.__slots__]


def _asked() -> Select[Any]:
    other = {
        "title",
        "company_id",
        "company",
        "numbered",
        "document_language",
        "document_state",
        "approved_hash",
    }
    own = [signing_requests.c[name] for name in Asked.__slots__ if name not in other]
    return (
        select(
            *own,
            documents.c.title,
            documents.c.company_id,
            documents.c.numbered,
            documents.c.approved_hash,
            documents.c.language.label("document_language"),
            documents.c.state.label("document_state"),
            companies.c.name.label("company"),
        )
        .join_from(signing_requests, documents, documents.c.id == signing_requests.c.document_id)
        .join(companies, companies.c.id == documents.c.company_id)
    )
