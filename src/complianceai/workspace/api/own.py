"""A company's own templates by programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request
from pydantic import Field

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.site.faults import CURES
from complianceai.site.replies import Reply, Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Store, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.templates import Wanted, change_own, make_own, retire_own
from complianceai.workspace.queries.templates import find_own, find_own_version, list_own_versions
from complianceai.workspace.rates import RATE
from complianceai.workspace.schemas import (
    NewOwnTemplate,
    OwnTemplateChange,
    OwnTemplateInput,
    RetiredInput,
    TemplateId,
)
from complianceai.workspace.uploads import form_of, uploaded

router = Router(prefix="/api/documents/templates", tags=["documents"])


class OwnVersionReply(Reply):
    """A version of a company's own template, without its text."""

    number: int
    author: str
    at: datetime
    note: str
    language: str
    sha256: str
    name: str | None = Field(description="Of a Word file.")


class OwnTemplateReply(Reply):
    """A company's own template as it stands."""

    id: str = Field(description="What the other calls take as `templateId`.")
    company_id: UUID
    title: str
    kind: str
    is_word: bool
    version: int
    retired_at: datetime | None
    created_at: datetime
    updated_at: datetime
    language: str
    text: str | None
    questions: list[dict[str, Any]]


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422, 429, 503))
async def add_own(
    request: Request, scope: SignedIn, wanted: NewOwnTemplate, database: Db, files: Store, now: Now
) -> Success[OwnTemplateReply]:
    """A new template of the company's own, once it was tried: what is wrong is told by line and by question."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    made = await make_own(database, files, scope, wanted.company_id, _wanted(wanted), now)
    return await _reply(database, scope, made)


@router.post(
    "/files",
    status_code=201,
    responses=failures(400, 401, 403, 404, 409, 413, 422, 429, 503),
    openapi_extra=form_of("companyId", "title", "kind", "language"),
)
async def add_own_file(
    request: Request, scope: SignedIn, database: Db, files: Store, now: Now
) -> Success[OwnTemplateReply]:
    """A new template from a Word file with {{ fields }}, each asked by its name."""
    await services(request).limiter.count("documents", str(scope.person.id), rate=RATE)
    async with uploaded(request) as (file, typed):
        company_id = read_id(typed.get("companyId", ""))
        if company_id is None:
            raise InvalidInput({"companyId": CURES["uuid_parsing"]})
        title = typed.get("title", "").strip() or file.name[:200]
        read = read_form({**typed, "title": title}, OwnTemplateInput)
        wanted = Wanted(read.title, read.kind, read.language, word=file)
        made = await make_own(database, files, scope, company_id, wanted, now)
    return await _reply(database, scope, made)


@router.get("/{template_id}/own", responses=failures(401, 403, 404, 422))
async def get_own(template_id: TemplateId, scope: SignedIn, database: Db) -> Success[OwnTemplateReply]:
    """A template of the company's own, to be changed."""
    return await _reply(database, scope, template_id)


@router.put("/{template_id}", responses=failures(401, 403, 404, 409, 413, 422, 503))
async def put_own(
    template_id: TemplateId,
    scope: SignedIn,
    wanted: OwnTemplateChange,
    database: Db,
    files: Store,
    now: Now,
) -> Success[OwnTemplateReply]:
    """The template with one more version; of a Word file the file stays, and what is asked changes."""
    await change_own(database, files, scope, template_id, wanted.base_version, _wanted(wanted), now)
    return await _reply(database, scope, template_id)


@router.post(
    "/{template_id}/files",
    responses=failures(400, 401, 403, 404, 409, 413, 422, 503),
    openapi_extra=form_of("note"),
)
async def put_own_file(
    request: Request, template_id: TemplateId, scope: SignedIn, database: Db, files: Store, now: Now
) -> Success[OwnTemplateReply]:
    """The template with the Word file as its next version; what was asked is kept where it still is."""
    async with database.reading() as connection:
        own = await find_own(connection, scope, template_id)
        current = await find_own_version(connection, own.id, own.version)
    known = {str(each["name"]): each for each in current.questions}
    async with uploaded(request) as (file, typed):
        note = typed.get("note", "").strip()[:200].replace("\x00", "")
        wanted = Wanted(own.title, own.kind, current.language, "", known, note, file)
        await change_own(database, files, scope, template_id, own.version, wanted, now)
    return await _reply(database, scope, template_id)


@router.post("/{template_id}/retire", responses=failures(401, 403, 404, 413, 422))
async def post_retired(
    template_id: TemplateId, scope: SignedIn, wanted: RetiredInput, database: Db, now: Now
) -> Success[OwnTemplateReply]:
    """The template retired, so that nothing new is made from it; or taken up again."""
    await retire_own(database, scope, template_id, now, retired=wanted.retired)
    return await _reply(database, scope, template_id)


@router.get("/{template_id}/versions", responses=failures(401, 403, 404, 422))
async def get_own_versions(
    template_id: TemplateId, scope: SignedIn, database: Db
) -> Success[list[OwnVersionReply]]:
    """Its versions, the latest first; documents name the one that they were made from."""
    async with database.reading() as connection:
        own = await find_own(connection, scope, template_id)
        found = await list_own_versions(connection, own.id)
    return Success(data=[OwnVersionReply.model_validate(each) for each in found])


def _wanted(read: OwnTemplateInput) -> Wanted:
    questions: dict[str, Mapping[str, Any]] = {
        each.name: each.model_dump(by_alias=True) for each in read.questions
    }
    return Wanted(read.title, read.kind, read.language, read.text, questions, read.note)


async def _reply(database: Db, scope: Scope, template_id: str) -> Success[OwnTemplateReply]:
    async with database.reading() as connection:
        own = await find_own(connection, scope, template_id)
        current = await find_own_version(connection, own.id, own.version)
    told = {name: getattr(own, name) for name in OwnTemplateReply.model_fields if hasattr(own, name)}
    reply = OwnTemplateReply(
        **{**told, "id": own.address}, language=current.language, text=current.text,
        questions=[dict(each) for each in current.questions],
    )  # fmt: skip
    return Success(data=reply)
