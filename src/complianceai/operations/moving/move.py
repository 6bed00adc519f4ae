"""Every row from the embedded database to a server, a batch a transaction, and the proof that all arrived."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.operations.moving import marks
from complianceai.operations.moving.errors import CannotMove, MovedOtherwise
from complianceai.operations.moving.rows import batches, sum_of
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.storage.tables import metadata
from complianceai.storage.urls import sqlite_file

# Told the table, and how many rows of all are there by now.
Progress: TypeAlias = Callable[[str, int, int], None]


class Moved(NamedTuple):
    """What arrived: a count of rows and the sum over them for each table, the same on both sides."""

    tables: dict[str, tuple[int, str]]
    # How many rows this attempt moved; fewer than there are, where an earlier one was cut off.
    rows_now: int

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(count for count, _ in self.tables.values())


async def move(source: Database, target: Database, now: datetime, tell: Progress) -> Moved:
    """What arrived, once every row of the source is in the target and was compared; the source is as it was.

    Errors: CannotMove; MovedOtherwise; those of `storage.migrate`.
    """
    file = sqlite_file(source.url)
    if file is None or target.is_sqlite:
        raise CannotMove(fault="it goes from SQLite to PostgreSQL", cure="Check the two addresses.")
    async with target.reading() as connection:
        has_begun = await marks.has_begun(connection)
    if not has_begun:
        await migrate(target)
    async with _held(file):
        await _begin(target, str(file.absolute()), now, has_begun=has_begun)
        rows_now = await _move_all(source, target, tell)
        tables = await _compare(source, target)
        async with target.transaction() as connection:
            await marks.end(connection)
    return Moved(tables, rows_now)


async def _begin(target: Database, source: str, now: datetime, *, has_begun: bool) -> None:
    async with target.transaction() as connection:
        if has_begun:
            await marks.check_source(connection, source)
        else:
            await marks.begin(connection, source, now)


async def _move_all(source: Database, target: Database, tell: Progress) -> int:
    moved = 0
    async with source.reading() as reading:
        counts = {table.name: await _count(reading, table) for table in metadata.sorted_tables}
        there, all_rows = 0, sum(counts.values())
        for table in metadata.sorted_tables:
            async with target.reading() as connection:
                done = await _count(connection, table)
            there += done
            if done < counts[table.name]:
                async for rows in batches(reading, table, leaving_out=done):
                    async with target.transaction() as connection:
                        await connection.execute(insert(table), rows)
                    moved, there = moved + len(rows), there + len(rows)
                    tell(table.name, there, all_rows)
    return moved


async def _compare(source: Database, target: Database) -> dict[str, tuple[int, str]]:
    found, wrong = {}, []
    async with source.reading() as here, target.reading() as there:
        for table in metadata.sorted_tables:
            expected, arrived = await asyncio.gather(sum_of(here, table), sum_of(there, table))
            found[table.name] = arrived
            if expected != arrived:
                wrong.append(f"{table.name}: {expected[0]} rows here, {arrived[0]} there")
    if wrong:
        raise MovedOtherwise(differences="; ".join(wrong))
    return found


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


@asynccontextmanager
async def _held(file: Path) -> AsyncIterator[None]:
    """Nobody writes to the file while the block lasts; nothing in it is changed by that."""
    held = await asyncio.to_thread(_hold, file)
    try:
        yield
    finally:
        held.rollback()
        held.close()


def _hold(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise CannotMove(fault=f"{file} is in use ({error})", cure="Stop the product first.") from error
    return connection
