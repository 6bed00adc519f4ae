"""Duties that a company set itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import custom_duties
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class CustomDuty:
    """A duty of a company's own, with how often it repeats and until when."""

    id: UUID
    title: str
    authority: str
    notes: str
    first_on: date
    repeats: str
    ends_on: date | None


async def list_duties(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[CustomDuty]:
    """The company's own duties, in the order in which they first fall due.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE_INSIDE)
    wanted = _wanted(scope, company_id).order_by(custom_duties.c.first_on, custom_duties.c.id)
    return await fetch_all(connection, wanted, CustomDuty)


async def find_duty(connection: AsyncConnection, scope: Scope, company_id: UUID, duty_id: UUID) -> CustomDuty:
    """One of the company's own duties.

    Errors: TaskMissing.
    """
    wanted = _wanted(scope, company_id).where(custom_duties.c.id == duty_id)
    found = await fetch_one(connection, wanted, CustomDuty)
    if found is None:
        raise TaskMissing
    return found


def _wanted(scope: Scope, company_id: UUID) -> Any:
    theirs = (custom_duties.c.company_id == company_id) & scope.reaches(custom_duties.c.company_id)
    return select(*(custom_duties.c[name] for name in CustomDuty.__slots__)).where(theirs)
