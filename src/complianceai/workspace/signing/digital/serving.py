"""What signers see who sign with a certificate: the way to the service, the way back, and the token's page."""

import binascii
import json
import re
from base64 import b64decode, b64encode
from uuid import UUID

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError
from complianceai.base.ids import read_id
from complianceai.drafting.sealing import Placed, around
from complianceai.site.headers import POLICY
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Seals, Store, root_of, services
from complianceai.tenancy.access import address_of, counted
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.pages.common import told
from complianceai.workspace.signing.digital.beginning import Begun, begin
from complianceai.workspace.signing.digital.errors import NotFromService, TripOver, UnsoundSignature
from complianceai.workspace.signing.digital.queries import BEGUN, find_trip
from complianceai.workspace.signing.digital.setting import Bearer, Given, hear, set_signature
from complianceai.workspace.signing.errors import SigningMissing
from complianceai.workspace.signing.esign import Misheard, read_answer, write_request
from complianceai.workspace.signing.papers import read_whole
from complianceai.workspace.signing.queries import find_by_token
from complianceai.workspace.signing.serving import AGENT_CHARACTERS, count_look, refused
from complianceai.workspace.signing.ways import DSC, ESIGN, check_offered

router = Router(include_in_schema=False)
# Of one link: each makes a paper ready, which takes a while; and what a service or a token brings back.
TRIPS, ANSWERS = "20/hour", "60/hour"
PURPOSE = "signing trip"
FROM_ELSEWHERE = re.compile(r"/esign/[\w=-]+")
MOST_CMS_BYTES = 256 * 1024


@router.post("/sign/{token}/{way}/begin", dependencies=[counted])
async def set_out(request: Request, token: str, way: str, database: Db, files: Store, now: Now) -> Response:
    """The way to the page from which it goes on: to the service, or to the token."""
    await count_look(request, token)
    check_offered(request, way)
    await services(request).limiter.count("signing-trips", hash_token(token), rate=TRIPS)
    typed = await typed_in(request)
    try:
        begun = await begin(database, files, token, way, now, agrees=typed.get("agrees") == "true")
    except DomainError as error:
        return await refused(request, token, database, now, typed, error)
    return RedirectResponse(f"/sign/{token}/{way}/{begun.trip.id}", status_code=303)


@router.get("/sign/{token}/esign/{trip_id}", dependencies=[counted])
async def lead_on(
    request: Request, token: str, trip_id: str, database: Db, sealer: Seals, now: Now
) -> Response:
    """The page whose one button takes the request to the service.

    Errors: WayNotOffered; SigningMissing; TripOver.
    """
    esign = check_offered(request, ESIGN).esign()
    begun = await _begun(request, token, trip_id, database, now, ESIGN)
    sealed = sealer.seal(PURPOSE, json.dumps([token, str(begun.trip.id)]), now)
    answer_to = f"{root_of(request)}/esign/{sealed}"
    xml = write_request(esign, begun.trip.txn, begun.trip.digest, begun.asked.title, answer_to, now)
    reply = page(
        request, "workspace/signing/leading.html", asked=begun.asked, token=token, url=esign.url,
        txn=begun.trip.txn, xml=xml, until=begun.trip.ends_at,
    )  # fmt: skip
    # This one page may send its form to the service, and no other page may.
    own = "form-action 'self'"
    reply.headers["Content-Security-Policy"] = POLICY.replace(own, f"{own} {esign.origin}")
    return reply


@router.post("/esign/{sealed_trip}", dependencies=[counted])
async def come_back(
    request: Request, sealed_trip: str, database: Db, files: Store, sealer: Seals, now: Now
) -> Response:
    """The way back to the paper, signed; or its page with why it is not. The service has the browser send this.

    Errors: WayNotOffered; SigningMissing.
    """
    offer = check_offered(request, ESIGN)
    token, trip_id = _unsealed(sealer.unseal(PURPOSE, sealed_trip, now))
    await services(request).limiter.count("signing-answers", hash_token(token), rate=ANSWERS)
    typed = await typed_in(request)
    # Both names are in use: the first by C-DAC, the second by Protean.
    xml = typed.get("eSignResponse") or typed.get("msg") or ""
    try:
        answer = read_answer(xml.encode(), offer.esign())
        if isinstance(answer, Misheard):
            raise NotFromService
        bearer = Bearer(database, files, sealer, offer.trust())
        given = _given(request, answer.cms, answer.certificate)
        await hear(bearer, token, trip_id, answer, given, now)
    except DomainError as error:
        return await refused(request, token, database, now, {}, error)
    return RedirectResponse(f"/sign/{token}", status_code=303)


