"""Every read of the cockpit: so many selects, however many clients and tasks there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.cockpit.load import (
    WEEKS,
    Assumed,
    Pile,
    Week,
    Work,
    first_days,
    forecast,
    work_by_person,
)
from complianceai.register.cockpit.matrix import Counted, Matrix, make_matrix
from complianceai.register.cockpit.tables import practice_loads
from complianceai.register.tasks.queries.filters import is_open
from complianceai.register.tasks.states import State
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.practice_tables import engagements, practice_members
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, people

MOST_CLIENTS = 1000
# What no form's label holds.
BETWEEN, AFTER = "\x1f", "\x1e"
Clients = Sequence[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class Cockpit:
    """A practice's clients by duties of a month, work by person, and the weeks to come."""

    month: date
    matrix: Matrix
    work: list[Work]
    weeks: list[Week]
    assumed: Assumed
    forms: list[str]


async def read_cockpit(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, month: date, search: str = ""
) -> Cockpit:
    """The cockpit of a practice that the caller has found already; private clients of others are nowhere in it."""
    theirs = _clients(scope, practice_id, search)
    clients = [(row.id, row.name) for row in await connection.execute(select(theirs))]
    counted = await _counted(connection, theirs, month, scope.today)
    overdue, piles = await _open(connection, theirs, scope.today)
    reviews = await _reviews(connection, theirs)
    colleagues = await list_people(connection, scope, practice_id)
    assumed = await find_assumed(connection, scope, practice_id)
    return Cockpit(
        month,
        make_matrix(clients, counted, overdue),
        work_by_person(piles, reviews, colleagues, assumed),
        forecast(piles, colleagues, assumed, scope.today),
        assumed,
        sorted({pile.form for pile in piles if pile.form}),
    )


async def list_people(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> Clients:
    """The practice's people by name."""
    wanted = (
        select(people.c.id, people.c.name)
        .join_from(practice_members, people, people.c.id == practice_members.c.person_id)
        .where(practice_members.c.practice_id == practice_id, scope.is_in(practice_members.c.practice_id))
        .order_by(func.lower(people.c.name), people.c.id)
    )
    return [(row.id, row.name) for row in await connection.execute(wanted)]


async def find_assumed(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> Assumed:
    """What the practice assumes of its work."""
    wanted = select(practice_loads.c.hours, practice_loads.c.hours_of, practice_loads.c.minutes_of).where(
        practice_loads.c.practice_id == practice_id, scope.is_in(practice_loads.c.practice_id)
    )
    row = (await connection.execute(wanted)).first()
    return Assumed() if row is None else Assumed(*row)


def _clients(scope: Scope, practice_id: UUID, search: str) -> CTE:
    wanted = (
        select(companies.c.id, companies.c.name)
        .join_from(engagements, companies, companies.c.id == engagements.c.company_id)
        .where(
            engagements.c.practice_id == practice_id,
            engagements.c.closed_at.is_(None),
            scope.is_in(engagements.c.practice_id),
            scope.reaches(companies.c.id),
        )
        .order_by(func.lower(companies.c.name), companies.c.id)
        .limit(MOST_CLIENTS)
    )
    for word in search.lower().split()[:8]:
        wanted = wanted.where(func.lower(companies.c.name).contains(word, autoescape=True))
    return wanted.cte("clients")


async def _counted(
    connection: AsyncConnection, theirs: CTE, month: date, today: date
) -> dict[UUID, list[Counted]]:
    """The month's tasks of each client, counted; one row a client, since to carry thousands of rows costs the most."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    is_late = case((tasks.c.effective_date < today, literal("1")), else_=literal("")).label("is_late")
    group = (tasks.c.company_id, tasks.c.form, tasks.c.state, is_late)
    piles = (
        select(*group, func.count().label("number"))
        .where(_of(theirs), tasks.c.effective_date.between(month, last), tasks.c.lapse.is_(None))
        .group_by(*group)
        .subquery("piles")
    )
    parts = (piles.c.form, piles.c.state, piles.c.is_late, cast(piles.c.number, String))
    told = reduce(lambda text, part: text + literal(BETWEEN) + part, parts)
    wanted = select(piles.c.company_id, func.aggregate_strings(told, AFTER)).group_by(piles.c.company_id)
    rows = await connection.execute(wanted)
    return {company_id: list(map(_read, text.split(AFTER))) for company_id, text in rows}


@lru_cache(maxsize=4096)
def _read(told: str) -> Counted:
    form, state, is_late, number = told.split(BETWEEN)
    return Counted(form, state, bool(is_late), int(number))


async def _open(connection: AsyncConnection, theirs: CTE, today: date) -> tuple[dict[UUID, int], list[Pile]]:
    """What is open until the end of the weeks: overdue by client, and all of it by person, form and week."""
    mondays = first_days(today)
    last = mondays[-1] + timedelta(days=6)
    day = tasks.c.effective_date
    whens: list[Any] = [(day < today, literal(0))]
    whens += [(day < monday + timedelta(weeks=1), literal(week)) for week, monday in enumerate(mondays, 1)]
    week = case(*whens, else_=literal(WEEKS)).label("week")
    opened = (
        select(tasks.c.company_id, tasks.c.assignee_id, tasks.c.form, week)
        .where(_of(theirs), is_open(), day <= last)
        .subquery("opened")
    )
    # What is overdue is told by client as well; what is not is one pile of the whole practice.
    client = case((opened.c.week == 0, opened.c.company_id)).label("client")
    group = (client, opened.c.assignee_id, opened.c.form, opened.c.week)
    overdue: dict[UUID, int] = {}
    piles: dict[tuple[UUID | None, str, int], int] = {}
    for company, person, form, number, count in await connection.execute(
        select(*group, func.count()).group_by(*group)
    ):
        if company is not None:
            overdue[company] = overdue.get(company, 0) + count
        piles[person, form, number] = piles.get((person, form, number), 0) + count
    return overdue, [Pile(*key, count) for key, count in piles.items()]


async def _reviews(connection: AsyncConnection, theirs: CTE) -> dict[UUID | None, int]:
    wanted = (
        select(tasks.c.reviewer_id, func.count())
        .where(_of(theirs), tasks.c.state == State.IN_REVIEW.value)
        .group_by(tasks.c.reviewer_id)
    )
    return {row[0]: row[1] for row in await connection.execute(wanted)}


def _of(theirs: CTE) -> ColumnElement[bool]:
    # A select of the person's own companies: no task of another's is counted.
    return tasks.c.company_id.in_(select(theirs.c.id))
