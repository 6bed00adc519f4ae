"""The number beside the bell, live: one look at the database for everybody who watches from this process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from time import monotonic
from uuid import UUID

import structlog
from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import StreamingResponse

from complianceai.register.reminders.queries.alerts import unread_of
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db
from complianceai.tenancy.access import InPerson

router = Router(include_in_schema=False)
LOOKS_EVERY_SECONDS = 3.0
# Then the browser comes anew by itself and shows again who it is: a session that ended hears nothing more.
LASTS_SECONDS = 300.0
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

log = structlog.get_logger(__name__)


class Bell:
    """Those who watch, and what each of them heard last."""

    def __init__(self, database: Database, every_seconds: float = LOOKS_EVERY_SECONDS) -> None:
        """A bell that looks at nothing until somebody watches."""
        self.database, self.every_seconds = database, every_seconds
        self._watchers: dict[UUID, list[asyncio.Queue[int]]] = defaultdict(list)
        self._known: dict[UUID, int] = {}
        self._looking: asyncio.Task[None] | None = None

    async def counts(self, person_id: UUID, seconds: float) -> AsyncGenerator[int, None]:
        """How many alerts of the person are unread: now, and whenever that changes, for so many seconds."""
        ends_at = monotonic() + seconds
        mine: asyncio.Queue[int] = asyncio.Queue()
        self._watchers[person_id].append(mine)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_on())
        try:
            async with self.database.reading() as connection:
                last = (await unread_of(connection, [person_id])).get(person_id, 0)
            yield last
            while (left := ends_at - monotonic()) > 0:
                try:
                    count = await asyncio.wait_for(mine.get(), left)
                except TimeoutError:
                    return
                if count != last:
                    last = count
                    yield count
        finally:
            self._leave(person_id, mine)

    def _leave(self, person_id: UUID, mine: "asyncio.Queue[int]") -> None:
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
                async with self.database.reading() as connection:
                    found = await unread_of(connection, list(self._watchers))
            except (SQLAlchemyError, OSError) as error:
                log.warning("bell.database_away", error=type(error).__name__)
                continue
            for person_id, watchers in self._watchers.items():
                for each in watchers:
                    each.put_nowait(found.get(person_id, 0))


@router.get("/app/alerts/live")
async def watch(request: Request, scope: InPerson, database: Db) -> StreamingResponse:
    """How many alerts are unread, as events for the browser: at once, and whenever that changes."""
    bell = getattr(request.app.state, "bell", None)
    if bell is None:
        bell = request.app.state.bell = Bell(database)
    return StreamingResponse(_events(bell, scope.person.id), media_type="text/event-stream", headers=HEADERS)


async def _events(bell: Bell, person_id: UUID) -> AsyncIterator[str]:
    async with aclosing(bell.counts(person_id, LASTS_SECONDS)) as counts:
        async for count in counts:
            yield f"data: {count}\n\n"
