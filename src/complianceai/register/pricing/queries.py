"""What was said of a task, and what its lateness costs by that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import catalogue
from complianceai.catalogue.model import Input
from complianceai.register.doubts import profile_of
from complianceai.register.errors import FactsFaulty
from complianceai.register.queries import find_described
from complianceai.register.tasks.costing import AtRisk, Late, at_risk
from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.counting import late_wanted
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Price:
    """What the charges of a task turn on, what somebody said of it, and what it costs if it is filed today.

    `cost` is None where the last day in time is still to come.
    """

    role: Role
    inputs: tuple[Input, ...]
    given: Mapping[str, Any]
    cost: AtRisk | None


async def find_price(connection: AsyncConnection, scope: Scope, company_id: UUID, task_id: UUID) -> Price:
    """The price of a task of the company.

    Errors: CompanyMissing; NotYourRole; TaskMissing.
    """
    described = await find_described(connection, scope, company_id)
    check_may(described.company.role, Deed.SEE)
    wanted = late_wanted().where(
        tasks.c.id == task_id, tasks.c.company_id == company_id, scope.reaches(tasks.c.company_id)
    )
    row = (await connection.execute(wanted)).first()
    if row is None:
        raise TaskMissing
    late = Late(*row)
    try:
        profile = profile_of(described.company.profile, described.unsure)
    except FactsFaulty:
        profile = None
    cost = at_risk(late, profile, scope.today) if late.effective_date < scope.today else None
    return Price(described.company.role, inputs_of(late.obligation_id), late.inputs or {}, cost)


def inputs_of(obligation_id: str | None) -> tuple[Input, ...]:
    """What the charges of a duty turn on; nothing where the catalogue has no such duty, or it costs nothing."""
    obligation = catalogue.load().obligations.get(obligation_id or "")
    return obligation.inputs if obligation is not None and obligation.charges else ()
