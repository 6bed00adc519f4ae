"""A company's dashboard, put together from its counts and from what its overdue duties cost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.doubts import profile_of
from complianceai.register.errors import FactsFaulty
from complianceai.register.queries import Described, find_described
from complianceai.register.tasks.costing import Risk, risk_of
from complianceai.register.tasks.keeping import read_in_step
from complianceai.register.tasks.queries.counting import Standing, standing_of
from complianceai.register.tasks.queries.scoring import MonthScore, score_by_month
from complianceai.rules import Profile
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Dashboard:
    """How a company stands today."""

    described: Described
    standing: Standing
    risk: Risk
    months: list[MonthScore]


async def load_dashboard(database: Database, scope: Scope, company_id: UUID, now: datetime) -> Dashboard:
    """The company's dashboard, its tasks in step with today.

    Errors: CompanyMissing; NotYourRole.
    """

    async def read(connection: AsyncConnection) -> tuple[Described, Standing, list[MonthScore]]:
        described = await find_described(connection, scope, company_id)
        standing = await standing_of(connection, scope, company_id)
        return described, standing, await score_by_month(connection, scope, described.company)

    described, standing, months = await read_in_step(database, company_id, now, read)
    risk = risk_of(standing.overdue, _profile(described), scope.today)
    return Dashboard(described, standing, risk, months)


def _profile(described: Described) -> Profile | None:
    # Facts that the rules no longer take price nothing; the year's own page says what to mend.
    try:
        return profile_of(described.company.profile, described.unsure)
    except FactsFaulty:
        return None
