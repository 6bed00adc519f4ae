"""The pages of an import: what it would change, applied, undone."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, Kind
from complianceai.base.ids import read_id
from complianceai.register.evidence.errors import NoFile
from complianceai.register.spreadsheets.actions import apply_import, look_at, undo_import
from complianceai.register.spreadsheets.errors import ImportMissing
from complianceai.register.spreadsheets.queries import find_import, list_imports
from complianceai.register.spreadsheets.reading import MOST_ROWS
from complianceai.register.spreadsheets.showing import shown_edits, shown_faults
from complianceai.register.tasks.pages.common import of_company, told
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.register.tasks.states import Deed
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
_IMPORTS = "/imports"


def _import_id(import_id: str) -> UUID:
    found = read_id(import_id)
    if found is None:
        raise ImportMissing
    return found


OneImport = Annotated[UUID, Depends(_import_id)]


@router.get(_IMPORTS)
async def show_imports(request: Request, company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """How to change many tasks in a spreadsheet, and the last imports."""
    return await _imports(request, company, scope, database, "", 200)


@router.post(_IMPORTS)
async def send_import(
    request: Request, company: OneCompany, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to what the table would change, or the page with why it cannot be read."""
    check_may(company.role, Deed.WORK)
    try:
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise NoFile
            made = await look_at(database, scope, company.id, file.filename, file.file, now)
    except DomainError as error:
        if error.kind is Kind.MISSING or error.code == "tenancy.not_your_role":
            raise
        return await _imports(request, company, scope, database, told(request, error), STATUSES[error.kind])
    return RedirectResponse(f"/app/companies/{company.id}/imports/{made}", status_code=303)


@router.get(_IMPORTS + "/{import_id}")
async def show_import(
    request: Request, company: OneCompany, import_id: OneImport, scope: SignedIn, database: Db
) -> Response:
    """What the import changes, row by row, and what is wrong with which cell."""
    check_may(company.role, Deed.WORK)
    async with database.reading() as connection:
        found = await find_import(connection, scope, company.id, import_id)
        people = await list_colleagues(connection, scope, company.id)
    return page(
        request,
        "register/spreadsheets/import.html",
        **of_company(request, company, scope),
        found=found,
        edits=shown_edits(request, found, people),
        faults=shown_faults(request, found),
    )


@router.post(_IMPORTS + "/{import_id}/apply")
async def apply(
    company: OneCompany, import_id: OneImport, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the import, which is applied."""
    await apply_import(database, scope, company.id, import_id, now)
    return RedirectResponse(f"/app/companies/{company.id}/imports/{import_id}", status_code=303)


@router.post(_IMPORTS + "/{import_id}/undo")
async def undo(
    company: OneCompany, import_id: OneImport, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way back to the import, which is undone."""
    await undo_import(database, scope, company.id, import_id, now)
    return RedirectResponse(f"/app/companies/{company.id}/imports/{import_id}", status_code=303)


async def _imports(
    request: Request, company: Company, scope: Scope, database: Db, fault: str, status: int
) -> Response:
    check_may(company.role, Deed.WORK)
    async with database.reading() as connection:
        found = await list_imports(connection, scope, company.id)
    context = of_company(request, company, scope)
    return page(
        request, "register/spreadsheets/imports.html", status=status, **context,
        found=found, fault=fault, most=MOST_ROWS,
    )  # fmt: skip
