"""A company of an archive put into a database where it is not, all of it or nothing."""

import json
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Column, bindparam, exists, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.operations.carrying.errors import CannotImport
from complianceai.operations.carrying.extent import (
    COMPANIES,
    TRAIL,
    Part,
    names_a_person,
    needs_a_person,
    parts_of,
)
from complianceai.operations.carrying.gathering import rows_of, trail_of
from complianceai.operations.carrying.persons import Met, meet
from complianceai.operations.carrying.spelling import MODULUS, line_of, number_of
from complianceai.operations.carrying.unpacking import Archive
from complianceai.storage.audit import Actor, Change, add_to_trail, audit
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.tables import companies

BATCH = 500
T = TypeVar("T")


class Imported(NamedTuple):
    """What came in, and the addresses of those who have no account here yet."""

    company_id: UUID
    company: str
    rows: int
    files: int
    new_people: list[str]


async def place(
    archive: Archive,
    rows: Archive,
    database: Database,
    files: Files,
    now: datetime,
    *,
    accept_unverified: bool = False,
) -> Imported:
    """What came in, once every row was read back and found the same; otherwise nothing did.

    `rows` is the archive itself, or what became of it on its way to the present schema.

    Errors: ArchiveUnreadable; CannotImport; FilesUnreachable.
    """
    about, area = rows.about, str(rows.about.company_id)
    await _check_free(database, about.company_id)
    try:
        count = await _put_files(archive, files)
        async with database.transaction() as connection:
            met = await fill(connection, rows, now, accept_unverified=accept_unverified)
            await _compare(connection, rows, met.ids)
            told = {"made_at": about.made_at.isoformat(), "version": about.version}
            change = Change("company.imported", None, told)
            await add_to_trail(connection, about.company_id, Actor(None, None), change, now)
    except BaseException as error:
        await files.forget_area(area)
        if isinstance(error, DBAPIError):
            raise CannotImport(fault=_cause(error), cure="Look at what is here already.") from error
        raise
    coming = {part.table.name for part in _coming()}
    number = sum(count for name, (count, _) in about.tables.items() if name in coming)
    return Imported(about.company_id, about.company, number, count, met.new)


async def fill(
    connection: AsyncConnection, archive: Archive, now: datetime, *, accept_unverified: bool
) -> Met:
    """Who the people are here; every row is in.

    Errors: ArchiveUnreadable; CannotImport.
    """
    coming = _coming()
    needed = _needed(archive, coming)
    told = [each for each in archive.people() if each.id in needed]
    met = await meet(connection, told, now, accept_unverified=accept_unverified)
    for part in coming:
        for rows in _batches(_read(archive, part, met.ids)):
            await connection.execute(insert(part.table), [_at_first(part, row) for row in rows])
    for part in coming:
        if part.at_first:
            await _set_right(connection, archive, part, met.ids)
    for lines in _batches(archive.trail()):
        await connection.execute(insert(audit), [_entry(row) for row in lines])
    return met


def _coming() -> list[Part]:
    return [part for part in parts_of() if not part.is_told_only]


async def _check_free(database: Database, company_id: UUID) -> None:
    there = select(
        exists().where(companies.c.id == company_id), exists().where(audit.c.company_id == company_id)
    )
    async with database.reading() as connection:
        is_here, was_here = (await connection.execute(there)).one()
    if is_here:
        raise CannotImport(
            fault="the company is here already", cure="Delete it, or import into another installation."
        )
    if was_here:
        raise CannotImport(
            fault="the company was here before, and its trail is here for good",
            cure="Import into another installation.",
        )


def _needed(archive: Archive, coming: list[Part]) -> set[UUID]:
    """Those without whom some row cannot be; what only tells of somebody needs no account."""
    found: set[UUID] = set()
    for part in coming:
        names = [each.name for each in part.columns if needs_a_person(each)]
        if names:
            for row in archive.rows(part.table.name, _columns(part)):
                found.update(row[name] for name in names if row.get(name) is not None)
    return found


