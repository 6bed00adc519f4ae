"""What stands in the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import CLOSED, Deed, State
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

# More than any company has in a year; what is beyond would fill no calendar that anybody reads.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as a calendar shows it; `effective_date` is the last day in time, on which it stands."""

    id: UUID
    kind: str
    obligation_id: str | None
    form: str
    title: str
    registration: str | None
    period_label: str
    part: str
    certainty: str
    statutory_date: date
    due_date: date
    effective_date: date
    working_date: date | None
    state: State
    lapsed_at: datetime | None

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "state", State(self.state))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in CLOSED


async def list_entries(
    connection: AsyncConnection, scope: Scope, company_id: UUID, first: date, last: date
) -> list[Entry]:
    """The company's tasks whose last day in time is one of these days, in order; what no longer applies is left out.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE)
    wanted = (
        select(*(tasks.c[name] for name in Entry.__slots__))
        .where(tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id))
        .where(tasks.c.effective_date.between(first, last), tasks.c.lapse.is_(None))
        .order_by(tasks.c.effective_date, tasks.c.form, tasks.c.title, tasks.c.id)
        .limit(MOST)
    )
    return await fetch_all(connection, wanted, Entry)
