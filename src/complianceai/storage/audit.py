"""The trail of a company: who changed what, from where and when, numbered without gaps and chained by hash."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.deeds import Deed, note_done
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.storage.tables import Instant, metadata

# What the first row of every trail points back to.
BEGINNING = "0" * 64

# No foreign keys: the trail outlives whatever it tells of. Triggers refuse every update and delete (migration 0003).
audit = Table(
    "audit",
    metadata,
    Column("company_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50)),
    Column("address", String(45)),
    Column("request_id", String(64)),
    Column("deed", String(60), nullable=False),
    # Text and no JSON type: an engine that spells a number anew would break the hash.
    Column("before", Text),
    Column("after", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_person_id", "person_id"),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something, and from where; the name is kept as it was then."""

    person_id: UUID | None
    name: str | None
    address: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What was done, such as `company.edited`, and how things stood before and after; None is "there was nothing"."""

    deed: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a trail; `before` and `after` are canonical JSON."""

    company_id: UUID
    number: int
    at: datetime
    person_id: UUID | None
    person: str | None
    address: str | None
    request_id: str | None
    deed: str
    before: str | None
    after: str | None
    previous: str
    hash: str


async def hold_trail(connection: AsyncConnection, company_id: UUID) -> None:
    """Nothing; until the transaction ends nobody else adds to this trail, nor passes this line.

    The embedded engine has one writer at a time, so there the transaction itself is enough.
    """
    await hold_trails(connection, (company_id,))


async def hold_trails(connection: AsyncConnection, company_ids: Iterable[UUID]) -> None:
    """Nothing; `hold_trail` for many, always in one order, so that two who hold many never wait for each other."""
    if connection.dialect.name == "postgresql":
        keys = sorted(int.from_bytes(each.bytes[8:], "big", signed=True) for each in company_ids)
        every = literal(keys, ARRAY(BigInteger))
        key = func.unnest(every, type_=BigInteger).column_valued("key")
        await connection.execute(select(func.pg_advisory_xact_lock(key)))


async def add_to_trail(
    connection: AsyncConnection, company_id: UUID, actor: Actor, change: Change, now: datetime
) -> Entry:
    """The new last row of the company's trail, kept with the transaction's other changes or not at all."""
    await hold_trail(connection, company_id)
    sealed = _next(await last_entry(connection, company_id), company_id, actor, change, now)
    await connection.execute(insert(audit).values(_row(sealed)))
    note_done(connection, Deed(change.deed, actor.person_id, company_id, now))
    return sealed


async def add_to_trails(
    connection: AsyncConnection, actor: Actor, changes: Mapping[UUID, Change], now: datetime
) -> None:
    """Nothing; each of these trails has its row, in three statements however many they are."""
    if not changes:
        return
    await hold_trails(connection, changes)
    ends = select(audit.c.company_id, func.max(audit.c.number).label("number"))
    ends_of = ends.where(audit.c.company_id.in_(changes)).group_by(audit.c.company_id).subquery()
    same = (audit.c.company_id == ends_of.c.company_id) & (audit.c.number == ends_of.c.number)
    found = await fetch_all(connection, select(audit).join(ends_of, same), Entry)
    last = {each.company_id: each for each in found}
    rows = [_row(_next(last.get(key), key, actor, change, now)) for key, change in changes.items()]
    await connection.execute(insert(audit), rows)
    for key, change in changes.items():
        note_done(connection, Deed(change.deed, actor.person_id, key, now))


def _row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def _next(last: Entry | None, company_id: UUID, actor: Actor, change: Change, now: datetime) -> Entry:
    entry = Entry(
        company_id=company_id,
        number=last.number + 1 if last else 1,
        at=now,
        person_id=actor.person_id,
        person=actor.name,
        address=actor.address,
        request_id=actor.request_id,
        deed=change.deed,
        before=_text(change.before),
        after=_text(change.after),
        previous=last.hash if last else BEGINNING,
        hash="",
    )
    return replace(entry, hash=_hash_of(entry))


async def last_entry(connection: AsyncConnection, company_id: UUID) -> Entry | None:
    """The row that the next one will point back to, or None where the trail has not begun."""
    wanted = select(audit).where(audit.c.company_id == company_id).order_by(audit.c.number.desc()).limit(1)
    return await fetch_one(connection, wanted, Entry)


async def entries_after(
    connection: AsyncConnection, company_id: UUID, number: int, *, limit: int
) -> list[Entry]:
    """The rows after that number in their order, at most `limit` of them."""
    wanted = select(audit).where(audit.c.company_id == company_id, audit.c.number > number)
    return await fetch_all(connection, wanted.order_by(audit.c.number).limit(limit), Entry)


async def trails(connection: AsyncConnection) -> list[UUID]:
    """The id of every company that has a trail."""
    return list((await connection.execute(select(audit.c.company_id).distinct())).scalars())


def line_of(entry: Entry) -> str:
    """The row as one line of an export, hash and all.

    Errors: ValueError where `before` or `after` is no JSON any more.
    """
    return _canonical({**_plain(entry), "hash": entry.hash})


def closing_line(company_id: UUID, last: Entry | None) -> str:
    """The last line of an export, without which rows cut off its end would not be missed."""
    rows, head = (last.number, last.hash) if last else (0, BEGINNING)
    return _canonical({"closing": True, "company": str(company_id), "head": head, "rows": rows})


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "company": str(entry.company_id),
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": {"id": str(entry.person_id) if entry.person_id else None, "name": entry.person},
        "from": {"address": entry.address, "request": entry.request_id},
        "deed": entry.deed,
        "before": None if entry.before is None else json.loads(entry.before),
        "after": None if entry.after is None else json.loads(entry.after),
        "previous": entry.previous,
    }


def _hash_of(entry: Entry) -> str:
    return sha256(_canonical(_plain(entry)).encode()).hexdigest()


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else _canonical(value)


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
