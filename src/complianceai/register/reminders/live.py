"""The number beside the bell, live: one look at the database for everybody who watches from this process.

Thousands watch at once, so each costs as little as can be: one task that waits for its caller to go, and no clock. What
is to be said to anybody is said by the one loop that looks.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

import structlog
from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from complianceai.register.reminders.queries.alerts import unread_of, unread_of_one
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db
from complianceai.tenancy.access import InPerson

router = Router(include_in_schema=False)
LOOKS_EVERY_SECONDS = 3.0
# Then the browser comes anew by itself and shows again who it is: a session that ended hears nothing more. Up to a
# fifth more, so that those who came together, as after a restart, do not come together again.
LASTS_SECONDS = 300.0
# Proxies hang up on lines on which nothing is said for a minute.
SILENT_SECONDS = 40.0
# Whoever takes longer to take a few bytes hears no more, so that nobody waits for them.
SAID_WITHIN_SECONDS = 1.0
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Watcher:
    """Somebody who watches: how to tell them, what they heard last and when, and how long they are told."""

    send: Send
    count: int
    told_at: float
    ends_at: float
    is_lost: bool = False


class Bell:
    """Those who watch, and the loop that tells them."""

    def __init__(
        self,
        database: Database,
        every_seconds: float = LOOKS_EVERY_SECONDS,
        lasts_seconds: float = LASTS_SECONDS,
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        """A bell that looks at nothing until somebody watches."""
        self.database, self.every_seconds = database, every_seconds
        self.lasts_seconds, self.silent_seconds = lasts_seconds, silent_seconds
        self._watchers: dict[UUID, list[Watcher]] = defaultdict(list)
        self._looking: asyncio.Task[None] | None = None

    async def tell(self, person_id: UUID, count: int, receive: Receive, send: Send) -> None:
        """Nothing, once the caller has gone or has been told for long enough.

        They are told how many alerts of the person are unread: now, and whenever that changes.
        """
        now = monotonic()
        spread = 1 + person_id.int % 100 / 500
        mine = Watcher(send, count, now, now + self.lasts_seconds * spread)
        self._watchers[person_id].append(mine)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_on())
        try:
            await send(_message(b"data: %d\n\n" % count))
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._leave(person_id, mine)

    def _leave(self, person_id: UUID, mine: Watcher) -> None:
        self._watchers[person_id].remove(mine)
        if not self._watchers[person_id]:
            del self._watchers[person_id]
        if not self._watchers and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look_on(self) -> None:
        while True:
            await asyncio.sleep(self.every_seconds)
            try:
                async with asyncio.timeout(30), self.database.reading() as connection:
                    found = await unread_of(connection, list(self._watchers))
            except (SQLAlchemyError, OSError) as error:
                log.warning("bell.database_away", error=type(error).__name__)
                found = None
            now = monotonic()
            for person_id, watchers in list(self._watchers.items()):
                for each in list(watchers):
                    await self._say(each, None if found is None else found.get(person_id, 0), now)

    async def _say(self, to: Watcher, count: int | None, now: float) -> None:
        """Nothing; they were told the new number, that it is over, or that the line still stands, where it is time."""
        if to.is_lost:
            return
        if now > to.ends_at:
            to.is_lost = True  # whatever comes of the last word
            await self._send(to, b"", more=False)
        elif count is not None and count != to.count:
            to.count, to.told_at = count, now
            await self._send(to, b"data: %d\n\n" % count)
        elif now - to.told_at > self.silent_seconds:
            to.told_at = now
            await self._send(to, b":\n\n")

    async def _send(self, to: Watcher, text: bytes, *, more: bool = True) -> None:
        try:
            async with asyncio.timeout(SAID_WITHIN_SECONDS):
                await to.send(_message(text, more=more))
        except OSError:  # a timeout is one as well
            to.is_lost = True


class Ringing(StreamingResponse):
    """The reply that a bell keeps telling."""

    def __init__(self, bell: Bell, person_id: UUID, count: int) -> None:
        super().__init__((), media_type="text/event-stream", headers=HEADERS)
        self._told = bell, person_id, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as any reply is called
        """Tells until the caller goes or it is over."""
        bell, person_id, count = self._told
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await bell.tell(person_id, count, receive, send)


@router.get("/app/alerts/live")
async def watch(request: Request, scope: InPerson, database: Db) -> StreamingResponse:
    """How many alerts are unread, as events for the browser: at once, and whenever that changes."""
    bell = getattr(request.app.state, "bell", None)
    if bell is None:
        bell = request.app.state.bell = Bell(database)
    return Ringing(bell, scope.person.id, await unread_of_one(database, scope.person.id))


def _message(text: bytes, *, more: bool = True) -> dict[str, object]:
    return {"type": "http.response.body", "body": text, "more_body": more}
