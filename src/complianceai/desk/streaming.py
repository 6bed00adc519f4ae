"""An answer as a stream of events: `token`, `reset` where what was shown is taken back, `citation`, `done`."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import orjson
from starlette.responses import StreamingResponse

from complianceai.desk.replies import answer_reply
from complianceai.desk.talking import Turn

EVENTS = "text/event-stream"


def stream_of(turn: Turn) -> StreamingResponse:
    """The reply that tells the answer while it is written; a proxy is asked not to hold it back."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(turn), media_type=EVENTS, headers=headers)


async def _events(turn: Turn) -> AsyncGenerator[bytes, None]:
    from complianceai.assistant.models.chain import Reset, Token  # noqa: PLC0415 - heavy, as all of the room

    # A reader who goes away ends the provider's stream as well.
    async with aclosing(turn.events()) as events:
        async for event in events:
            if isinstance(event, Token):
                yield _event("token", {"text": event.text})
            elif isinstance(event, Reset):
                yield _event("reset", {"text": event.text})
    await turn.keep()
    reply = answer_reply(turn)
    for citation in reply.citations:
        yield _event("citation", citation.model_dump(mode="json", by_alias=True))
    yield _event("done", reply.model_dump(mode="json", by_alias=True))


def _event(name: str, data: Mapping[str, Any]) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), orjson.dumps(data))
