"""Signatures asked for by programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from complianceai.site.preferences import preferences
from complianceai.site.replies import Reply, Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Seals, Store
from complianceai.tenancy.access import SignedIn
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.signing.asking import Wanted, ask, withdraw
from complianceai.workspace.signing.digital.queries import Trip, list_done
from complianceai.workspace.signing.handing import page_reply, sealed_reply
from complianceai.workspace.signing.queries import Asked, Signer, find_asked, list_asked, list_signers
from complianceai.workspace.signing.schemas import SigningInput

router = Router(prefix="/api/documents/{document_id}/signing", tags=["documents"])


class CertificateReply(Reply):
    """Whose certificate a signature was made with; `revocationChecked` says whether revocation was looked for."""

    way: Literal["esign", "dsc"]
    holder: str
    issuer: str
    serial: str
    revocation_checked: bool


class SignerReply(Reply):
    """Somebody who is asked, and what they did; the certificate where they signed with one."""

    position: int
    name: str
    email: str
    invited_at: datetime | None
    viewed_at: datetime | None
    signed_at: datetime | None
    declined_at: datetime | None
    reason: str | None
    certificate: CertificateReply | None


class SigningReply(Reply):
    """A request for signatures; `sealedSha256` is the hash of the sealed file once all have signed."""

    id: UUID
    version: int
    sha256: str
    state: Literal["open", "sealing", "completed", "declined", "withdrawn"]
    in_order: bool
    asker: str
    created_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    sealed_sha256: str | None
    signers: list[SignerReply]


def _reply(asked: Asked, people: list[Signer], given: Mapping[UUID, Trip]) -> SigningReply:
    own = {name: getattr(asked, name) for name in SigningReply.model_fields if name != "signers"}
    return SigningReply(**own, signers=[_signer(each, given.get(each.id)) for each in people])


def _signer(signer: Signer, given: Trip | None) -> SignerReply:
    own = {name: getattr(signer, name) for name in SignerReply.model_fields if name != "certificate"}
    return SignerReply(**own, certificate=given and CertificateReply.model_validate(given))


@router.get("", responses=failures(401, 403, 404, 422))
async def get_requests(document_id: UUID, scope: SignedIn, database: Db) -> Success[list[SigningReply]]:
    """Every request for signatures on the document, the latest first."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        found = await list_asked(connection, document_id)
        people = await list_signers(connection, [each.id for each in found])
        given = await list_done(connection, [each.id for each in found])
    return Success(data=[_reply(each, people[each.id], given) for each in found])


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def add_request(  # noqa: PLR0913, PLR0917 - who asks whom to sign what
    request: Request,
    document_id: UUID,
    scope: SignedIn,
    wanted: SigningInput,
    database: Db,
    sealer: Seals,
    now: Now,
) -> Success[SigningReply]:
    """The request; whoever's turn it is has a mail."""
    people = [(each.name, each.email) for each in wanted.signers]
    plan = Wanted(people, wanted.in_order, wanted.days, wanted.message, preferences(request).language)
    made = await ask(database, sealer, scope, document_id, plan, now)
    async with database.reading() as connection:
        asked = await find_asked(connection, made)
        found = await list_signers(connection, [made])
    return Success(data=_reply(asked, found[made], {}))


@router.delete("/{signing_id}", status_code=204, responses=failures(401, 403, 404, 409, 422))
async def remove_request(
    document_id: UUID, signing_id: UUID, scope: SignedIn, database: Db, now: Now
) -> None:
    """Nothing; nobody can sign by it any more."""
    await withdraw(database, scope, document_id, signing_id, now)


@router.get(
    "/{signing_id}/file",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **failures(401, 403, 404, 422)},
)
async def get_paper(
    document_id: UUID, signing_id: UUID, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The sealed paper."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        asked = await find_asked(connection, signing_id, document_id)
    return await sealed_reply(files, asked)


@router.get(
    "/{signing_id}/certificate",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **failures(401, 403, 404, 422)},
)
async def get_own_page(
    document_id: UUID, signing_id: UUID, scope: SignedIn, database: Db, files: Store
) -> Response:
    """The page of signatures, where it is a file of its own: a paper that bears signatures with certificates has it."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        asked = await find_asked(connection, signing_id, document_id)
    return await page_reply(files, asked)
