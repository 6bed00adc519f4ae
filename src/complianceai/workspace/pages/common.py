"""What every page of documents is given."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, Kind
from complianceai.base.ids import read_id
from complianceai.register.tasks.pages.common import said, told
from complianceai.register.tasks.policies import may as may_tasks
from complianceai.register.tasks.states import Deed
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.workspace.errors import DocumentMissing, PartMissing
from complianceai.workspace.policies import can_write_documents
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.states import LEVEL_WORDS, STATE_WORDS

__all__ = ["OneDocument", "back", "is_refusal", "of_documents", "one_part", "said", "shown_html", "told"]


def of_documents(company: Company) -> dict[str, Any]:
    """The company, and what the person may do to its papers."""
    base = f"/app/companies/{company.id}"
    return {
        "company": company,
        "base": base,
        "home": f"{base}/documents",
        "can_write": can_write_documents(company.role),
        "sees": may_tasks(company.role, Deed.SEE_INSIDE),
        "may_set": may_tasks(company.role, Deed.SET_UP),
        "doc_states": STATE_WORDS,
        "level_words": LEVEL_WORDS,
    }


async def _document(document_id: str, company: OneCompany, scope: SignedIn, database: Db) -> Document:
    identity = read_id(document_id)
    if identity is None:
        raise DocumentMissing
    async with database.reading() as connection:
        return await find_document(connection, scope, identity, company.id)


OneDocument = Annotated[Document, Depends(_document)]


def one_part(identity: str) -> UUID:
    """The id that an address names.

    Errors: PartMissing.
    """
    found = read_id(identity)
    if found is None:
        raise PartMissing
    return found


def back(document: Document, place: str = "") -> Response:
    """The way back to the document's page."""
    address = f"/app/companies/{document.company_id}/documents/{document.id}{place}"
    return RedirectResponse(address, status_code=303)


def is_refusal(error: DomainError) -> bool:
    """Whether the page itself says what is wrong; what is not there, or not for this role, has a page of its own."""
    return error.kind in {Kind.CONFLICT, Kind.INVALID, Kind.UNAVAILABLE}


def shown_html(html: str) -> Markup:
    """A paper as a piece of our own page: the engine escaped every word of it, and writes no script and no address."""
    return Markup(html)  # nosec B704  # noqa: S704 - as said
