"""How punctual a company was, month by month."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Uuid, and_, bindparam, case, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.register.tasks.queries.filters import is_open
from complianceai.register.tasks.states import State
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope, grant_asked

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthScore:
    """How many duties had their last day in a month, and how many of them were filed by it."""

    month: date
    due: int
    on_time: int

    @property
    def percent(self) -> int | None:
        """The share that was in time; None where nothing was due. Only all of it is a hundred."""
        return self.on_time * 100 // self.due if self.due else None


async def score_by_month(connection: AsyncConnection, scope: Scope, company: Company) -> list[MonthScore]:
    """The last twelve months, the earliest first; of this one what has fallen due by yesterday, or is filed already.

    What was waived or does not apply counts for nothing, nor does what had passed before the company was described here
    and nobody has spoken of.
    """
    months = _months(scope.today)
    given = {"person_id": scope.person.id, "today": scope.today, "company_id": company.id}
    wanted, began = _score_asked(scope.today), date_in_india(company.created_at)
    found = {
        date(int(year), int(month), 1): (int(due), int(done))
        for year, month, due, done in await connection.execute(wanted, {**given, "began": began})
    }
    return [MonthScore(month, *found.get(month, (0, 0))) for month in months]


# Of a day it is the same for everybody, and to make it costs several times what asking it does.
@lru_cache(maxsize=4)
def _score_asked(today: date) -> Any:
    day, months = tasks.c.effective_date, _months(today)
    is_filed = tasks.c.state == State.FILED.value
    began = bindparam("began", type_=Date)
    counts = or_(is_filed, and_(is_open(), day < today, day >= began))
    when = (extract("year", day), extract("month", day))
    in_time = func.sum(case((and_(is_filed, tasks.c.filed_on <= day), 1), else_=0))
    theirs = tasks.c.company_id.in_(select(grant_asked.c.company_id))
    return (
        select(*when, func.count(), in_time)
        .where(tasks.c.company_id == bindparam("company_id", type_=Uuid), theirs)
        .where(day >= months[0], day < _after(months[-1]), counts)
        .group_by(*when)
    )


def _months(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def score_of(months: list[MonthScore]) -> int | None:
    """The share of all months that was in time, in per cent; None where nothing was due."""
    due = sum(each.due for each in months)
    return sum(each.on_time for each in months) * 100 // due if due else None