def _read(archive: Archive, part: Part, ids: Mapping[UUID, UUID]) -> Iterator[dict[str, Any]]:
    persons = [each.name for each in part.columns if names_a_person(each)]
    for row in archive.rows(part.table.name, _columns(part)):
        if part.table.name == COMPANIES and row.get("id") != archive.about.company_id:
            archive.refuse("it holds another company than it says")
        if row.get("company_id", archive.about.company_id) != archive.about.company_id:
            archive.refuse(f"{part.table.name} has a row of another company")
        yield {**row, **{name: ids.get(row[name], row[name]) for name in persons if row.get(name)}}


def _at_first(part: Part, row: Mapping[str, Any]) -> dict[str, Any]:
    fillers = {each.name: secrets.token_hex(32) for each in part.fillers}
    held = {name: value for name, value in part.at_first.items() if name in row}
    return {**row, **fillers, **held}


async def _set_right(
    connection: AsyncConnection, archive: Archive, part: Part, ids: Mapping[UUID, UUID]
) -> None:
    held, key = part.at_first, [each.name for each in part.table.primary_key.columns]
    wanted = update(part.table).where(*(part.table.c[name] == bindparam(f"of_{name}") for name in key))
    changed = (
        row
        for row in _read(archive, part, ids)
        if any(row.get(name) != value for name, value in held.items())
    )
    for rows in _batches(changed):
        values = [{name: row[name] for name in held if name in row} for row in rows]
        keys = [{f"of_{name}": row[name] for name in key} for row in rows]
        given = [{**of, **value} for of, value in zip(keys, values, strict=True)]
        await connection.execute(wanted.values({name: bindparam(name) for name in values[0]}), given)


async def _compare(connection: AsyncConnection, archive: Archive, ids: Mapping[UUID, UUID]) -> None:
    """Nothing, where what is here now, with the people called what they were there, is what the archive has."""
    back = {here: there for there, here in ids.items()}
    found = {
        part.table.name: await _sum(_lines(connection, part, archive.about.company_id, back))
        for part in _coming()
    }
    found[TRAIL] = await _sum(trail_of(connection, archive.about.company_id))
    expected = archive.about.tables
    wrong = sorted(name for name in found if found[name] != expected.get(name, (0, f"{0:016x}")))
    if wrong:
        raise CannotImport(
            fault=f"{', '.join(wrong)} came in otherwise than the archive has it",
            cure="The archive was changed, or does not fit this database.",
        )


async def _lines(
    connection: AsyncConnection, part: Part, company_id: UUID, back: Mapping[UUID, UUID]
) -> AsyncIterator[list[bytes]]:
    persons = [each.name for each in part.columns if names_a_person(each)]
    async for rows in rows_of(connection, part, company_id):
        yield [line_of({**row, **{name: back.get(row[name], row[name]) for name in persons}}) for row in rows]


async def _sum(batches: AsyncIterator[list[bytes]]) -> tuple[int, str]:
    count = total = 0
    async for lines in batches:
        count, total = count + len(lines), total + sum(map(number_of, lines))
    return count, f"{total % MODULUS:016x}"


async def _put_files(archive: Archive, files: Files) -> int:
    count = 0
    for content, size in archive.files():
        kept = await files.keep(
            str(archive.about.company_id), _pieces(archive.pieces(content)), limit_bytes=size
        )
        if kept.hash != content:
            archive.refuse(f"the file {content} is not what its name says")
        count += 1
    return count


async def _pieces(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    person = row["person"]["id"]
    return {
        "company_id": UUID(row["company"]),
        "number": row["number"],
        "at": datetime.fromisoformat(row["at"]),
        "person_id": UUID(person) if person else None,
        "person": row["person"]["name"],
        "address": row["from"]["address"],
        "request_id": row["from"]["request"],
        "deed": row["deed"],
        "before": _text(row["before"]),
        "after": _text(row["after"]),
        "previous": row["previous"],
        "hash": row["hash"],
    }


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _columns(part: Part) -> dict[str, Column[Any]]:
    return {each.name: each for each in part.columns}


def _batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(rows, BATCH)):
        yield some


def _cause(error: DBAPIError) -> str:
    return str(error.orig).splitlines()[0] if error.orig is not None else str(error)
