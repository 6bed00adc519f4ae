"""What surrounds every request: an id by which to find it in the log, and its line there."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from complianceai.base.ids import new_id
from complianceai.operations.metrics.counting import count_request
from complianceai.site.log_words import path_for_log
from complianceai.storage.deeds import wants_quiet

if TYPE_CHECKING:
    from complianceai.entry.tracing import Tracing

log = structlog.get_logger("complianceai.requests")

HEADER = "X-Request-ID"
AGENT_CHARACTERS = 200
_RAW_HEADER = HEADER.lower().encode()
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


class Requests:
    """Gives each request its id, says it in the reply and in every line of the log, and notes how it ended."""

    def __init__(self, app: ASGIApp, tracing: Tracing | None = None) -> None:
        self.app, self._tracing = app, tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self._tracing is None:
            await self._pass(scope, receive, send)
        else:
            await self._pass_traced(self._tracing, scope, receive, send)

    async def _pass_traced(self, tracing: Tracing, scope: Scope, receive: Receive, send: Send) -> None:
        with (
            tracing.request(scope["method"]) as span,
            structlog.contextvars.bound_contextvars(trace_id=f"{span.get_span_context().trace_id:032x}"),
        ):
            told = (500, "")
            try:
                told = await self._pass(scope, receive, send)
            finally:
                tracing.end_request(span, scope["method"], _route_of(scope), *told)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> tuple[int, str]:
        request_id = _id_of(Headers(scope=scope))
        wants_quiet.set((b"sec-gpc", b"1") in scope["headers"] or (b"dnt", b"1") in scope["headers"])
        began, status = perf_counter(), 500
        # One for all layers, so that what an inner one finds out is known here at the end.
        state = scope.setdefault("state", {})

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_RAW_HEADER, request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, named)
            finally:
                person, seconds = state.get("person"), perf_counter() - began
                count_request(scope["method"], _route_of(scope), status, seconds)
                log.info(
                    "request",
                    method=scope["method"],
                    # Without the query, which may hold what a person typed.
                    path=path_for_log(scope["path"]),
                    status=status,
                    ms=round(seconds * 1000, 1),
                    agent=Headers(scope=scope).get("user-agent", "")[:AGENT_CHARACTERS],
                    address=scope["client"][0] if scope.get("client") else None,
                    person=None if person is None else str(person.id),
                )
        return status, request_id


def _route_of(scope: Scope) -> str | None:
    """The address that the route was given, with the names of its parts instead of what stood there."""
    found: str | None = getattr(scope.get("route"), "path", None)
    return found


def _id_of(headers: Headers) -> str:
    """The id that a proxy gave the request, where it is a harmless one, or a new one."""
    given = headers.get(HEADER, "")
    return given if _SAFE_ID.fullmatch(given) else str(new_id())
