"""The page of invoices."""

from fastapi import Request
from starlette.responses import Response

from complianceai.base.ids import read_id
from complianceai.billing.invoices.errors import InvoiceMissing
from complianceai.billing.invoices.handing import paper_reply
from complianceai.billing.invoices.queries import count_issued, find_issued, list_issued
from complianceai.billing.plans import plan_named
from complianceai.site.numbers import rupees_of
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db
from complianceai.tenancy.access import OfAccount

router = Router(prefix="/app/account/invoices", include_in_schema=False)
KIND_WORDS = {"invoice": marked("Invoice"), "credit_note": marked("Credit note")}
ON_A_PAGE = 50
LAST_PAGE = 100_000


@router.get("")
async def show(request: Request, scope: OfAccount, database: Db) -> Response:
    """Every invoice and credit note, the last first."""
    asked = request.query_params.get("page", "1")
    number = (
        min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    )
    async with database.reading() as connection:
        total = await count_issued(connection, scope)
        found = await list_issued(connection, scope, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE)
    return page(
        request,
        "billing/invoices.html",
        invoices=found,
        kinds=KIND_WORDS,
        plan_named=plan_named,
        rupees_of=rupees_of,
        number=number,
        last=max(1, -(-total // ON_A_PAGE)),
    )


@router.get("/{invoice_id}.pdf")
async def paper(request: Request, invoice_id: str, scope: OfAccount, database: Db) -> Response:
    """The paper, in the language of the page."""
    identity = read_id(invoice_id)
    if identity is None:
        raise InvoiceMissing
    async with database.reading() as connection:
        made = await find_issued(connection, scope, identity)
    return await paper_reply(made, preferences(request).language)
