"""The tasks of a company kept in step with what it owes: one transaction, and one row of the trail where it changed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import catalogue
from complianceai.base.clock import date_in_india
from complianceai.register.doubts import calendar_of
from complianceai.register.edition.recorded import edition, is_taken_up, keep_up, take_up
from complianceai.register.errors import FactsFaulty
from complianceai.register.tables import unsure_facts
from complianceai.register.tasks.sync import (
    Plan,
    Span,
    plan_sync,
    span_of,
)
from complianceai.register.tasks.tables import custom_duties, notices, registers, tasks
from complianceai.register.tasks.wanted import (
    CustomDuty,
    NoticeDates,
    Wanted,
    of_custom,
    of_notices,
    of_the_law,
)
from complianceai.register.tasks.writing import KNOWN, as_known, write_plan
from complianceai.storage import audit
from complianceai.storage.audit import Actor, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_one
from complianceai.tenancy.policies import Role
from complianceai.tenancy.practice_tables import engagements
from complianceai.tenancy.scope import grant_asked
from complianceai.tenancy.tables import companies, members

T = TypeVar("T")
Read: TypeAlias = Callable[[AsyncConnection], Awaitable[T]]

log = structlog.get_logger(__name__)

NOBODY = Actor(None, None)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a company's tasks were last brought in step with; None before the first sync."""

    id: UUID
    version: int
    edition: int
    engaged_from: date | None
    engaged_until: date | None
    company_version: int | None
    law: str | None
    window_start: date | None
    window_end: date | None
    kept_from: date | None
    kept_until: date | None

    def span(self, today: date) -> Span:
        """The window on a day."""
        return span_of(today, self.engaged_from, self.engaged_until)

    def is_in_step(self, today: date) -> bool:
        """Whether a sync would find nothing new."""
        span = self.span(today)
        kept = (self.company_version, self.law, self.window_start, self.window_end)
        days = (self.kept_from, self.kept_until)
        return kept == (self.version, law_mark(), span.start, span.end) and days == span[2:]


@dataclass(frozen=True, slots=True)
class _Facts(_Mark):
    """A company as the sync needs it."""

    profile: dict[str, Any]


def law_mark() -> str:
    """What tells this state of the catalogue from every other."""
    return catalogue.load().digest[:64]


async def bring_in_step(connection: AsyncConnection, company_id: UUID, actor: Actor, now: datetime) -> Plan:
    """What was changed of the company's tasks so that they are what it owes now.

    Errors: FactsFaulty where the rules no longer take its profile.
    """
    await hold_trail(connection, company_id)
    await keep_up(connection)
    wanted = _joined(_marks().add_columns(companies.c.profile)).where(companies.c.id == company_id)
    facts = await fetch_one(connection, wanted, _Facts)
    if facts is None:
        return Plan()
    span = facts.span(date_in_india(now))
    plan = plan_sync(
        [as_known(row) for row in await connection.execute(KNOWN.where(tasks.c.company_id == company_id))],
        await _wanted(connection, facts, span),
        span,
    )
    await write_plan(connection, company_id, plan, now)
    await _keep_mark(connection, facts, span, now)
    if plan.changes:
        change = audit.Change("tasks.synced", None, _told(plan))
        await add_to_trail(connection, company_id, actor, change, now)
    return plan


async def follow(connection: AsyncConnection, company_id: UUID, actor: Actor, now: datetime) -> None:
    """Nothing; the company's tasks follow its facts. It is what `tenancy.followers` is given.

    Errors: FactsFaulty where new facts are not taken; old ones that the rules no longer take stand in nobody's way.
    """
    try:
        await bring_in_step(connection, company_id, actor, now)
    except FactsFaulty as faulty:
        if await _are_facts_new(connection, company_id):
            raise
        log.warning("register.facts_faulty", company_id=str(company_id), fault=str(faulty))


async def _are_facts_new(connection: AsyncConnection, company_id: UUID) -> bool:
    mark = await fetch_one(connection, _joined(_marks()).where(companies.c.id == company_id), _Mark)
    return mark is not None and mark.company_version != mark.version


async def read_in_step(database: Database, company_id: UUID, now: datetime, read: Read[T]) -> T:
    """What is read of a company's tasks, once they are by the law and on the window of today.

    Errors: those of what reads, before anything is written.
    """
    async with database.reading() as connection:
        found = await read(connection)
        if await _is_in_step(connection, company_id, now):
            return found
    await keep_in_step(database, company_id, now)
    async with database.reading() as connection:
        return await read(connection)


async def keep_in_step(database: Database, company_id: UUID, now: datetime) -> None:
    """Nothing, once the tasks are by the law and on the window of today; nearly always that is one look.

    A company whose facts the rules no longer take keeps its tasks as they are, and the log says so.
    """
    async with database.reading() as connection:
        if await _is_in_step(connection, company_id, now):
            return
    try:
        async with database.transaction() as connection:
            await bring_in_step(connection, company_id, NOBODY, now)
    except FactsFaulty as faulty:
        log.warning("register.facts_faulty", company_id=str(company_id), fault=str(faulty))


async def _is_in_step(connection: AsyncConnection, company_id: UUID, now: datetime) -> bool:
    mark = await fetch_one(connection, _joined(_marks()).where(companies.c.id == company_id), _Mark)
    if mark is not None and not is_taken_up(mark.edition):
        await take_up(connection)
    return mark is None or mark.is_in_step(date_in_india(now))


