"""How a company stands: counts of its tasks in one select, what is overdue, and what comes next."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, Uuid, and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.register.tasks.costing import MOST, Late
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.filters import (
    Filters,
    conditions,
    is_due_within,
    is_open,
    is_overdue,
    order_of,
)
from complianceai.register.tasks.queries.listing import TaskRow, rows_wanted
from complianceai.register.tasks.states import Deed, State
from complianceai.register.tasks.tables import registers, task_inputs, tasks
from complianceai.register.tasks.wanted import STATUTORY
from complianceai.register.year import start_year_of, window_of
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope, grant_asked

NEXT = 3
# What is pressing is so for everybody, whoever it was given to.
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks a company has in each of the ways that matter; the year is the financial year of today."""

    total: int
    pending: int
    overdue: int
    due_in_7: int
    due_in_30: int
    in_review: int
    sent_back: int
    unassigned: int
    mine: int
    completed: int
    waived: int
    filed_this_year: int
    on_time_this_year: int
    unreviewed_this_year: int
    overdue_from_before: int
    notices_pending: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A company's counts, its overdue duties, and the next things to do."""

    counts: Counts
    overdue: list[Late]
    next_up: list[TaskRow]


async def count_tasks(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Counts:
    """How the company stands, in one select.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE)
    given = {"person_id": scope.person.id, "today": scope.today, "company_id": company_id}
    began = date_in_india(company.created_at)
    row = (await connection.execute(_counts_asked(scope.today), {**given, "began": began})).one()
    return Counts(**row._mapping)  # noqa: SLF001 - public by its documentation in spite of the name


# To make it costs several times what asking it does, and of a day it is the same for everybody.
@lru_cache(maxsize=4)
def _counts_asked(today: date) -> Any:
    start, end = window_of(start_year_of(today))
    in_year = (tasks.c.state == State.FILED.value) & tasks.c.filed_on.between(start, end)
    me, began = bindparam("person_id", type_=Uuid), bindparam("began", type_=Date)
    mine = (tasks.c.assignee_id == me) | (tasks.c.reviewer_id == me)
    counted = {
        "total": tasks.c.lapse.is_(None),
        "pending": is_open(),
        "overdue": is_overdue(today),
        "due_in_7": is_due_within(today, 7),
        "due_in_30": is_due_within(today, 30),
        "in_review": tasks.c.state == State.IN_REVIEW.value,
        "sent_back": tasks.c.state == State.SENT_BACK.value,
        "unassigned": is_open() & tasks.c.assignee_id.is_(None),
        "mine": is_open() & mine,
        "completed": tasks.c.state == State.FILED.value,
        "waived": tasks.c.state == State.WAIVED.value,
        "filed_this_year": in_year,
        "on_time_this_year": in_year & (tasks.c.filed_on <= tasks.c.effective_date),
        "unreviewed_this_year": in_year & tasks.c.approved_by.is_(None),
        "overdue_from_before": is_overdue(today) & (tasks.c.effective_date < began),
        "notices_pending": and_(is_open(), tasks.c.notice_id.is_not(None)),
    }
    wanted: Any = select(*(_how_many(condition).label(name) for name, condition in counted.items()))
    return wanted.where(_theirs())


async def standing_of(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Standing:
    """How the company stands, in so many selects however many tasks it has.

    Errors: CompanyMissing; NotYourRole.
    """
    counts = await count_tasks(connection, scope, company_id)
    given = {"person_id": scope.person.id, "today": scope.today, "company_id": company_id}
    late = await connection.execute(_overdue_asked(scope.today), given)
    coming = await connection.execute(_coming_asked(scope.today), given)
    next_up = [TaskRow(**row._mapping) for row in coming]  # noqa: SLF001 - public by its documentation
    return Standing(counts, [Late(*row) for row in late], next_up)


@lru_cache(maxsize=4)
def _overdue_asked(today: date) -> Any:
    late = late_wanted().where(_theirs(), is_overdue(today), tasks.c.kind == STATUTORY)
    return late.order_by(tasks.c.effective_date, tasks.c.id).limit(MOST + 1)


@lru_cache(maxsize=4)
def _coming_asked(today: date) -> Any:
    pressing = Filters(sort="priority")
    coming = rows_wanted(today).where(_theirs(), *conditions(pressing, _NOBODY, today))
    return coming.order_by(*order_of(pressing.sort, today)).limit(NEXT)


def late_wanted() -> Select[Any]:
    """The select of tasks by the order of `Late`, still without its conditions."""
    columns = (task_inputs.c.inputs if name == "inputs" else tasks.c[name] for name in Late._fields)
    said = task_inputs.c.task_id == tasks.c.id
    return select(*columns).join_from(tasks, task_inputs, said, isouter=True)


@dataclass(frozen=True, slots=True)
class KeptBy:
    """How the register is kept, by the company's own word."""

    review_required: bool | None
    engaged_from: date | None
    engaged_until: date | None


async def find_keeping(connection: AsyncConnection, scope: Scope, company_id: UUID) -> KeptBy:
    """How the register of a company that the caller has found already is kept."""
    columns = [registers.c[name] for name in KeptBy.__slots__]
    wanted = select(*columns).where(
        registers.c.company_id == company_id, scope.reaches(registers.c.company_id)
    )
    row = (await connection.execute(wanted)).first()
    return KeptBy(None, None, None) if row is None else KeptBy(*row)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _theirs() -> ColumnElement[bool]:
    """Of the company named, where whoever asks has a right to it."""
    granted = tasks.c.company_id.in_(select(grant_asked.c.company_id))
    return (tasks.c.company_id == bindparam("company_id", type_=Uuid)) & granted
