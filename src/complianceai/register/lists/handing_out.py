"""A list as a reply: CSV or Excel for programs, PDF for people."""

from datetime import date
from typing import Literal

from starlette.responses import Response

from complianceai.register.lists.model import Listing
from complianceai.register.lists.paper import print_paper
from complianceai.register.lists.showing import paper_of
from complianceai.register.spreadsheets.writing import table_reply

FileKind = Literal["xlsx", "csv", "pdf"]


async def list_reply(kind: FileKind, listing: Listing, language: str, today: date) -> Response:
    """The list for keeping. Headings of CSV and Excel are English whatever the language, so that programs know them.

    Errors: NotPrinted.
    """
    if kind != "pdf":
        return table_reply(kind, listing.name, listing.heading, listing.rows)
    headers = {
        "Content-Disposition": f'attachment; filename="{listing.name}.pdf"',
        "Cache-Control": "private, no-store",
    }
    paper = await print_paper(paper_of(listing, language, today))
    return Response(paper, media_type="application/pdf", headers=headers)
