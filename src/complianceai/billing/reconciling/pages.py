"""The console's page of money: the books, the last comparison, what differs, and money given back."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.billing.ledger.chart import Book
from complianceai.billing.ledger.queries import balances
from complianceai.billing.razorpay.serving import till_of
from complianceai.billing.razorpay.till import insist
from complianceai.billing.reconciling.comparing import KIND_WORDS
from complianceai.billing.reconciling.queries import last_comparison, open_differences
from complianceai.billing.reconciling.schemas import RefundInput
from complianceai.billing.subscriptions.errors import PaymentMissing
from complianceai.billing.subscriptions.queries import payment_by_gateway_id
from complianceai.billing.subscriptions.refunding import ask_refund
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.numbers import rupees_of
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console
from complianceai.tenancy.scope import Scope

router = Router(prefix="/operator/money", include_in_schema=False)
BOOK_WORDS: Mapping[Book, str] = {
    Book.RECEIVABLE: marked("Owed by customers"),
    Book.GATEWAY: marked("Held by Razorpay, before it pays out"),
    Book.REVENUE: marked("Revenue"),
    Book.REFUNDS: marked("Revenue given back"),
    Book.CGST: marked("CGST owed"),
    Book.SGST: marked("SGST owed"),
    Book.IGST: marked("IGST owed"),
    Book.FEES: marked("Fees of Razorpay"),
    Book.FEES_GST: marked("GST on those fees"),
}
# What is debited grows these; all others grow by what is credited, and are shown with that sign.
DEBIT = frozenset({Book.RECEIVABLE, Book.GATEWAY, Book.REFUNDS, Book.FEES, Book.FEES_GST})


@router.get("")
async def show(request: Request, scope: OperatorScope, database: Db) -> Response:  # noqa: ARG001 - it insists
    """The books by now, the last night's comparison, and the form for a refund."""
    return await _show(request, database, {}, None)


@router.post("")
async def give_back(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:
    """The way back, with the refund on its way; or the form with what to mend."""
    typed = await typed_in(request)
    try:
        wanted = read_form(typed, RefundInput)
        await _give_back(request, database, scope, wanted, now)
    except (InvalidInput, PaymentMissing) as error:
        return await _show(request, database, typed, error)
    except DomainError as error:
        if error.code.startswith("billing."):
            return await _show(request, database, typed, error)
        raise
    return RedirectResponse("/operator/money?asked=1", status_code=303)


async def _give_back(
    request: Request, database: Database, scope: Scope, wanted: RefundInput, now: Now
) -> None:
    check_fresh(scope, now)
    insist(till_of(request))
    async with database.reading() as connection:
        payment = await payment_by_gateway_id(connection, wanted.payment)
    if payment is None:
        raise PaymentMissing
    paise = int(wanted.rupees * 100)
    await ask_refund(database, scope.actor, payment.id, paise, wanted.reason.strip(), now)


async def _show(
    request: Request, database: Database, typed: Mapping[str, str], error: DomainError | None
) -> Response:
    async with database.reading() as connection:
        found = await balances(connection)
        last = await last_comparison(connection)
        differences = await open_differences(connection)
    faults = dict(error.faults) if isinstance(error, InvalidInput) else {}
    language = preferences(request).language
    refusal = translate(language, error.sentence).format_map(error.fields) if error and not faults else ""
    return console(
        request,
        "billing/money.html",
        status=STATUSES[error.kind] if error else 200,
        books=[
            (BOOK_WORDS[book], rupees_of(paise if book in DEBIT else -paise)) for book, paise in found.items()
        ],
        last=last,
        differences=differences,
        kind_words=KIND_WORDS,
        rupees_of=rupees_of,
        typed=typed,
        faults={name: translate(language, told) for name, told in faults.items()},
        refusal=refusal,
        is_asked=request.query_params.get("asked") == "1",
        is_selling=till_of(request) is not None,
    )
