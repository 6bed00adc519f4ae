"""What is a company's, read row by row in one order."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.operations.carrying.extent import Part
from complianceai.storage.audit import closing_line, entries_after, last_entry, line_of
from complianceai.tenancy.tables import companies, people

AT_ONCE = 1000


class Somebody(NamedTuple):
    """A person as the archive knows them."""

    id: UUID
    name: str
    email: str


class About(NamedTuple):
    """What an archive says of itself; of each table how many rows there are, and the sum over them."""

    company_id: UUID
    company: str
    version: str
    revision: str
    made_at: datetime
    tables: dict[str, tuple[int, str]]
    # Files that a row names, or did, and that the store had lost.
    missing: list[str]


async def rows_of(
    connection: AsyncConnection, part: Part, company_id: UUID
) -> AsyncIterator[list[dict[str, Any]]]:
    """The company's rows of the table by their key, a bounded number at a time."""
    wanted = select(*part.columns).where(part.of(company_id))
    result = await connection.stream(wanted.order_by(*part.table.primary_key.columns))
    async for some in result.mappings().partitions(AT_ONCE):
        yield [dict(row) for row in some]


async def trail_of(connection: AsyncConnection, company_id: UUID) -> AsyncIterator[list[bytes]]:
    """The lines of the trail, the one that closes it at the end."""
    last = await last_entry(connection, company_id)
    number = 0
    while found := await entries_after(connection, company_id, number, limit=AT_ONCE):
        yield [line_of(entry).encode() for entry in found]
        number = found[-1].number
    yield [closing_line(company_id, last).encode()]


async def people_of(connection: AsyncConnection, ids: Iterable[UUID]) -> list[Somebody]:
    """Those of them who have an account still, by their ids."""
    named, found = sorted(ids), []
    for first in range(0, len(named), AT_ONCE):
        wanted = select(people.c.id, people.c.name, people.c.email).where(
            people.c.id.in_(named[first : first + AT_ONCE])
        )
        found += [Somebody(*row) for row in await connection.execute(wanted.order_by(people.c.id))]
    return found


async def name_of(connection: AsyncConnection, company_id: UUID) -> str | None:
    """What the company is called; None where there is none."""
    wanted = select(companies.c.name).where(companies.c.id == company_id)
    return (await connection.execute(wanted)).scalar_one_or_none()
