"""The assistant as JSON, or as a stream of events where the caller takes one."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from complianceai import catalogue
from complianceai.base.clock import date_in_india
from complianceai.desk.schemas import AnswerReply, ChatInput, answer_reply
from complianceai.register.errors import FactsFaulty
from complianceai.register.queries import find_described
from complianceai.rules import ProfileFaults
from complianceai.site.replies import Success, failures
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn

if TYPE_CHECKING:
    from complianceai.assistant import Answer

router = APIRouter(prefix="/api/chat", tags=["assistant"])
EVENTS = "text/event-stream"
# One person's: more than anybody asks, less than a program needs to keep a core busy.
RATE = "120/15minutes"


@router.post(
    "",
    response_model=Success[AnswerReply],
    responses={200: {"content": {EVENTS: {}}}, **failures(401, 403, 404, 413, 422)},
)
async def chat(request: Request, scope: SignedIn, asked: ChatInput, database: Db, now: Now) -> Response:
    """The answer with its sources. As `text/event-stream`: `token` a sentence, `citation` a source, then `done`."""
    await services(request).limiter.count("chat", str(scope.person.id), rate=RATE)
    profile: Mapping[str, Any] | None = None
    if asked.company_id is not None:
        async with database.reading() as connection:
            profile = (await find_described(connection, scope, asked.company_id)).company.profile
    found = await asyncio.to_thread(_answer, asked, profile, date_in_india(now))
    reply: Success[AnswerReply] = Success(data=answer_reply(found))
    if EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(
            _events(reply.data), media_type=EVENTS, headers={"Cache-Control": "no-store"}
        )
    return JSONResponse(reply.model_dump(mode="json", by_alias=True))


def _answer(asked: ChatInput, profile: Mapping[str, Any] | None, today: Any) -> "Answer":
    # A process that nobody asks need not hold what it takes to understand a question.
    from complianceai.assistant import ask  # noqa: PLC0415

    try:
        return ask(catalogue.load(), asked.message, on=today, profile=profile, history=asked.history)
    except ProfileFaults as faulty:
        raise FactsFaulty(fault=faulty.faults[0]) from faulty


async def _events(reply: AnswerReply) -> AsyncIterator[bytes]:
    for sentence in reply.sentences:
        yield _event("token", {"text": sentence.text + "\n"})
    for citation in reply.citations:
        yield _event("citation", citation.model_dump(mode="json", by_alias=True))
    yield _event("done", reply.model_dump(mode="json", by_alias=True))


def _event(name: str, data: Mapping[str, Any]) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), orjson.dumps(data))
