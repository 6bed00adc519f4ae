"""Selects that are asked again and again: made once, and asked on PostgreSQL without a transaction around each.

To make a select costs several times what asking it does, and a transaction of one select is two more ways to the server
and back (docs/decisions/0012-glances.md). What is written never goes through here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Dialect, Select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine

from complianceai.storage.patience import Patience

if TYPE_CHECKING:
    from asyncpg import Connection

_DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]

# One in so many connections is for glances, which hold each for a moment only.
SHARE = 4


class Glance:
    """A select that is made once; whoever asks it names the values of its `bindparam`s.

    Rows come back as plain sequences, by position, without any type's work on results: no JSON is selected so.
    """

    __slots__ = ("_asked", "select")

    def __init__(self, select: Select[Any]) -> None:
        self.select = select
        self._asked: tuple[str, tuple[tuple[str | None, Any], ...]] | None = None

    def on_postgresql(self, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The statement as the server takes it, and its values in their order.

        Errors: KeyError for a value that was given the first time and is not now.
        """
        if self._asked is None:
            self._asked = self._compile(given)
        text, wanted = self._asked
        return text, [fixed if name is None else given[name] for name, fixed in wanted]

    def _compile(self, given: Mapping[str, Any]) -> tuple[str, tuple[tuple[str | None, Any], ...]]:
        """The text, and of each value either its name or, where the select itself has it, the value."""
        # The lists of values that `in_` was given become one value each.
        state = self.select.compile(dialect=_DIALECT).construct_expanded_state(given)
        kept: list[tuple[str | None, Any]] = []
        places: list[str] = []
        for name in state.positiontup or ():
            plain = None if name in given else _written(state.parameters[name])
            if plain is None:
                kept.append((name, None) if name in given else (None, state.parameters[name]))
            places.append(plain or f"${len(kept)}")
        text = _PLACE.sub(lambda found: places[int(found[1]) - 1], state.statement)
        return text, tuple(kept)


_PLACE = re.compile(r"\$(\d+)")
_HARMLESS = re.compile(r"[A-Za-z0-9_ -]*")


def _written(value: object) -> str | None:
    """The value as it stands in a statement, where it is a number, a day or a plain word; None for anything else.

    A hundred values that never change would be sent with every request.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"'{value.isoformat()}'"
    return f"'{value}'" if isinstance(value, str) and _HARMLESS.fullmatch(value) else None


class Glancing:
    """The connections through which glances are asked, each opened when there is none to spare.

    Plainer than the engine's pool and hence several times cheaper: nothing is begun, tried or put back around a select.
    """

    def __init__(self, engine: AsyncEngine, size: int, patience: Patience) -> None:
        self._engine, self._patience = engine, patience
        self._slots = asyncio.Semaphore(max(1, size))
        self._spare: list[Connection] = []

    async def ask(self, glance: Glance, given: Mapping[str, Any]) -> Sequence[Any]:
        """Every row of the select with those values.

        Errors: sqlalchemy.exc.TimeoutError where no connection came free; those of the driver.
        """
        if self._engine.dialect.name == "sqlite":
            async with self._engine.connect() as connection:
                found: Sequence[Any] = (await connection.execute(glance.select, given)).all()
            return found
        text, values = glance.on_postgresql(given)
        await self._take_slot()
        try:
            return await self._fetch(text, values)
        except _lost():
            # The server went away meanwhile, which is found out by asking; to read once more does no harm.
            self._drop()
            return await self._fetch(text, values)
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Nothing; the connections are given back."""
        while self._spare:
            await self._spare.pop().close()

    async def _take_slot(self) -> None:
        if not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            async with asyncio.timeout(self._patience.free):
                await self._slots.acquire()
        except TimeoutError as error:
            raise NoneFree(f"no connection for glances within {self._patience.free:g} s") from error

    async def _fetch(self, text: str, values: list[Any]) -> Sequence[Any]:
        connection = self._spare.pop() if self._spare else await self._connect()
        try:
            found = await connection.fetch(text, *values)
        except BaseException:
            # Also when the asker was stopped: nobody can say where such a connection stands.
            connection.terminate()
            raise
        self._spare.append(connection)
        return found

    async def _connect(self) -> Connection:
        from asyncpg import connect  # noqa: PLC0415 - for servers alone

        _, options = self._engine.dialect.create_connect_args(self._engine.url)
        return await connect(**options, **self._patience.of_server)

    def _drop(self) -> None:
        while self._spare:
            self._spare.pop().terminate()


@lru_cache
def _lost() -> tuple[type[Exception], ...]:
    from asyncpg import exceptions as told  # noqa: PLC0415 - for servers alone

    # By the server's own word, or by what the driver makes of a line that ended in the middle of something.
    ended = (
        told.AdminShutdownError,
        told.CrashShutdownError,
        told.PostgresConnectionError,
        told.InterfaceError,
        told.InternalClientError,
    )
    return *ended, ConnectionError
