"""What operators change of the site itself; each leaves a row in their own trail."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput, NotFound
from complianceai.base.ids import new_id
from complianceai.insights.notices import Announcement
from complianceai.insights.tables import announcements, switched_people, switches
from complianceai.insights.upserts import add_missing, replace
from complianceai.jobs.queries import list_jobs
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.outbox import State, try_again
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.operators.actions import note_deed
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.switches import KNOWN, Switch
from complianceai.tenancy.tables import people

MOST_JOBS, LONGEST_DAYS = 100, 60
NOBODY = marked("Nobody has an account with that e-mail.")
ENDS_FIRST = marked("It ends before it begins, or has ended already. Give a later end.")


async def announce(
    database: Database, scope: Scope, texts: tuple[str, str], span: tuple[datetime, datetime], now: datetime
) -> UUID:
    """The id of the new announcement, in English and Hindi, between two instants.

    Errors: InvalidInput at `ends` where that is not after now and after the beginning.
    """
    starts, ends = span
    if ends <= max(starts, now):
        raise InvalidInput({"ends": ENDS_FIRST})
    identity = new_id()
    row = {"id": identity, "text_en": texts[0], "text_hi": texts[1], "created_at": now}
    async with database.transaction() as connection:
        await connection.execute(insert(announcements).values(**row, starts_at=starts, ends_at=ends))
        await note_deed(connection, scope, "announcement.made", {"id": str(identity), "en": texts[0]}, now)
    return identity


async def end_announcement(database: Database, scope: Scope, identity: UUID, now: datetime) -> None:
    """Nothing; it is shown no more.

    Errors: NotFound.
    """
    same = (announcements.c.id == identity) & (announcements.c.ends_at > now)
    async with database.transaction() as connection:
        begun = await connection.execute(
            update(announcements).where(same, announcements.c.starts_at < now).values(ends_at=now)
        )
        if not begun.rowcount and not (await connection.execute(delete(announcements).where(same))).rowcount:
            raise NotFound
        await note_deed(connection, scope, "announcement.ended", {"id": str(identity)}, now)


async def list_announcements(connection: AsyncConnection, now: datetime) -> list[Announcement]:
    """Those that are shown, will be, or were in the last sixty days, the latest first."""
    wanted = select(*(announcements.c[name] for name in Announcement.__slots__))
    recent = announcements.c.ends_at > now - timedelta(days=LONGEST_DAYS)
    return await fetch_all(
        connection, wanted.where(recent).order_by(announcements.c.starts_at.desc()), Announcement
    )


async def set_switch(database: Database, scope: Scope, name: str, percent: int, now: datetime) -> None:
    """Nothing; the part is on for so many of a hundred people, and for those named besides.

    Errors: NotFound for a name that the product does not ask for.
    """
    if name not in KNOWN:
        raise NotFound
    async with database.transaction() as connection:
        row = {"name": name, "percent": percent, "changed_at": now}
        await replace(connection, switches, "percent", [row])
        await note_deed(connection, scope, "switch.set", {"name": name, "percent": percent}, now)


async def switch_person(
    database: Database, scope: Scope, name: str, email: str, now: datetime, *, is_on: bool
) -> None:
    """Nothing; the part is on for the person whatever the share says, or is so no more.

    Errors: NotFound; InvalidInput at `email`.
    """
    if name not in KNOWN:
        raise NotFound
    async with database.transaction() as connection:
        wanted = select(people.c.id).where(people.c.email_key == email_key(email))
        person_id = (await connection.execute(wanted)).scalar_one_or_none()
        if person_id is None:
            raise InvalidInput({"email": NOBODY})
        usual = {"name": name, "percent": KNOWN[name].percent, "changed_at": now}
        await add_missing(connection, switches, [usual])
        row = {"name": name, "person_id": person_id}
        if is_on:
            await add_missing(connection, switched_people, [row])
        else:
            same = (switched_people.c.name == name) & (switched_people.c.person_id == person_id)
            await connection.execute(delete(switched_people).where(same))
        told = {"name": name, "person": str(person_id), "on": is_on}
        await note_deed(connection, scope, "switch.person", told, now)


def standing(found: dict[str, Switch]) -> list[tuple[str, str, Switch]]:
    """Every switch that the product asks for, by name, with its words and how it is set."""
    return [(name, known.words, found.get(name) or Switch(known.percent)) for name, known in KNOWN.items()]


async def retry_jobs(database: Database, scope: Scope, job_id: UUID | None, now: datetime) -> int:
    """How many failed jobs wait again: the one, or all of them."""
    async with database.transaction() as connection:
        failed = await list_jobs(connection, State.FAILED, limit=MOST_JOBS)
        ids = [each.id for each in failed] if job_id is None else [job_id]
        again = sum([await try_again(connection, each, now) for each in ids])
        if again:
            await note_deed(connection, scope, "jobs.retried", {"jobs": again}, now)
    return again
