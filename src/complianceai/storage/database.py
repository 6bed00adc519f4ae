"""The database of either engine, opened for short transactions."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from complianceai.storage.deeds import PLACE, Deed
from complianceai.storage.glances import SHARE, Glance, Glancing
from complianceai.storage.patience import UNHURRIED, Patience
from complianceai.storage.sqlite import prepare_engine
from complianceai.storage.urls import is_sqlite, read_url, sqlite_file

# Smaller than the load it starves the waiters (docs/decisions/0001-stack.md); on PostgreSQL an idle slot costs nothing.
SERVER_POOL_SIZE = 32
# Each connection to the embedded engine is a thread, and only one of them writes at a time.
EMBEDDED_POOL_SIZE = 8


class Database:
    """One pool of connections, and the two ways to use it: to read, and to write.

    An action opens one short transaction and a page one reading; neither stays open while other things are waited for.
    """

    def __init__(self, url: str, *, pool_size: int | None = None, patience: Patience = UNHURRIED) -> None:
        """A database at the address; nothing is opened until it is used."""
        self.url = read_url(url)
        self.patience = patience
        self.is_sqlite = is_sqlite(self.url)
        size = pool_size or (EMBEDDED_POOL_SIZE if self.is_sqlite else SERVER_POOL_SIZE)
        # Together they are no more than what the server was said to give.
        glancing = 0 if self.is_sqlite else max(1, size // SHARE)
        self.engine = self._make_engine(max(1, size - glancing))
        self._glancing = Glancing(self.engine, glancing, patience)
        # The embedded engine has one writer: to wait here is fair and wakes at once, its own busy wait does neither.
        self._writing = asyncio.Lock() if self.is_sqlite else None
        # Told of what was done, once it is kept (`storage.deeds`).
        self.on_done: Callable[[Sequence[Deed]], None] | None = None

    @property
    def place(self) -> str:
        """Where the database is, as a person would say it: its file, or its server's address without the password."""
        file = sqlite_file(self.url)
        plain = self.url.set(drivername=self.url.get_backend_name())
        return str(file) if file else plain.render_as_string(hide_password=True)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together when the block ends, or not at all when it raises."""
        done: list[Deed] = []
        async with AsyncExitStack() as stack:
            if self._writing is not None:
                await self._take_turn(self._writing)
                stack.callback(self._writing.release)
            connection = await stack.enter_async_context(self.engine.connect())
            await connection.execution_options(complianceai_writes=True)
            await stack.enter_async_context(connection.begin())
            connection.info[PLACE] = done
            yield connection
        if done and self.on_done is not None:
            self.on_done(done)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for selects that see one state of the database; it holds up no writer."""
        async with self.engine.connect() as connection, connection.begin():
            yield connection

    async def glance(self, wanted: Glance, **given: Any) -> Sequence[Any]:
        """Every row of a select that is asked often, with those values; a reading of its own."""
        return await self._glancing.ask(wanted, given)

    async def ping(self) -> None:
        """Nothing, once the database has answered a question; raises what it raised where it does not."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Nothing; every connection is given back."""
        await self._glancing.close()
        await self.engine.dispose()

    async def _take_turn(self, writing: asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(self.patience.lock):
                await writing.acquire()
        except TimeoutError as error:
            raise NoneFree(f"other writers took longer than {self.patience.lock:g} s") from error

    def _make_engine(self, size: int) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=self.patience.free,
            # One more way to the server each time, for which nobody is refused after it was restarted (docs/limits.md).
            pool_pre_ping=not self.is_sqlite,
            connect_args={} if self.is_sqlite else self.patience.of_server,
            hide_parameters=True,
        )
        if self.is_sqlite:
            prepare_engine(engine, self.patience.lock)
        return engine
