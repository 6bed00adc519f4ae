"""Duties that a company sets itself; their dates are tasks like any other."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.dates import add_months
from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.actions.settings import ENDS_FIRST
from complianceai.register.tasks.errors import TaskMissing
from complianceai.register.tasks.keeping import bring_in_step
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import custom_duties, tasks
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

LONG_AGO = marked("What repeats begins at most two years back. Give its next time.")
MONTHS_BACK = 24


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """A duty of one's own: what, from when, how often (`once`, `month`, `quarter`, `year`) and until when."""

    title: str
    first_on: date
    repeats: str = "once"
    ends_on: date | None = None
    authority: str = ""
    notes: str = ""


async def add_duty(
    database: Database, scope: Scope, company_id: UUID, duty: OwnDuty, now: datetime
) -> tuple[UUID, UUID]:
    """The ids of the new duty and of its first task.

    Errors: CompanyMissing; NotYourRole; InvalidInput; FactsFaulty.
    """
    if duty.ends_on is not None and duty.ends_on < duty.first_on:
        raise InvalidInput({"ends_on": ENDS_FIRST})
    # Each of the times since would be a task that is overdue.
    if duty.repeats != "once" and duty.first_on < add_months(date_in_india(now), -MONTHS_BACK):
        raise InvalidInput({"due_date": LONG_AGO})
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        return await make_duty(connection, scope, company_id, duty, now)


async def make_duty(
    connection: AsyncConnection, scope: Scope, company_id: UUID, duty: OwnDuty, now: datetime
) -> tuple[UUID, UUID]:
    """The ids of the new duty and of its first task, in the transaction of whatever brings the duty along.

    Whoever calls it has found the company and asked whether the person may.
    Errors: FactsFaulty.
    """
    identity = new_id()
    row = {"id": identity, "company_id": company_id, "created_by": scope.person.id, "created_at": now}
    await connection.execute(insert(custom_duties).values(**row, **asdict(duty)))
    change = Change("duty.made", None, {"duty": str(identity), **_told(duty)})
    await add_to_trail(connection, company_id, scope.actor, change, now)
    await bring_in_step(connection, company_id, scope.actor, now)
    first = select(tasks.c.id).where(tasks.c.duty_id == identity).order_by(tasks.c.effective_date).limit(1)
    return identity, (await connection.execute(first)).scalar_one()


async def change_duty(
    database: Database, scope: Scope, company_id: UUID, duty_id: UUID, duty: OwnDuty, now: datetime
) -> None:
    """Nothing; the duty is as given, and its tasks moved with it. With a last day in the past it ends.

    Errors: CompanyMissing; NotYourRole; TaskMissing where the company has no such duty; FactsFaulty.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        await alter_duty(connection, scope, company_id, duty_id, duty, now)


async def alter_duty(
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    duty_id: UUID,
    duty: OwnDuty,
    now: datetime,
) -> None:
    """Nothing; the duty is as given, in the transaction of whatever changed it; who may was asked before.

    Errors: TaskMissing where the company has no such duty; FactsFaulty.
    """
    theirs = (custom_duties.c.id == duty_id) & (custom_duties.c.company_id == company_id)
    columns = [custom_duties.c[name] for name in OwnDuty.__slots__]
    row = (await connection.execute(select(*columns).where(theirs))).first()
    if row is None:
        raise TaskMissing
    before = OwnDuty(**row._mapping)  # noqa: SLF001 - public by its documentation in spite of the name
    await connection.execute(update(custom_duties).where(theirs).values(**asdict(duty)))
    told = {"duty": str(duty_id), **_told(duty)}
    change = Change("duty.changed", {"duty": str(duty_id), **_told(before)}, told)
    await add_to_trail(connection, company_id, scope.actor, change, now)
    await bring_in_step(connection, company_id, scope.actor, now)


def _told(duty: OwnDuty) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(duty).items()
    }
