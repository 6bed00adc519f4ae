"""The tasks of every company re-dated by one extension: those that it is about, and no others."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import catalogue
from complianceai.catalogue import Catalogue
from complianceai.register.doubts import profile_of
from complianceai.register.edition.recorded import Extension
from complianceai.register.errors import FactsFaulty
from complianceai.register.tables import unsure_facts
from complianceai.register.tasks.keeping import law_mark
from complianceai.register.tasks.sync import MARGIN_MONTHS, Change, Known
from complianceai.register.tasks.tables import registers, tasks
from complianceai.register.tasks.wanted import STATUTORY, Wanted, of_the_law
from complianceai.register.tasks.writing import KNOWN, as_known, rewrite
from complianceai.rules import calendar
from complianceai.storage.audit import Actor, add_to_trails, hold_trails
from complianceai.storage.audit import Change as Told
from complianceai.storage.database import Database
from complianceai.tenancy.tables import companies

# Companies a transaction: enough that statements are few, few enough that nobody waits long for their own.
AT_ONCE = 500
# Further than any extension has carried a date, as the sync allows for too.
MARGIN = timedelta(days=31 * MARGIN_MONTHS)


@dataclass(frozen=True, slots=True)
class Moved:
    """How many tasks of how many companies moved."""

    tasks: int = 0
    companies: int = 0


async def move_dates(database: Database, extension: Extension, deed: str, now: datetime) -> Moved:
    """What moved. The law of this process has the extension already, or has it no longer.

    A task that a person filed or waived keeps its state; a company whose facts the rules no longer take is left alone.
    """
    known_law = law_mark()
    affected = _affected(catalogue.load(), extension.obligation_id)
    async with database.reading() as connection:
        ids = await _companies_with(connection, affected)
    found = Moved()
    for start in range(0, len(ids), AT_ONCE):
        async with database.transaction() as connection:
            moved = await _move(connection, ids[start : start + AT_ONCE], affected, (extension, deed), now)
        found = Moved(found.tasks + moved.tasks, found.companies + moved.companies)
    assert known_law == law_mark()  # noqa: S101 - two extensions at once are the caller's mistake
    return found


async def carry_marks(connection: AsyncConnection, before: str) -> None:
    """Nothing; a register that was in step with the law before is in step with the law of now: only dates moved."""
    marked = update(registers).where(registers.c.law == before).values(law=law_mark())
    await connection.execute(marked)


async def _companies_with(connection: AsyncConnection, affected: Collection[str]) -> Sequence[UUID]:
    wanted = select(tasks.c.company_id).where(tasks.c.obligation_id.in_(affected), tasks.c.kind == STATUTORY)
    return (await connection.execute(wanted.distinct().order_by(tasks.c.company_id))).scalars().all()


async def _move(
    connection: AsyncConnection,
    ids: Sequence[UUID],
    affected: frozenset[str],
    why: tuple[Extension, str],
    now: datetime,
) -> Moved:
    await hold_trails(connection, ids)
    known = await _known_of(connection, ids, affected)
    facts = await _facts_of(connection, ids)
    changes: dict[UUID, list[Change]] = {}
    for company_id, theirs in known.items():
        raw, unsure = facts[company_id]
        if found := list(_changes(theirs, raw, unsure, affected)):
            changes[company_id] = found
    await rewrite(connection, [each for found in changes.values() for each in found], now)
    told = {company_id: _told(found, why) for company_id, found in changes.items()}
    await add_to_trails(connection, Actor(None, None), told, now)
    return Moved(sum(map(len, changes.values())), len(changes))


async def _known_of(
    connection: AsyncConnection, ids: Sequence[UUID], affected: Collection[str]
) -> Mapping[UUID, list[Known]]:
    wanted = KNOWN.add_columns(tasks.c.company_id).where(
        tasks.c.company_id.in_(ids), tasks.c.obligation_id.in_(affected), tasks.c.lapse.is_(None)
    )
    found: dict[UUID, list[Known]] = {}
    for row in await connection.execute(wanted):
        found.setdefault(row.company_id, []).append(as_known(row[:-1]))
    return found


async def _facts_of(
    connection: AsyncConnection, ids: Sequence[UUID]
) -> Mapping[UUID, tuple[Mapping[str, Any], list[str]]]:
    rows = await connection.execute(
        select(companies.c.id, companies.c.profile).where(companies.c.id.in_(ids))
    )
    facts: dict[UUID, tuple[Mapping[str, Any], list[str]]] = {each.id: (each.profile, []) for each in rows}
    paths = select(unsure_facts.c.company_id, unsure_facts.c.path).where(unsure_facts.c.company_id.in_(ids))
    for company_id, path in await connection.execute(paths):
        facts[company_id][1].append(path)
    return facts


def _changes(
    theirs: Sequence[Known], raw: Mapping[str, Any], unsure: Collection[str], affected: frozenset[str]
) -> Iterator[Change]:
    try:
        profile = profile_of(raw, unsure)
    except FactsFaulty:
        return
    days = [known.wanted.due_date for known in theirs]
    found = calendar(_part(catalogue.load(), affected), profile, min(days) - MARGIN, max(days) + MARGIN)
    wanted = {each.key: each for each in of_the_law(found.occurrences)}
    for known in theirs:
        now_wanted = wanted.get(known.wanted.key)
        if now_wanted is not None and _moved(known.wanted, now_wanted):
            yield Change(known, now_wanted)


def _moved(before: Wanted, after: Wanted) -> bool:
    return before.dates != after.dates or before.extended_by != after.extended_by


def _told(found: Iterable[Change], why: tuple[Extension, str]) -> Told:
    extension, deed = why
    moved = {
        each.wanted.key: [each.known.wanted.due_date.isoformat(), each.wanted.due_date.isoformat()]
        for each in found
    }
    return Told(
        deed, None, {"extension": str(extension.id), "instrument": extension.instrument, "moved": moved}
    )


@lru_cache(maxsize=8)
def _affected(law: Catalogue, obligation_id: str) -> frozenset[str]:
    """The duty, and those whose dates hang on its dates."""
    found = {obligation_id}
    while more := {each for each in law.obligations if each not in found and _named_by(law, each) & found}:
        found |= more
    return frozenset(found)


@lru_cache(maxsize=8)
def _part(law: Catalogue, affected: frozenset[str]) -> Catalogue:
    """As much of the law as the dates of these duties need."""
    needed = set(affected)
    while more := {name for each in needed for name in _named_by(law, each)} - needed:
        needed |= more
    return law._replace(
        obligations={name: law.obligations[name] for name in law.obligations if name in needed}
    )


def _named_by(law: Catalogue, obligation_id: str) -> set[str]:
    schedules = law.obligations[obligation_id].schedules
    return {name for schedule in schedules for name in _duties_in(schedule.due) if name in law.obligations}


def _duties_in(rule: Any) -> Iterator[str]:
    if isinstance(rule, Mapping):
        if isinstance(rule.get("duty"), str):
            yield rule["duty"]
        for value in rule.values():
            yield from _duties_in(value)
    elif isinstance(rule, list | tuple):
        for value in rule:
            yield from _duties_in(value)
