"""The assistant as JSON, or as a stream of events where the caller takes one."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import JSONResponse, Response

from complianceai.desk.actions import Opinion, dismiss, forget, judge, rename, share, wish, withdraw
from complianceai.desk.learning import learn
from complianceai.desk.queries import (
    Wishes,
    count_conversations,
    find_conversation,
    find_wishes,
    list_conversations,
    list_messages,
    what_was_asked,
)
from complianceai.desk.replies import answer_reply, conversation_reply, whole_reply
from complianceai.desk.schemas import (
    AnswerReply,
    ChatInput,
    ConversationReply,
    FeedbackInput,
    SharedReply,
    ShareInput,
    SuggestionReply,
    TitleInput,
    WholeConversationReply,
    WishesReply,
)
from complianceai.desk.streaming import EVENTS, stream_of
from complianceai.desk.suggesting import suggestions
from complianceai.desk.talking import prepare
from complianceai.register.queries import find_described
from complianceai.site.preferences import preferences
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api", tags=["assistant"])
_REFUSED = failures(401, 403, 404, 422)
LONGEST_KEY = 120


@router.post(
    "/chat",
    response_model=Success[AnswerReply],
    responses={200: {"content": {EVENTS: {}}}, **failures(401, 402, 403, 404, 409, 413, 422)},
)
async def chat(request: Request, scope: SignedIn, asked: ChatInput, now: Now) -> Response:
    """The answer with its sources, kept in the conversation. As `text/event-stream` it comes while it is written."""
    turn = await prepare(request, scope, asked, now)
    if EVENTS in request.headers.get("accept", ""):
        return stream_of(turn)
    async for _ in turn.events():
        pass
    await turn.keep()
    reply: Success[AnswerReply] = Success(data=answer_reply(turn))
    return JSONResponse(reply.model_dump(mode="json", by_alias=True))


@router.post("/chat/{message_id}/feedback", status_code=204, responses={**_REFUSED, **failures(413)})
async def give_feedback(
    message_id: UUID, scope: SignedIn, given: FeedbackInput, database: Db, now: Now
) -> None:
    """Nothing; what the person thinks of the answer is kept, and a correction waits until it is judged."""
    await judge(
        database, scope, message_id, Opinion(given.helpful, given.reason, given.correction.strip()), now
    )


@router.post("/chat/{message_id}/share", status_code=201, responses={**_REFUSED, **failures(413)})
async def share_answer(
    request: Request, message_id: UUID, scope: SignedIn, given: ShareInput, database: Db, now: Now
) -> Success[SharedReply]:
    """A link that shows question, answer, sources and date to whoever has it; its address is told only now."""
    made, token = await share(database, scope, message_id, given.days, now)
    address = f"{root_of(request)}/answers/{token}"
    return Success(data=SharedReply(id=made.id, expires_at=made.expires_at, address=address))


@router.delete("/chat/shared/{shared_id}", status_code=204, responses=_REFUSED)
async def withdraw_answer(shared_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; the link answers as if it had never been."""
    await withdraw(database, scope, shared_id, now)


@router.get("/chat/wishes", responses=failures(401, 403))
async def get_wishes(scope: SignedIn, database: Db) -> Success[WishesReply]:
    """How the person wants to be answered."""
    async with database.reading() as connection:
        found = await find_wishes(connection, scope)
    return Success(data=WishesReply.model_validate({"depth": found.depth, "language": found.language}))


@router.put("/chat/wishes", responses=failures(401, 403, 413, 422))
async def set_wishes(scope: SignedIn, wanted: WishesReply, database: Db) -> Success[WishesReply]:
    """How the person is answered from now on."""
    async with database.reading() as connection:
        before = await find_wishes(connection, scope)
    await wish(database, scope, Wishes(wanted.depth, wanted.language, before.dismissed))
    return Success(data=wanted)


@router.get("/chat/suggestions", responses=_REFUSED)
async def get_suggestions(
    request: Request,
    scope: SignedIn,
    database: Db,
    company_id: Annotated[UUID | None, Query(alias="companyId")] = None,
) -> Success[list[SuggestionReply]]:
    """Questions worth asking, from the company's facts and dates and from what the person asked before."""
    async with database.reading() as connection:
        described = await find_described(connection, scope, company_id) if company_id else None
        wishes = await find_wishes(connection, scope)
        style = learn(await what_was_asked(connection, scope, company_id), wishes)
    profile, unsure = (described.company.profile, described.unsure) if described else (None, frozenset[str]())
    language = preferences(request).language
    found = suggestions(profile, unsure, style.topics, wishes.dismissed, scope.today)
    return Success(data=[SuggestionReply(key=each.key, question=each.spoken(language)) for each in found])


@router.delete("/chat/suggestions", status_code=204, responses=failures(401, 403, 422))
async def dismiss_suggestion(
    scope: SignedIn,
    database: Db,
    name: Annotated[str, Query(max_length=LONGEST_KEY, pattern=r"^[\w:.-]+$", description="Its `key`.")],
) -> None:
    """Nothing; that question is not suggested to the person again."""
    await dismiss(database, scope, name)


@router.get("/conversations", responses=failures(401, 403, 422))
async def get_conversations(
    scope: SignedIn,
    database: Db,
    company_id: Annotated[UUID | None, Query(alias="companyId")] = None,
    q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[ConversationReply]:
    """The person's own conversations, the last first; `q` looks in titles and questions."""
    async with database.reading() as connection:
        total = await count_conversations(connection, scope, company_id, q)
        found = await list_conversations(
            connection, scope, company_id, q, limit=size, offset=(page - 1) * size
        )
    return SuccessList(
        data=[conversation_reply(each) for each in found],
        page=PageOfList(number=page, size=size, total=total),
    )


@router.get("/conversations/{conversation_id}", responses=_REFUSED)
async def get_conversation(
    conversation_id: UUID, scope: SignedIn, database: Db
) -> Success[WholeConversationReply]:
    """A conversation with all that was asked and answered, which is its export as well."""
    async with database.reading() as connection:
        found = await find_conversation(connection, scope, conversation_id)
        told = await list_messages(connection, scope, conversation_id)
    return Success(data=whole_reply(found, told))


@router.patch("/conversations/{conversation_id}", responses={**_REFUSED, **failures(413)})
async def rename_conversation(
    conversation_id: UUID, scope: SignedIn, given: TitleInput, database: Db
) -> Success[ConversationReply]:
    """The conversation under its new title."""
    return Success(
        data=conversation_reply(await rename(database, scope, conversation_id, given.title.strip()))
    )


@router.delete("/conversations/{conversation_id}", status_code=204, responses=_REFUSED)
async def delete_conversation(conversation_id: UUID, scope: SignedIn, database: Db) -> None:
    """Nothing; the conversation is deleted for good, with its answers and their links."""
    await forget(database, scope, conversation_id)
