"""Invoices and credit notes for programs."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.billing.invoices.handing import paper_reply
from complianceai.billing.invoices.making import Issued
from complianceai.billing.invoices.queries import count_issued, find_issued, list_issued
from complianceai.site.preferences import preferences
from complianceai.site.replies import PageOfList, Reply, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db
from complianceai.tenancy.access import OfAccount

router = Router(prefix="/api/billing/invoices", tags=["billing"])


class InvoiceReply(Reply):
    """An invoice or a credit note. Units: paise."""

    id: UUID
    number: str
    kind: Literal["invoice", "credit_note"]
    issued_on: date
    about_number: str | None
    place_of_supply: str
    sac: str
    plan: str
    purpose: Literal["period", "difference"]
    period_start: date | None
    period_end: date | None
    net_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    total_paise: int


def _reply(made: Issued) -> InvoiceReply:
    return InvoiceReply(**{name: getattr(made, name) for name in InvoiceReply.model_fields})


@router.get("", responses=failures(401, 403, 422))
async def get_invoices(
    scope: OfAccount,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[InvoiceReply]:
    """Invoices and credit notes of the caller's account and of the practices that they are in charge of."""
    async with database.reading() as connection:
        total = await count_issued(connection, scope)
        found = await list_issued(connection, scope, limit=size, offset=(page - 1) * size)
    return SuccessList(
        data=[_reply(each) for each in found], page=PageOfList(number=page, size=size, total=total)
    )


@router.get(
    "/{invoice_id}.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **failures(401, 403, 404, 422, 503)},
)
async def get_paper(request: Request, invoice_id: UUID, scope: OfAccount, database: Db) -> Response:
    """The paper, in the caller's language."""
    async with database.reading() as connection:
        made = await find_issued(connection, scope, invoice_id)
    return await paper_reply(made, preferences(request).language)
