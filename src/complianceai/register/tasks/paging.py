"""A page of a company's tasks at one glance: what the person is there, whether all is in step, rows, their number."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, func, select, true

from complianceai.register.tasks.keeping import MARKS, are_in_step, keep_in_step, standing_asked
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.filters import ME, Filters, conditions, order_of
from complianceai.register.tasks.queries.listing import TaskRow, rows_wanted
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import tasks
from complianceai.storage.database import Database
from complianceai.storage.glances import Glance
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope

NOBODY = UUID(int=0)
_LIMIT, _OFFSET = bindparam("limit", type_=Integer), bindparam("offset", type_=Integer)


class Page(NamedTuple):
    """What the person is in the company, the rows by the order of `TaskRow`, and how many there are in all."""

    role: Role
    rows: list[Sequence[Any]]
    total: int


async def read_page(  # noqa: PLR0913 - each given by its name
    database: Database,
    scope: Scope,
    company_id: UUID,
    filters: Filters,
    now: datetime,
    *,
    limit: int,
    offset: int,
) -> Page:
    """A page of the company's tasks in the order asked for, by the law and on the window of today.

    Errors: CompanyMissing; NotYourRole.
    """
    found = await _glance(database, scope, company_id, filters, limit, offset)
    check_may(Role(found[0][MARKS]), Deed.SEE)
    if not are_in_step(found[0][:MARKS], now):
        await keep_in_step(database, company_id, now)
        found = await _glance(database, scope, company_id, filters, limit, offset)
    # Where no task is on the page, one row is there all the same, which says what the person is.
    rows = [row[MARKS + 1 : -2] for row in found if row[-1] is not None]
    if not rows and offset:
        (first,) = await _glance(database, scope, company_id, filters, 1, 0)
        return Page(Role(first[MARKS]), [], first[-2] or 0)
    return Page(Role(found[0][MARKS]), rows, found[0][-2] or 0)


async def _glance(
    database: Database, scope: Scope, company_id: UUID, filters: Filters, limit: int, offset: int
) -> Sequence[Sequence[Any]]:
    if scope.companies is not None and company_id not in scope.companies:
        raise CompanyMissing
    me = scope.person.id if filters.assignee == ME else NOBODY
    found = await database.glance(
        _asked(filters, me, scope.today),
        person_id=scope.person.id,
        today=scope.today,
        company_id=company_id,
        limit=limit,
        offset=offset,
    )
    if not found:
        raise CompanyMissing
    return found


# Most ask alike, and of a day; what is searched for word by word is made for whoever asks so.
@lru_cache(maxsize=64)
def _asked(filters: Filters, me: UUID, today: date) -> Glance:
    order = order_of(filters.sort, today)
    page = (
        rows_wanted(today)
        .add_columns(
            func.count().over().label("total"), func.row_number().over(order_by=order).label("place")
        )
        .where(tasks.c.company_id == bindparam("company_id", type_=Uuid))
        .where(*conditions(filters, me, today))
        .order_by(*order)
        .limit(_LIMIT)
        .offset(_OFFSET)
        .subquery("page")
    )
    columns = (*(page.c[name] for name in TaskRow.__slots__), page.c.total, page.c.place)
    joined = standing_asked.outerjoin(page, true())
    return Glance(select(*standing_asked.c, *columns).select_from(joined).order_by(page.c.place))