async def keep_all_in_step(database: Database, now: datetime) -> int:
    """How many companies were not in step and were brought there; what a schedule calls once a day."""
    async with database.reading() as connection:
        await keep_up(connection)
        wanted = _joined(select(companies.c.id)).where(_is_stale(date_in_india(now)))
        ids = list((await connection.execute(wanted)).scalars())
    for company_id in ids:
        await keep_in_step(database, company_id, now)
    return len(ids)


def _is_stale(today: date) -> ColumnElement[bool]:
    return or_(
        registers.c.company_version.is_(None),
        registers.c.company_version != companies.c.version,
        registers.c.law != law_mark(),
        registers.c.window_end != span_of(today, None, None).end,
        registers.c.kept_from.is_distinct_from(_ENGAGED_FROM),
        registers.c.kept_until.is_distinct_from(_ENGAGED_UNTIL),
    )


_ENGAGED_FROM = func.coalesce(registers.c.engaged_from, engagements.c.starts_on)
_ENGAGED_UNTIL = func.coalesce(registers.c.engaged_until, engagements.c.ends_on)
_KEPT = ("company_version", "law", "window_start", "window_end", "kept_from", "kept_until")


def _marks() -> Select[Any]:
    days = _ENGAGED_FROM.label("engaged_from"), _ENGAGED_UNTIL.label("engaged_until")
    number = edition().label("edition")
    return select(companies.c.id, companies.c.version, number, *days, *(registers.c[name] for name in _KEPT))


def _joined(wanted: Select[Any]) -> Select[Any]:
    # A company with an owner of its own keeps its register whoever serves it; the dates of a practice's engagement
    # bound the register of a company that only the practice looks after.
    owner = exists().where(members.c.company_id == companies.c.id, members.c.role == Role.OWNER.value)
    serves = (engagements.c.company_id == companies.c.id) & engagements.c.closed_at.is_(None) & ~owner
    own = registers.c.company_id == companies.c.id
    joined = companies.join(registers, own, isouter=True).join(engagements, serves, isouter=True)
    return wanted.select_from(joined)


# For glances: by the order of the marks, and what the person is in the company; nothing where they are nothing there.
standing_asked = (
    _joined(_marks().add_columns(grant_asked.c.role))
    .join(grant_asked, grant_asked.c.company_id == companies.c.id)
    .where(companies.c.id == bindparam("company_id", type_=Uuid))
    .subquery("standing")
)
MARKS = len(standing_asked.c) - 1


def are_in_step(marks: Sequence[Any], now: datetime) -> bool:
    """Whether tasks of which that much is marked are by the law and on the window of today."""
    mark = _Mark(*marks)
    return is_taken_up(mark.edition) and _is_in_step_on(mark, date_in_india(now), law_mark())


@lru_cache(maxsize=1024)
def _is_in_step_on(mark: _Mark, today: date, _law: str) -> bool:
    # Asked with every list, and the same until a mark, the day or the law changes.
    return mark.is_in_step(today)


async def _wanted(connection: AsyncConnection, facts: _Facts, span: Span) -> list[Wanted]:
    unsure = select(unsure_facts.c.path).where(unsure_facts.c.company_id == facts.id)
    paths = (await connection.execute(unsure)).scalars().all()
    duties = select(*(custom_duties.c[name] for name in CustomDuty._fields))
    own = await connection.execute(duties.where(custom_duties.c.company_id == facts.id))
    dates = select(*(notices.c[name] for name in NoticeDates._fields))
    told = await connection.execute(dates.where(notices.c.company_id == facts.id))
    _, found = calendar_of(facts.profile, paths, *span.asked)
    return [
        *of_the_law(found.occurrences),
        *of_custom([CustomDuty(*row) for row in own], span.end),
        *of_notices([NoticeDates(*row) for row in told]),
    ]


async def _keep_mark(connection: AsyncConnection, facts: _Facts, span: Span, now: datetime) -> None:
    mark = {
        "company_version": facts.version,
        "law": law_mark(),
        "window_start": span.start,
        "window_end": span.end,
        "kept_from": span.engaged_from,
        "kept_until": span.engaged_until,
        "synced_at": now,
    }
    if facts.law is None:
        await connection.execute(insert(registers).values(company_id=facts.id, **mark))
    else:
        await connection.execute(update(registers).where(registers.c.company_id == facts.id).values(**mark))


def _told(plan: Plan) -> dict[str, Any]:
    """What the trail says of a sync: how many of each, and which."""
    moved = [*plan.moved, *(each for each in plan.reopened if each.known.wanted.dates != each.wanted.dates)]
    return {
        "counts": {
            "created": len(plan.created),
            "moved": len(plan.moved),
            "refreshed": len(plan.refreshed),
            "reopened": len(plan.reopened),
            "closed": len(plan.closed),
            "unchanged": plan.unchanged,
        },
        "created": [each.key for each in plan.created],
        "moved": {
            each.wanted.key: [each.known.wanted.due_date.isoformat(), each.wanted.due_date.isoformat()]
            for each in moved
        },
        "refreshed": [each.wanted.key for each in plan.refreshed],
        "reopened": [each.wanted.key for each in plan.reopened],
        "closed": {each.known.wanted.key: each.lapse.value for each in plan.closed},
    }
