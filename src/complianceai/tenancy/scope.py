"""Who asks, and therefore what there is to be found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from complianceai.tenancy.tables import members


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """The signed-in person, through whom every query passes: what is not theirs is not there."""

    person: Person
    session_id: UUID

    def reaches(self, company_id: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The condition that a row's company is one of the person's; every select of a company's rows bears it."""
        mine = select(members.c.company_id).where(members.c.person_id == self.person.id)
        return company_id.in_(mine)
