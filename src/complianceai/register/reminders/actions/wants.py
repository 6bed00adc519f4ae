"""How a company and a person want to be reminded."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.queries.wants import find_settings, find_wishes
from complianceai.register.reminders.tables import reminder_runs, reminder_settings, reminder_wishes
from complianceai.register.reminders.upsert import insert_into
from complianceai.register.reminders.wants import Settings, Wishes
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.states import Deed
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.reach import reach
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people


async def set_settings(
    database: Database, scope: Scope, company_id: UUID, settings: Settings, now: datetime
) -> None:
    """Nothing; the company's people are reminded so from now on, also of dates that are near already.

    Errors: CompanyMissing; NotYourRole.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        before, after = plain_settings(await find_settings(connection, company_id)), plain_settings(settings)
        if before == after:
            return
        await _put(connection, reminder_settings, "company_id", company_id, after)
        await connection.execute(delete(reminder_runs).where(reminder_runs.c.company_id == company_id))
        await add_to_trail(connection, company_id, scope.actor, Change("reminders.set", before, after), now)


async def set_wishes(database: Database, scope: Scope, wishes: Wishes) -> None:
    """Nothing; the person is told so from now on."""
    async with database.transaction() as connection:
        await _keep_wishes(connection, scope.person.id, wishes)


async def stop_mail(database: Database, person_id: UUID) -> None:
    """Nothing; no reminder is mailed to the person any more. Whoever asks has shown that they hold such a mail."""
    async with database.transaction() as connection:
        is_there = select(people.c.id).where(people.c.id == person_id)
        if (await connection.execute(is_there)).first() is not None:
            kept = await find_wishes(connection, person_id)
            await _keep_wishes(connection, person_id, replace(kept, by_mail=False))


async def _keep_wishes(connection: AsyncConnection, person_id: UUID, wishes: Wishes) -> None:
    values = {name: getattr(wishes, name) for name in Wishes.__slots__}
    values |= {
        "before": None if wishes.before is None else list(wishes.before),
        "rhythm": wishes.rhythm.value,
    }
    await _put(connection, reminder_wishes, "person_id", person_id, values)
    theirs = select(reach.c.company_id).where(reach.c.person_id == person_id)
    await connection.execute(delete(reminder_runs).where(reminder_runs.c.company_id.in_(theirs)))


def plain_settings(settings: Settings) -> dict[str, Any]:
    """The settings as JSON has them, by the names of the columns."""
    return {
        "before": list(settings.before),
        "duties": {duty: list(days) for duty, days in sorted(settings.duties.items())},
        "overdue": list(settings.overdue),
        "weekly": settings.weekly,
        "reviewer_after": settings.reviewer_after,
        "owner_after": settings.owner_after,
    }


async def _put(
    connection: AsyncConnection, table: Any, name: str, identity: UUID, values: dict[str, Any]
) -> None:
    wanted = insert_into(connection, table).values({name: identity, **values})
    await connection.execute(wanted.on_conflict_do_update(index_elements=[table.c[name]], set_=values))
