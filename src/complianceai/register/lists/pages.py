"""Every list for keeping, and as a page those that have none of their own."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.register.cockpit.pages import month_of
from complianceai.register.lists.handing_out import FileKind, list_reply
from complianceai.register.lists.of_company import GATHERERS, Asking
from complianceai.register.lists.of_practice import clients_of, cockpit_of, companies_of, trail_of_practice
from complianceai.register.lists.of_reminders import alerts_of, deliveries_of
from complianceai.register.lists.of_tasks import tasks_of
from complianceai.register.lists.showing import spoken
from complianceai.register.reminders.pages.webhooks import OneWebhook
from complianceai.register.spreadsheets.writing import Said
from complianceai.register.tasks.asking import typed_filters
from complianceai.register.tasks.keeping import read_in_step
from complianceai.register.tasks.pages.common import of_company
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.register.tasks.states import Deed
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.practice.asking import OnePractice

router = Router(prefix="/app", include_in_schema=False)
theirs = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
clients = Router(prefix="/app/practices/{practice_id}", include_in_schema=False)
PAGE_SIZE = 50
SHOWN = ("evidence", "requests", "duties")


@theirs.get("/tasks.{kind}")
async def tasks_file(
    request: Request, company: OneCompany, kind: FileKind, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The tasks that the address asks for, as their page does, all of them at once."""
    language = preferences(request).language
    asking, filters = Asking(scope, company, language, now), typed_filters(dict(request.query_params))
    people = []
    if may(company.role, Deed.SEE_INSIDE):
        async with database.reading() as connection:
            people = await list_colleagues(connection, scope, company.id)
    listing = await read_in_step(
        database, company.id, now, lambda connection: tasks_of(connection, asking, filters, people)
    )
    return await list_reply(kind, listing, language, scope.today)


@router.get("/companies.{kind}")
async def companies_file(request: Request, kind: FileKind, scope: SignedIn, database: Db) -> Response:
    """The person's companies."""
    language = preferences(request).language
    async with database.reading() as connection:
        listing = await companies_of(connection, scope, language)
    return await list_reply(kind, listing, language, scope.today)


@clients.get("/clients.{kind}")
async def clients_file(
    request: Request, practice: OnePractice, kind: FileKind, scope: SignedIn, database: Db
) -> Response:
    """The practice's clients that the person sees."""
    language = preferences(request).language
    async with database.reading() as connection:
        listing = await clients_of(connection, scope, practice, language)
    return await list_reply(kind, listing, language, scope.today)


@clients.get("/cockpit.{kind}")
async def cockpit_file(
    request: Request, practice: OnePractice, kind: FileKind, scope: SignedIn, database: Db
) -> Response:
    """The practice's clients by duties of a month."""
    language, asked = preferences(request).language, request.query_params
    month = month_of(asked.get("month", ""), scope.today)
    search = asked.get("q", "")[:100].replace("\x00", "")
    async with database.reading() as connection:
        listing = await cockpit_of(connection, scope, practice, month, search, language)
    return await list_reply(kind, listing, language, scope.today)


@clients.get("/trail.{kind}")
async def trail_file(
    request: Request, practice: OnePractice, kind: FileKind, scope: SignedIn, database: Db
) -> Response:
    """The practice's trail."""
    language = preferences(request).language
    async with database.reading() as connection:
        listing = await trail_of_practice(connection, scope, practice, language)
    return await list_reply(kind, listing, language, scope.today)


@router.get("/alerts.{kind}")
async def alerts_file(request: Request, kind: FileKind, scope: SignedIn, database: Db) -> Response:
    """What the person was told."""
    language = preferences(request).language
    async with database.reading() as connection:
        listing = await alerts_of(connection, scope, language, scope.today)
    return await list_reply(kind, listing, language, scope.today)


@theirs.get("/webhooks/{webhook_id}/deliveries.{kind}")
async def deliveries_file(  # noqa: PLR0913, PLR0917 - of which webhook of which company
    request: Request,
    company: OneCompany,
    webhook_id: OneWebhook,
    kind: FileKind,
    scope: SignedIn,
    database: Db,
    now: Now,
) -> Response:
    """What was told to the webhook."""
    asking = Asking(scope, company, preferences(request).language, now)
    async with database.reading() as connection:
        listing = await deliveries_of(connection, asking, webhook_id)
    return await list_reply(kind, listing, asking.language, scope.today)


def _add_file(name: str) -> None:
    @theirs.get(f"/lists/{name}.{{kind}}", name=f"{name}_file")
    async def list_file(
        request: Request, company: OneCompany, kind: FileKind, scope: SignedIn, database: Db, now: Now
    ) -> Response:
        """The whole list."""
        asking = Asking(scope, company, preferences(request).language, now)
        async with database.reading() as connection:
            listing = await GATHERERS[name](connection, asking)
        return await list_reply(kind, listing, asking.language, scope.today)


def _add_page(name: str) -> None:
    @theirs.get(f"/lists/{name}", name=f"{name}_list")
    async def show_list(
        request: Request,
        company: OneCompany,
        scope: SignedIn,
        database: Db,
        now: Now,
        number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    ) -> Response:
        """A page of the list, with the ways to keep it."""
        asking = Asking(scope, company, preferences(request).language, now)
        async with database.reading() as connection:
            listing = await GATHERERS[name](connection, asking)
        rows = listing.rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        cells = [
            [(spoken(cell, asking.language), cell.href if isinstance(cell, Said) else "") for cell in row]
            for row in rows
        ]
        return page(
            request,
            "register/lists/list.html",
            **of_company(request, company, scope),
            listing=listing,
            rows=cells,
            number=number,
            pages=-(-len(listing.rows) // PAGE_SIZE),
        )


for _name in GATHERERS:
    _add_file(_name)
for _name in SHOWN:
    _add_page(_name)
router.routes.extend([*theirs.routes, *clients.routes])