@router.get("/sign/{token}/dsc/{trip_id}", dependencies=[counted])
async def show_token(request: Request, token: str, trip_id: str, database: Db, now: Now) -> Response:
    """What the token signs, and the form for what it gives.

    Errors: WayNotOffered; SigningMissing; TripOver.
    """
    check_offered(request, DSC)
    return await _token_page(request, await _begun(request, token, trip_id, database, now, DSC), token)


@router.get("/sign/{token}/dsc/{trip_id}/bytes", dependencies=[counted])
async def bytes_to_sign(
    request: Request, token: str, trip_id: str, database: Db, files: Store, now: Now
) -> Response:
    """The very bytes that are signed, for whatever program the token has.

    Errors: WayNotOffered; SigningMissing; TripOver; FileGone; FilesUnreachable.
    """
    check_offered(request, DSC)
    trip, asked = await _begun(request, token, trip_id, database, now, DSC)
    prepared = await read_whole(files, str(asked.company_id), trip.prepared_sha256)
    content = around(Placed(prepared, b"", trip.region_start, trip.region_end))
    named = {
        "Content-Disposition": 'attachment; filename="to-sign.bin"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/octet-stream", headers=named)


@router.post("/sign/{token}/dsc/{trip_id}", dependencies=[counted])
async def take_signature(  # noqa: PLR0913, PLR0917 - what of which attempt
    request: Request, token: str, trip_id: str, database: Db, files: Store, sealer: Seals, now: Now
) -> Response:
    """The way back to the paper, signed; or the token's page with why it is not."""
    offer = check_offered(request, DSC)
    await services(request).limiter.count("signing-answers", hash_token(token), rate=ANSWERS)
    begun = await _begun(request, token, trip_id, database, now, DSC)
    try:
        given = _given(request, _signature(await _sent(request)), None)
        bearer = Bearer(database, files, sealer, offer.trust())
        await set_signature(bearer, token, begun.trip.id, given, now)
    except UnsoundSignature as error:
        return await _token_page(request, begun, token, error)
    except DomainError as error:
        return await refused(request, token, database, now, {}, error)
    return RedirectResponse(f"/sign/{token}", status_code=303)


async def _begun(request: Request, token: str, trip_id: str, database: Db, now: Now, way: str) -> Begun:
    await count_look(request, token)
    identity = read_id(trip_id)
    async with database.reading() as connection:
        asked, signer = await find_by_token(connection, token)
        if identity is None:
            raise TripOver
        trip = await find_trip(connection, identity, signer.id)
    if trip.way != way or trip.state != BEGUN or now >= trip.ends_at:
        raise TripOver
    return Begun(trip, asked)


async def _token_page(
    request: Request, begun: Begun, token: str, error: DomainError | None = None
) -> Response:
    digest = bytes.fromhex(begun.trip.digest)
    return page(
        request, "workspace/signing/token.html", status=422 if error else 200, asked=begun.asked, token=token,
        trip=begun.trip, digest=b64encode(digest).decode(), refusal=told(request, error) if error else "",
    )  # fmt: skip


def _unsealed(text: str | None) -> tuple[str, UUID]:
    if text is None:
        raise SigningMissing
    token, trip_id = json.loads(text)
    return token, UUID(trip_id)


async def _sent(request: Request) -> bytes:
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("signature")
        return await file.read(MOST_CMS_BYTES + 1) if isinstance(file, UploadFile) else b""


def _signature(content: bytes) -> bytes:
    """The signature in DER, whether it came so, as PEM, or in base 64.

    Errors: UnsoundSignature.
    """
    if content[:1] == b"\x30":
        return content
    lines = [
        line for line in content.split() if not line.startswith(b"-----") and not line.endswith(b"-----")
    ]
    try:
        return b64decode(b"".join(lines), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnsoundSignature from error


def _given(request: Request, cms: bytes, certificate: bytes | None) -> Given:
    agent = request.headers.get("user-agent", "")[:AGENT_CHARACTERS]
    return Given(cms, certificate, address_of(request), agent or None)
