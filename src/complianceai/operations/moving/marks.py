"""How far a move has come, kept in the target beside what was moved, so that no row is moved twice."""

from datetime import datetime

from sqlalchemy import Column, MetaData, String, Table, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.operations.moving.errors import CannotMove
from complianceai.storage.moving import MARKS
from complianceai.storage.tables import Instant, metadata

_OWN = MetaData()
marks = Table(
    MARKS,
    _OWN,
    Column("source", String(1000), nullable=False),
    Column("began_at", Instant, nullable=False),
)


async def has_begun(connection: AsyncConnection) -> bool:
    """Whether a move into this database has begun and not ended."""
    found = await connection.execute(text("SELECT to_regclass(:name)"), {"name": MARKS})
    return found.scalar() is not None


async def begin(connection: AsyncConnection, source: str, now: datetime) -> None:
    """Nothing; the database is marked as being filled from there, and its own guards stand aside meanwhile.

    Errors: CannotMove where it holds anything.
    """
    for table in metadata.sorted_tables:
        if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
            raise CannotMove(
                fault=f"the target holds other data ({table.name})", cure="Give an empty database."
            )
    await connection.run_sync(_OWN.create_all)
    await connection.execute(insert(marks).values(source=source, began_at=now))
    await _set_guards(connection, are_on=False)


async def check_source(connection: AsyncConnection, source: str) -> None:
    """Nothing, where the move that has begun is from the same source.

    Errors: CannotMove.
    """
    begun = (await connection.execute(select(marks.c.source))).scalar_one()
    if begun != source:
        raise CannotMove(
            fault=f"the target is half filled from {begun}", cure="End that move, or give an empty database."
        )
    await connection.execute(update(marks).values(source=source))


async def end(connection: AsyncConnection) -> None:
    """Nothing; the database's guards are back and it may be used."""
    await _set_guards(connection, are_on=True)
    await connection.run_sync(_OWN.drop_all)


async def _set_guards(connection: AsyncConnection, *, are_on: bool) -> None:
    # The triggers that keep the trail and approvals as they are: what is moved was guarded where it was written.
    verb = "ENABLE" if are_on else "DISABLE"
    for table in metadata.sorted_tables:
        name = connection.dialect.identifier_preparer.quote(table.name)
        await connection.execute(text(f"ALTER TABLE {name} {verb} TRIGGER USER"))
