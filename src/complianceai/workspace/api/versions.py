"""Versions: read, added, restored, compared, taken along; and what is typed in between."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path as InPath
from fastapi import Query, Request
from starlette.responses import Response

from complianceai.site.preferences import preferences
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.contents import KINDS
from complianceai.storage.services import Db, Now, Store
from complianceai.tenancy.access import SignedIn
from complianceai.workspace.actions.drafts import drop_draft, keep_draft
from complianceai.workspace.actions.generating import draft_again
from complianceai.workspace.actions.versions import Edit, restore, save_text
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.versions import count_versions, find_draft, find_version, list_versions
from complianceai.workspace.rendering import MEDIA_TYPES, Format
from complianceai.workspace.replies import (
    DraftReply,
    VersionDetail,
    VersionReply,
    draft_reply,
    version_detail,
    version_reply,
)
from complianceai.workspace.schemas import DraftInput, RestoreInput, VersionInput
from complianceai.workspace.taking import take_comparison, take_version

router = Router(prefix="/api/documents/{document_id}", tags=["documents"])
OneNumber = Annotated[int, InPath(ge=1, le=2**31 - 1)]
# Papers in three shapes, and every kind of file that is kept.
FILES: dict[str, dict[str, Any]] = {
    kind: {}
    for kind in sorted(
        {
            *(each.partition(";")[0] for each in MEDIA_TYPES.values()),
            *(each.media_type for each in KINDS.values()),
        }
    )
}


@router.get("/versions", responses=failures(401, 403, 404, 422))
async def get_versions(
    document_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[VersionReply]:
    """Every version there was, the latest first."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        rows = await list_versions(connection, document_id, limit=size, offset=(page - 1) * size)
        total = await count_versions(connection, document_id)
    data = [version_reply(each) for each in rows]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@router.post("/versions", status_code=201, responses=failures(401, 403, 404, 409, 413, 422, 503))
async def add_version(  # noqa: PLR0913, PLR0917 - what is saved, by whom, of which document
    request: Request,
    document_id: UUID,
    scope: SignedIn,
    wanted: VersionInput,
    database: Db,
    files: Store,
    now: Now,
) -> Success[VersionDetail]:
    """The new version. Where somebody was faster it is refused with both texts, and yours is kept as your draft."""
    if wanted.user_inputs is None:
        edit = Edit(wanted.base_version, wanted.text, wanted.note)
        number = await save_text(database, scope, document_id, edit, now)
    else:
        number = await draft_again(
            database, files, scope, document_id, wanted.user_inputs, wanted.base_version, wanted.note, now,
            preferences(request).language,
        )  # fmt: skip
    async with database.reading() as connection:
        return Success(data=version_detail(await find_version(connection, document_id, number)))


@router.get("/versions/{number}", responses=failures(401, 403, 404, 422))
async def get_version(
    document_id: UUID, number: OneNumber, scope: SignedIn, database: Db
) -> Success[VersionDetail]:
    """One version whole."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        return Success(data=version_detail(await find_version(connection, document_id, number)))


@router.post("/versions/{number}/restore", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def restore_version(
    document_id: UUID,
    number: OneNumber,
    scope: SignedIn,
    database: Db,
    now: Now,
    wanted: RestoreInput | None = None,
) -> Success[VersionDetail]:
    """A new version that says what that one said."""
    base = wanted.base_version if wanted else None
    made = await restore(database, scope, document_id, number, base, now)
    async with database.reading() as connection:
        return Success(data=version_detail(await find_version(connection, document_id, made)))


@router.get(
    "/versions/{number}/file",
    response_class=Response,
    responses={200: {"content": FILES}, **failures(401, 403, 404, 422, 503)},
)
async def get_version_file(  # noqa: PLR0913, PLR0917 - which version of what, as what
    document_id: UUID,
    number: OneNumber,
    scope: SignedIn,
    database: Db,
    files: Store,
    now: Now,
    kind: Annotated[Format, Query(alias="format")] = "pdf",
    is_archived: Annotated[bool, Query(alias="archive", description="PDF/A, for archives.")] = False,  # noqa: FBT002 - of the address
) -> Response:
    """The version as a paper, or the file as it came."""
    return await take_version(database, files, scope, document_id, number, kind, now, is_archived=is_archived)


@router.get(
    "/compare",
    response_class=Response,
    responses={200: {"content": FILES}, **failures(401, 403, 404, 409, 422, 503)},
)
async def compare_versions(  # noqa: PLR0913, PLR0917 - which two versions of what, as what
    document_id: UUID,
    scope: SignedIn,
    database: Db,
    now: Now,
    old: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)],
    new: Annotated[int, Query(alias="to", ge=1, le=2**31 - 1)],
    kind: Annotated[Format, Query(alias="format")] = "html",
) -> Response:
    """What changed between two versions, word by word; in DOCX as tracked changes."""
    return await take_comparison(database, scope, document_id, (old, new), kind, now)


@router.get("/draft", responses=failures(401, 403, 404, 422))
async def get_draft(document_id: UUID, scope: SignedIn, database: Db) -> Success[DraftReply | None]:
    """What you typed and did not save, if anything."""
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        found = await find_draft(connection, document_id, scope.person.id)
    return Success(data=None if found is None else draft_reply(found))


@router.put("/draft", status_code=204, responses=failures(401, 403, 404, 409, 413, 422))
async def put_draft(document_id: UUID, scope: SignedIn, wanted: DraftInput, database: Db, now: Now) -> None:
    """Nothing; what you typed is kept for you."""
    await keep_draft(database, scope, document_id, wanted.base_version, wanted.text, now)


@router.delete("/draft", status_code=204, responses=failures(401, 403, 404, 422))
async def delete_draft(document_id: UUID, scope: SignedIn, database: Db) -> None:
    """Nothing; the draft is gone."""
    await drop_draft(database, scope, document_id)
