"""What those who are asked see at their link, and the page on which anybody looks at a copy."""

from typing import NamedTuple
from uuid import UUID

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Seals, Store, services
from complianceai.tenancy.access import address_of, counted
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.handing_out import version_as
from complianceai.workspace.pages.common import is_refusal, said, shown_html, told
from complianceai.workspace.queries.versions import Version, find_version
from complianceai.workspace.rendering import html_of
from complianceai.workspace.signing.answering import Given, decline, look, send_code, sign
from complianceai.workspace.signing.asking import whose_turn
from complianceai.workspace.signing.handing import look_at_copy, page_reply, sealed_reply
from complianceai.workspace.signing.queries import Asked, find_by_token
from complianceai.workspace.signing.schemas import AnswerInput
from complianceai.workspace.signing.uploads import MOST_COPY_BYTES
from complianceai.workspace.signing.ways import offered

router = Router(include_in_schema=False)
# Of one link: looks, codes by mail, and copies looked at by one address.
RATE, CODES, COPIES = "240/hour", "6/hour", "60/hour"
AGENT_CHARACTERS = 200


class Titled(NamedTuple):
    """A document as whoever hands versions out takes it."""

    title: str
    language: str
    company_id: UUID
    numbered: bool


@router.get("/sign/{token}", dependencies=[counted])
async def show(request: Request, token: str, database: Db, now: Now) -> Response:
    """The paper, who signs it, and the form to sign it by."""
    await count_look(request, token)
    return await _page(request, token, database, now, {})


@router.post("/sign/{token}/code", dependencies=[counted])
async def new_code(request: Request, token: str, database: Db, sealer: Seals, now: Now) -> Response:
    """The way back to the paper, once a code is on its way by mail."""
    await count_look(request, token)
    await services(request).limiter.count("signing-code", hash_token(token), rate=CODES)
    try:
        await send_code(database, sealer, token, now)
    except DomainError as error:
        return await refused(request, token, database, now, {}, error)
    return RedirectResponse(f"/sign/{token}?sent=1#sign", status_code=303)


@router.post("/sign/{token}", dependencies=[counted])
async def answer(request: Request, token: str, database: Db, sealer: Seals, now: Now) -> Response:
    """The way back to the paper, signed or declined; or the page with what to mend."""
    await count_look(request, token)
    typed = await typed_in(request)
    try:
        read = read_form(typed, AnswerInput)
        if read.deed == "decline":
            await decline(database, sealer, token, read.reason, address_of(request), now)
        else:
            agent = request.headers.get("user-agent", "")[:AGENT_CHARACTERS]
            given = Given(read.code, read.typed, read.drawn, read.agrees, address_of(request), agent or None)
            await sign(database, sealer, token, given, now)
    except DomainError as error:
        return await refused(request, token, database, now, typed, error)
    return RedirectResponse(f"/sign/{token}", status_code=303)


@router.get("/sign/{token}/paper", dependencies=[counted])
async def paper(request: Request, token: str, database: Db, files: Store) -> Response:
    """The paper for keeping: sealed once it is, before that the version that is to be signed."""
    await count_look(request, token)
    async with database.reading() as connection:
        asked, _ = await find_by_token(connection, token)
        version = await find_version(connection, asked.document_id, asked.version)
    if asked.sealed_sha256 is not None:
        return await sealed_reply(files, asked)
    return await version_as(
        files, Titled(asked.title, asked.document_language, asked.company_id, asked.numbered), version, "pdf"
    )


@router.get("/sign/{token}/certificate", dependencies=[counted])
async def own_page(request: Request, token: str, database: Db, files: Store) -> Response:
    """The page of signatures, where it is a file of its own.

    Errors: NotYetSealed.
    """
    await count_look(request, token)
    async with database.reading() as connection:
        asked, _ = await find_by_token(connection, token)
    return await page_reply(files, asked)


@router.get("/papers/check", dependencies=[counted])
async def ask_for_copy(request: Request) -> Response:
    """The form for a copy."""
    return page(request, "workspace/signing/check.html", looked=None, fault="")


@router.post("/papers/check", dependencies=[counted])
async def check_copy(request: Request, database: Db) -> Response:
    """Whether the copy is one of our papers, and unchanged. Nothing of it is kept."""
    await services(request).limiter.count("copies", address_of(request) or "", rate=COPIES)
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        content = await file.read(MOST_COPY_BYTES + 1) if isinstance(file, UploadFile) else b""
    if not content:
        return page(request, "workspace/signing/check.html", status=422, looked=None, fault="empty")
    looked = await look_at_copy(request, database, content)
    return page(request, "workspace/signing/check.html", looked=looked, fault="")


async def count_look(request: Request, token: str) -> None:
    """Nothing, unless the link was opened too often.

    Errors: TooMany.
    """
    await services(request).limiter.count("sign", hash_token(token), rate=RATE)


async def _page(
    request: Request,
    token: str,
    database: Db,
    now: Now,
    typed: dict[str, str],
    error: DomainError | None = None,
) -> Response:
    asked, signer, people = await look(database, token, now)
    async with database.reading() as connection:
        version = await find_version(connection, asked.document_id, asked.version)
    faults = said(request, dict(error.faults)) if isinstance(error, InvalidInput) else {}
    is_turn = signer.id in {each.id for each in whose_turn(asked, people)}
    return page(
        request,
        "workspace/signing/sign.html",
        status=STATUSES[error.kind] if error else 200,
        asked=asked,
        signer=signer,
        people=people,
        token=token,
        version=version,
        paper=await _paper(asked, version),
        can_sign=asked.is_open(now) and not signer.signed_at and not signer.declined_at and is_turn,
        is_waiting=asked.is_open(now) and not signer.signed_at and not is_turn,
        was_sent=signer.code_hash is not None and signer.code_until is not None and now < signer.code_until,
        ways=offered(request).ways,
        typed=typed,
        faults=faults,
        refusal=told(request, error) if error and not faults else "",
    )


async def refused(
    request: Request, token: str, database: Db, now: Now, typed: dict[str, str], error: DomainError
) -> Response:
    """The page with what is wrong; what is not there has a page of its own."""
    if not is_refusal(error):
        raise error
    return await _page(request, token, database, now, typed, error)


async def _paper(asked: Asked, version: Version) -> object:
    if version.text is None:
        return None
    html = await html_of(version.text, numbered=asked.numbered, language=asked.document_language)
    return shown_html(html)
