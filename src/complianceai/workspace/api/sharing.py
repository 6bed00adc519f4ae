"""With whom a document is shared, by which links, and what was done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.workspace.actions.sharing import NewLink, make_link, revoke_link, share, unshare
from complianceai.workspace.policies import check_may
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.sharing import list_links, list_shares
from complianceai.workspace.queries.talk import list_activity
from complianceai.workspace.replies import (
    ActivityReply,
    LinkReply,
    ShareReply,
    activity_reply,
    link_reply,
    share_reply,
)
from complianceai.workspace.schemas import LinkInput, ShareInput
from complianceai.workspace.states import Level

router = Router(prefix="/api/documents/{document_id}", tags=["documents"])


@router.get("/shares", responses=failures(401, 403, 404, 422))
async def get_shares(document_id: UUID, scope: SignedIn, database: Db) -> Success[list[ShareReply]]:
    """With whom the document is shared, besides those who see it by their role."""
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.EDIT)
        found = await list_shares(connection, document_id)
    return Success(data=[share_reply(each) for each in found])


@router.post("/shares", status_code=201, responses=failures(401, 403, 404, 413, 422))
async def add_share(
    document_id: UUID, scope: SignedIn, wanted: ShareInput, database: Db, now: Now
) -> Success[ShareReply]:
    """The share; whoever had another level has this one now."""
    made = await share(database, scope, document_id, wanted.person_id, wanted.role, wanted.level, now)
    async with database.reading() as connection:
        found = await list_shares(connection, document_id)
    return Success(data=next(share_reply(each) for each in found if each.id == made))


@router.delete("/shares/{share_id}", status_code=204, responses=failures(401, 403, 404, 422))
async def remove_share(document_id: UUID, share_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; the share is over."""
    await unshare(database, scope, document_id, share_id, now)


@router.get("/links", responses=failures(401, 403, 404, 422))
async def get_links(document_id: UUID, scope: SignedIn, database: Db) -> Success[list[LinkReply]]:
    """The document's links, with how often each was opened."""
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.ADMIN)
        found = await list_links(connection, document_id)
    return Success(data=[link_reply(each) for each in found])


@router.post("/links", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def add_link(
    request: Request, document_id: UUID, scope: SignedIn, wanted: LinkInput, database: Db, now: Now
) -> Success[LinkReply]:
    """A new link with its address, which is told only now."""
    made = await make_link(database, scope, document_id, NewLink(wanted.days, wanted.password), now)
    async with database.reading() as connection:
        found = await list_links(connection, document_id)
    address = f"{root_of(request)}/shared/{made.token}"
    return Success(data=next(link_reply(each, address) for each in found if each.id == made.id))


@router.delete("/links/{link_id}", status_code=204, responses=failures(401, 403, 404, 422))
async def remove_link(document_id: UUID, link_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; the link is over."""
    await revoke_link(database, scope, document_id, link_id, now)


@router.get("/activity", responses=failures(401, 403, 404, 422))
async def get_activity(
    document_id: UUID,
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[ActivityReply]:
    """Who looked at the document, edited, shared, took along or restored it, the latest first."""
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.EDIT)
        rows, total = await list_activity(connection, document_id, limit=size, offset=(page - 1) * size)
    data = [activity_reply(each) for each in rows]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))
