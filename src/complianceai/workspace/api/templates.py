"""Templates, and papers drafted from them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from complianceai.site.preferences import preferences
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.workspace.actions.generating import Wish, generate
from complianceai.workspace.gallery import fits, gallery
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.templates import choose, choose_own
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.rates import RATE
from complianceai.workspace.rendering import in_time
from complianceai.workspace.replies import (
    DocumentDetail,
    TemplateDetail,
    TemplateReply,
    document_detail,
    template_detail,
    template_reply,
)
from complianceai.workspace.schemas import GenerateInput, TemplateId

router = Router(prefix="/api/documents", tags=["documents"])


@router.get("/templates", responses=failures(401, 403, 404, 422))
async def get_templates(
    scope: SignedIn,
    database: Db,
    company_id: Annotated[UUID | None, Query(alias="companyId")] = None,
    q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
) -> Success[list[TemplateReply]]:
    """The gallery: all templates, or a company's own and those for its kind of business, with those words in them."""
    kind, own = "", []
    if company_id is not None:
        async with database.reading() as connection:
            company = await find_company(connection, scope, company_id)
            own = await choose_own(connection, scope, company_id)
        kind = str(company.profile.get("entity_type", ""))
    found = await in_time(gallery, q, "", "", own)
    return Success(data=[template_reply(each) for each in found if fits(each, kind)])


@router.get("/templates/{template_id}", responses=failures(401, 403, 404, 422))
async def get_template(template_id: TemplateId, scope: SignedIn, database: Db) -> Success[TemplateDetail]:
    """One template with its questions."""
    async with database.reading() as connection:
        chosen = await choose(connection, scope, template_id)
    return Success(data=template_detail(chosen.template))


@router.post("/generate", status_code=201, responses=failures(401, 402, 403, 404, 413, 422, 429, 503))
async def generate_document(
    request: Request, scope: SignedIn, wanted: GenerateInput, database: Db, now: Now
) -> Success[DocumentDetail]:
    """A new document, drafted from the template; each answer that cannot be accepted is named with its cure."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    wish = Wish(
        wanted.template_id, wanted.company_id, wanted.user_inputs, wanted.language, wanted.title,
        wanted.is_private,
    )  # fmt: skip
    made = await generate(database, services(request).files, scope, wish, now, preferences(request).language)
    async with database.reading() as connection:
        document = await find_document(connection, scope, made)
        current = await find_version(connection, made, document.version)
    return Success(data=document_detail(document, current))
