"""An invoice as a file."""

import asyncio

from starlette.responses import Response

from complianceai.billing.invoices.errors import PaperTookTooLong
from complianceai.billing.invoices.making import Issued
from complianceai.billing.invoices.paper import WORDS, paper_of
from complianceai.drafting.errors import TooMuch

_HARMLESS = "default-src 'none'; sandbox"


async def paper_reply(made: Issued, language: str) -> Response:
    """The paper for keeping, called by its number.

    Errors: PaperTookTooLong.
    """
    try:
        content = await asyncio.to_thread(paper_of, made, language if language in WORDS else "en")
    except TooMuch as error:
        raise PaperTookTooLong from error
    name = made.number.replace("/", "-")
    return Response(
        content,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Content-Security-Policy": _HARMLESS,
            "Cache-Control": "private, no-store",
        },
    )
