"""The forms of saved views beside a company's list of tasks."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from pydantic import Field, StringConstraints
from starlette.responses import RedirectResponse, Response

from complianceai.base.ids import read_id
from complianceai.register.views.actions import remove_view, save_view
from complianceai.register.views.errors import ViewMissing
from complianceai.site.replies import Wire
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.one_company import OneCompany

router = Router(prefix="/app/companies/{company_id}/views", include_in_schema=False)
# What the list understands; a view leads nowhere else.
KNOWN = {"q", "state", "due", "dueFrom", "dueTo", "assignee", "authority", "kind", "priority", "sort"}


class ViewInput(Wire):
    """A name, and what stands behind the question mark of the list's address."""

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$"),
    ]
    query: Annotated[str, Field(max_length=500)] = ""

    @property
    def kept(self) -> str:
        """What of it the list understands, spelled anew."""
        asked = [
            (name, value) for name, value in parse_qsl(self.query) if name in KNOWN and "\x00" not in value
        ]
        return urlencode(asked)[:500]


@router.post("")
async def save(request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now) -> Response:
    """The way back to the list, with the view among those of the person's."""
    wish = read_form(await typed_in(request), ViewInput)
    await save_view(database, scope, wish.name, wish.kept, now)
    return RedirectResponse(f"/app/companies/{company.id}/tasks?{wish.kept}", status_code=303)


@router.post("/{view_id}/remove")
async def remove(company: OneCompany, view_id: str, scope: SignedIn, database: Db) -> Response:
    """The way back to the list; the view is gone."""
    identity = read_id(view_id)
    if identity is None:
        raise ViewMissing
    await remove_view(database, scope, identity)
    return RedirectResponse(f"/app/companies/{company.id}/tasks", status_code=303)
