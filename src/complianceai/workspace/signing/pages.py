"""A document's page of signatures: who is asked, who has signed, and the sealed paper."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Seals, Store
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.pages.common import (
    OneDocument,
    back,
    is_refusal,
    of_documents,
    one_part,
    said,
    told,
)
from complianceai.workspace.policies import check_may
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.signing.asking import Wanted, ask, withdraw
from complianceai.workspace.signing.digital.queries import list_done
from complianceai.workspace.signing.handing import page_reply, sealed_reply
from complianceai.workspace.signing.queries import find_asked, list_asked, list_signers
from complianceai.workspace.signing.schemas import MOST_SIGNERS, SigningInput
from complianceai.workspace.signing.words import SIGNING_WORDS, WAY_WORDS
from complianceai.workspace.states import Level, State

router = Router(prefix="/app/companies/{company_id}/documents/{document_id}/signing", include_in_schema=False)
# So many rows the form has at first; without scripts that is all, with them there are more.
ROWS = 4


@router.get("")
async def show(
    request: Request, company: OneCompany, document: OneDocument, database: Db, now: Now
) -> Response:
    """Who was asked to sign, and what became of it."""
    check_may(document.level, Level.VIEW)
    return await _page(request, company, document, database, now, {})


@router.post("")
async def add(  # noqa: PLR0913, PLR0917 - who asks whom to sign what
    request: Request,
    company: OneCompany,
    document: OneDocument,
    scope: SignedIn,
    database: Db,
    sealer: Seals,
    now: Now,
) -> Response:
    """The way back to the page, which says whose turn it is; or the page with what to mend."""
    typed = await typed_in(request)
    try:
        read = read_form(_nested(typed), SigningInput)
        people = [(each.name, each.email) for each in read.signers]
        wanted = Wanted(people, read.in_order, read.days, read.message, preferences(request).language)
        await ask(database, sealer, scope, document.id, wanted, now)
    except DomainError as error:
        if not is_refusal(error):
            raise
        return await _page(request, company, document, database, now, typed, error)
    return back(document, "/signing")


@router.post("/{signing_id}/withdraw")
async def take_back(  # noqa: PLR0913, PLR0917 - which request of what, by whom
    request: Request,
    company: OneCompany,
    document: OneDocument,
    signing_id: str,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """The way back to the page; nobody can sign any more."""
    try:
        await withdraw(database, scope, document.id, one_part(signing_id), now)
    except DomainError as error:
        if not is_refusal(error):
            raise
        return await _page(request, company, document, database, now, {}, error)
    return back(document, "/signing")


@router.get("/{signing_id}/paper")
async def paper(document: OneDocument, signing_id: str, database: Db, files: Store) -> Response:
    """The sealed paper.

    Errors: SigningMissing; NotYetSealed.
    """
    async with database.reading() as connection:
        asked = await find_asked(connection, one_part(signing_id), document.id)
    return await sealed_reply(files, asked)


@router.get("/{signing_id}/certificate")
async def own_page(document: OneDocument, signing_id: str, database: Db, files: Store) -> Response:
    """The page of signatures, where it is a file of its own.

    Errors: SigningMissing; NotYetSealed.
    """
    async with database.reading() as connection:
        asked = await find_asked(connection, one_part(signing_id), document.id)
    return await page_reply(files, asked)


def _nested(typed: Mapping[str, str]) -> dict[str, object]:
    """The form with its numbered fields as a list; rows that are empty are nobody."""
    rows = [
        (typed.get(f"name{row}", "").strip(), typed.get(f"email{row}", "").strip()) for row in _rows(typed)
    ]
    people = [{"name": name, "email": email} for name, email in rows if name or email]
    return {**typed, "signers": people}


def _rows(typed: Mapping[str, str]) -> range:
    return range(next((row for row in range(ROWS, MOST_SIGNERS) if f"name{row}" not in typed), MOST_SIGNERS))


async def _page(  # noqa: PLR0913, PLR0917 - of what, with what was typed and why not
    request: Request,
    company: Company,
    document: Document,
    database: Db,
    now: Now,
    typed: Mapping[str, str],
    error: DomainError | None = None,
) -> Response:
    async with database.reading() as connection:
        asked = await list_asked(connection, document.id)
        people = await list_signers(connection, [each.id for each in asked])
        given = await list_done(connection, [each.id for each in asked])
    faults = said(request, _flat(dict(error.faults))) if isinstance(error, InvalidInput) else {}
    is_busy = any(each.is_under_way(now) for each in asked)
    return page(
        request,
        "workspace/signing/signing.html",
        status=STATUSES[error.kind] if error else 200,
        **of_documents(company),
        here=f"/app/companies/{company.id}/documents/{document.id}",
        document=document,
        asked=asked,
        people=people,
        given=given,
        way_words=WAY_WORDS,
        words=SIGNING_WORDS,
        now=now,
        can_ask=document.level >= Level.ADMIN and document.state is State.APPROVED and not is_busy,
        can_withdraw=document.level >= Level.ADMIN,
        rows=_rows(typed),
        typed=typed,
        faults=faults,
        refusal=told(request, error) if error and not faults else "",
    )


def _flat(faults: dict[str, str]) -> dict[str, str]:
    """The faults by the names that the form has for its fields: signers.2.email is email2."""
    found = {}
    for path, sentence in faults.items():
        parts = path.split(".")
        is_row = len(parts) == 3 and parts[0] == "signers"
        found[f"{parts[2]}{parts[1]}" if is_row else "name0" if path == "signers" else path] = sentence
    return found
