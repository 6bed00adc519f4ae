"""The events of the law for which there are papers, and all the papers of one."""

from fastapi import Request
from starlette.responses import Response

from complianceai import catalogue
from complianceai.base.errors import NotFound
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.workspace.gallery import fits, gallery
from complianceai.workspace.pages.common import of_documents
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.documents import Wanted, list_documents
from complianceai.workspace.rendering import in_time

router = Router(prefix="/app/companies/{company_id}/documents/chains", include_in_schema=False)
MOST_MADE = 20


@router.get("")
async def show_events(request: Request, company: OneCompany) -> Response:
    """What can happen to the company that papers are needed for."""
    check_can_write_documents(company.role)
    entity = str(company.profile.get("entity_type", ""))
    events = catalogue.load().chains
    papers = [each for each in await in_time(gallery) if fits(each, entity)]
    found = [(event, [each for each in papers if event.id in each.chains]) for event in events.values()]
    return page(
        request,
        "workspace/chains.html",
        **of_documents(company),
        events=[(event, rows) for event, rows in found if rows],
    )


@router.get("/{event}")
async def show_event(
    request: Request, company: OneCompany, event: str, scope: SignedIn, database: Db
) -> Response:
    """The papers of one event, each with what was drafted from it already."""
    check_can_write_documents(company.role)
    found = catalogue.load().chains.get(event)
    if found is None:
        raise NotFound
    entity = str(company.profile.get("entity_type", ""))
    papers = [each for each in await in_time(gallery, "", "", event) if fits(each, entity)]
    async with database.reading() as connection:
        made, _ = await list_documents(connection, scope, Wanted(company.id), limit=200, offset=0)
    of_template = {
        each.id: [one for one in made if one.template_id == each.id][:MOST_MADE] for each in papers
    }
    return page(
        request,
        "workspace/chain.html",
        **of_documents(company),
        event=found,
        papers=[(each, of_template[each.id]) for each in papers],
    )
