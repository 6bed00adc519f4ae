"""How large a request may be and how long it may take."""

import asyncio
import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from complianceai.base.errors import DomainError, Kind
from complianceai.site.errors import refuse, refuse_domain_error
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.words import marked

ONE_MEGABYTE = 1_048_576
# At two milliseconds each these keep people waiting for a second; what comes on top is better told to come back.
MOST_AT_ONCE = 500
LargerLimit = tuple[re.Pattern[str], int]
# How much of a refused body is taken off the line, and for how long: who is cut short while they still send, browser or
# proxy, sees a broken connection instead of the refusal.
_DRAINED_BYTES = 64 * ONE_MEGABYTE
_DRAINED_SECONDS = 10.0
TOO_LARGE = marked("What was sent is larger than {limit_bytes} bytes, so it was not read.")


class TookTooLong(DomainError):
    """The work was not done within the time a request may take, and was stopped."""

    code = "site.took_too_long"
    kind = Kind.UNAVAILABLE
    sentence = "This took too long and was stopped. Try again in a minute."


class TooManyAtOnce(DomainError):
    """So many requests are under way in this process that another would only wait."""

    code = "site.too_many_at_once"
    kind = Kind.UNAVAILABLE
    sentence = "Too many people ask at the same moment. Try again in {retry_after_seconds} seconds."

    def __init__(self) -> None:
        super().__init__(retry_after_seconds=2)


class _TooLargeError(Exception):
    """More bytes came than may."""


class SizeLimit:
    """Refuses a body larger than the limit, by what it announces and by what really comes.

    Shape: `larger` has the paths whose bodies may be larger, each as a whole, with their limit.
    """

    def __init__(
        self, app: ASGIApp, *, limit_bytes: int = ONE_MEGABYTE, larger: Sequence[LargerLimit] = ()
    ) -> None:
        self.app = app
        self.limit_bytes = limit_bytes
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit_bytes = self._limit_of(scope["path"])
        announced = request.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > limit_bytes:
            await self._refuse(request, limit_bytes, receive, send)
            return
        taken, has_begun = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit_bytes:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except _TooLargeError:
            if has_begun:
                raise
            await self._refuse(request, limit_bytes, receive, send)

    def _limit_of(self, path: str) -> int:
        return next((limit for shape, limit in self.larger if shape.fullmatch(path)), self.limit_bytes)

    async def _refuse(self, request: Request, limit_bytes: int, receive: Receive, send: Send) -> None:
        # Who asks before they send is answered before they send.
        if "expect" not in request.headers:
            await _drain(receive)
        sentence = translate(preferences(request).language, TOO_LARGE).format(limit_bytes=limit_bytes)
        reply = refuse(
            request,
            413,
            "site.too_large",
            sentence,
            {"limit_bytes": limit_bytes},
            {"Connection": "close"},
        )
        await reply(request.scope, receive, send)


async def _drain(receive: Receive) -> None:
    """Nothing: what still comes of the body is thrown away, within bounds."""
    end, taken, has_more = asyncio.get_running_loop().time() + _DRAINED_SECONDS, 0, True
    while has_more and taken <= _DRAINED_BYTES:
        try:
            async with asyncio.timeout_at(end):
                message = await receive()
        except TimeoutError:
            return
        taken += len(message.get("body", b""))
        has_more = message.get("more_body", False)


class TimeLimit:
    """Stops work whose reply has not begun in time, and begins none beyond what may be under way at once.

    A reply that streams may go on as long as it likes, and is not counted any more.
    """

    def __init__(self, app: ASGIApp, *, seconds: float = 30, most: int = MOST_AT_ONCE) -> None:
        self.app = app
        self.seconds, self.most = seconds, most
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on against the clock."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Who watches the product has to hear from it most of all when it is busy.
        if self.under_way >= self.most and not scope["path"].startswith("/api/health"):
            await refuse_domain_error(Request(scope), TooManyAtOnce())(scope, receive, send)
            return
        clock, is_counted = asyncio.timeout(self.seconds), True
        self.under_way += 1

        async def begun(message: Message) -> None:
            nonlocal is_counted
            if is_counted:
                is_counted = False
                self.under_way -= 1
                clock.reschedule(None)
            await send(message)

        try:
            async with clock:
                await self.app(scope, receive, begun)
        except TimeoutError:
            if not clock.expired():
                raise
            await refuse_domain_error(Request(scope), TookTooLong())(scope, receive, send)
        finally:
            self.under_way -= is_counted
