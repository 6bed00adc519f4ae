"""Comments and suggestions."""

from uuid import UUID

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, Seals
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions import talk
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.talk import list_comments, list_suggestions, mentions_of
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.replies import (
    CommentReply,
    SuggestionReply,
    VersionDetail,
    comment_reply,
    suggestion_reply,
    version_detail,
)
from complianceai.workspace.schemas import CommentInput, ResolveInput, SuggestionInput

router = Router(prefix="/api/documents/{document_id}", tags=["documents"])


@router.get("/comments", responses=failures(401, 403, 404, 422))
async def get_comments(document_id: UUID, scope: SignedIn, database: Db) -> Success[list[CommentReply]]:
    """What people said of the document, the first first."""
    return Success(data=await _comments(database, scope, document_id))


@router.post("/comments", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def add_comment(
    document_id: UUID, scope: SignedIn, wanted: CommentInput, database: Db, sealer: Seals, now: Now
) -> Success[CommentReply]:
    """The new comment, anchored to the words it quotes."""
    said = talk.Said(wanted.text, wanted.quote, wanted.parent_id)
    made = await talk.comment(database, sealer, scope, document_id, said, now)
    found = await _comments(database, scope, document_id)
    return Success(data=next(each for each in found if each.id == made))


@router.post("/comments/{comment_id}/resolve", responses=failures(401, 403, 404, 413, 422))
async def resolve_comment(
    document_id: UUID, comment_id: UUID, scope: SignedIn, wanted: ResolveInput, database: Db, now: Now
) -> Success[CommentReply]:
    """The comment, settled or open again."""
    await talk.resolve(database, scope, document_id, comment_id, is_resolved=wanted.resolved, now=now)
    found = await _comments(database, scope, document_id)
    return Success(data=next(each for each in found if each.id == comment_id))


@router.get("/suggestions", responses=failures(401, 403, 404, 422))
async def get_suggestions(document_id: UUID, scope: SignedIn, database: Db) -> Success[list[SuggestionReply]]:
    """What people would say otherwise, the latest first."""
    return Success(data=await _suggestions(database, scope, document_id))


@router.post("/suggestions", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def add_suggestion(
    document_id: UUID, scope: SignedIn, wanted: SuggestionInput, database: Db, now: Now
) -> Success[SuggestionReply]:
    """The new suggestion; it changes nothing until it is accepted."""
    wish = talk.Suggested(wanted.quote, wanted.replacement, wanted.note)
    made = await talk.suggest(database, scope, document_id, wish, now)
    found = await _suggestions(database, scope, document_id)
    return Success(data=next(each for each in found if each.id == made))


@router.post(
    "/suggestions/{suggestion_id}/accept", status_code=201, responses=failures(401, 403, 404, 409, 422, 503)
)
async def accept_suggestion(
    document_id: UUID, suggestion_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[VersionDetail]:
    """The new version, in which the suggested words stand."""
    number = await talk.accept(database, scope, document_id, suggestion_id, now)
    async with database.reading() as connection:
        return Success(data=version_detail(await find_version(connection, document_id, number)))


@router.post("/suggestions/{suggestion_id}/refuse", responses=failures(401, 403, 404, 422))
async def refuse_suggestion(
    document_id: UUID, suggestion_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[SuggestionReply]:
    """The suggestion, refused."""
    await talk.refuse(database, scope, document_id, suggestion_id, now)
    found = await _suggestions(database, scope, document_id)
    return Success(data=next(each for each in found if each.id == suggestion_id))


async def _comments(database: Db, scope: Scope, document_id: UUID) -> list[CommentReply]:
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        found = await list_comments(connection, document_id)
        mentions = await mentions_of(connection, document_id)
    return [comment_reply(each, mentions.get(each.id, [])) for each in found]


async def _suggestions(database: Db, scope: Scope, document_id: UUID) -> list[SuggestionReply]:
    async with database.reading() as connection:
        await find_document(connection, scope, document_id)
        found = await list_suggestions(connection, document_id)
    return [suggestion_reply(each) for each in found]
