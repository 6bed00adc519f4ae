"""A caller's line, and what it may cost: how long the head of a request may take, how long a reply may go unread.

What is between, the work itself, is bounded by `site.limits`. A proxy in front does most of this as well.
"""

import resource
from asyncio import Transport
from asyncio.events import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from complianceai.entry.lean import structlog

log = structlog.get_logger(__name__)

# From the first byte of a request, or from the call itself, until the empty line after its headers.
HEAD_SECONDS = 30.0
HEAD_BYTES = 65_536
# A reader who takes less than what waits for them in so long is taken for gone.
UNREAD_SECONDS = 60.0
# Kept for the database, for files and logs, when the lines have taken all that the system gives.
KEPT_FILES = 256

_TOLD = b"content-type: text/plain\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
_BUSY = b"Too many lines are open. Try again in 5 seconds.\n"
_LARGE = b"The head of this request is too large.\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\n" + _TOLD % (len(_BUSY), _BUSY)
LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + _TOLD % (len(_LARGE), _LARGE)


def take_all_files() -> None:
    """Nothing; this process and its children may open as many files as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def most_lines() -> int:
    """How many lines this process may hold at once, by the files that it may open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(64, files - KEPT_FILES)


class Line(HttpToolsProtocol):
    """The server's own handling of a line, against the clock."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head, self._is_in_head = 0, True
        self._head_clock: TimerHandle | None = None
        self._unread_clock: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Nothing; the line is served, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > most_lines():
            log.warning("lines.too_many", lines=len(self.connections))
            transport.write(BUSY)
            transport.close()
            return
        self._head_clock = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Nothing; what came was read, unless it is more of a head than anybody sends."""
        was_in_head = self._is_in_head
        super().data_received(data)
        if not self._is_in_head:
            return
        self._head += len(data) if was_in_head else 0  # otherwise most of it is the end of the request before
        if self._head > HEAD_BYTES:
            self.transport.write(LARGE)
            self.transport.close()
        elif self._head_clock is None and not self.transport.is_closing():
            self._head_clock = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def on_message_begin(self) -> None:
        """Nothing; a request has begun."""
        self._is_in_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Nothing; the request is handed on, and its head has come in time."""
        self._is_in_head = False
        self._stop_head_clock()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """Nothing; whoever does not read has so long to begin."""
        super().pause_writing()
        if self._unread_clock is None:
            self._unread_clock = self.loop.call_later(UNREAD_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Nothing; they read."""
        super().resume_writing()
        self._stop_unread_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing; no clock runs for a line that is gone."""
        self._stop_head_clock()
        self._stop_unread_clock()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        self._head_clock = None
        self.transport.close()

    def _stop_head_clock(self) -> None:
        if self._head_clock is not None:
            self._head_clock.cancel()
            self._head_clock = None

    def _stop_unread_clock(self) -> None:
        if self._unread_clock is not None:
            self._unread_clock.cancel()
            self._unread_clock = None
