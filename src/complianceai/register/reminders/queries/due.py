"""What the plan is made of: companies that have news, their open tasks, their people, their chats and programs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.planning import Colleague, Open
from complianceai.register.reminders.queries.wants import wishes_of
from complianceai.register.reminders.tables import chats, reminder_runs, webhooks
from complianceai.register.reminders.wants import Channel, Place, Wishes, began_today
from complianceai.register.tasks.policies import WORKERS
from complianceai.register.tasks.states import OPEN, State
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.policies import Role
from complianceai.tenancy.reach import is_current, reach, strongest
from complianceai.tenancy.tables import people

# No ladder reaches further ahead.
FURTHEST = timedelta(days=90)
# A change that was begun before the last plan and kept after it is seen by the next.
SLACK = timedelta(minutes=10)

_IS_OPEN = tasks.c.state.in_([state.value for state in OPEN])


async def companies_with_news(connection: AsyncConnection, now: datetime) -> list[UUID]:
    """The companies with open tasks whose reminders were not planned today, or whose tasks changed since they were."""
    run = reminder_runs.c.planned_at
    # Told in two steps, since a column and an interval are added differently by each engine.
    recent = tasks.c.updated_at > now - SLACK
    has_news = or_(run.is_(None), run < began_today(now), tasks.c.updated_at > run, recent)
    wanted = (
        select(tasks.c.company_id)
        .join_from(tasks, reminder_runs, reminder_runs.c.company_id == tasks.c.company_id, isouter=True)
        .where(_IS_OPEN, has_news)
        .group_by(tasks.c.company_id)
        .order_by(tasks.c.company_id)
    )
    return list((await connection.execute(wanted)).scalars())


async def open_tasks(
    connection: AsyncConnection, company_ids: Collection[UUID], today: date
) -> Mapping[UUID, list[Open]]:
    """The open tasks of those companies that some ladder may have reached, by company."""
    until = today + FURTHEST
    wanted = (
        select(*(tasks.c[name] for name in Open._fields))
        .where(tasks.c.company_id.in_(company_ids), _IS_OPEN)
        .where(or_(tasks.c.effective_date <= until, tasks.c.working_date <= until))
        .order_by(tasks.c.company_id, tasks.c.id)
    )
    found: dict[UUID, list[Open]] = defaultdict(list)
    for row in await connection.execute(wanted):
        task = Open(*row)
        found[task.company_id].append(task._replace(state=State(task.state)))
    return found


async def colleagues_of(
    connection: AsyncConnection, company_ids: Collection[UUID], today: date
) -> Mapping[UUID, list[Colleague]]:
    """Those who work for each company today, with how they want to be told."""
    wanted = (
        select(
            reach.c.company_id, people.c.id, strongest, people.c.verified_at.is_not(None).label("has_mail")
        )
        .join_from(reach, people, people.c.id == reach.c.person_id)
        .where(reach.c.company_id.in_(company_ids), is_current(today))
        .group_by(reach.c.company_id, people.c.id, people.c.verified_at)
        .order_by(people.c.id)
    )
    rows = (await connection.execute(wanted)).all()
    wishes = await wishes_of(connection, {row.id for row in rows})
    found: dict[UUID, list[Colleague]] = defaultdict(list)
    for company_id, identity, role, has_mail in rows:
        if Role(role) in WORKERS:
            of_theirs = wishes.get(identity, Wishes())
            found[company_id].append(Colleague(identity, Role(role), bool(has_mail), of_theirs))
    return found


async def places_of(connection: AsyncConnection, company_ids: Collection[UUID]) -> Mapping[UUID, list[Place]]:
    """The chats of each company, and the programs that are called."""
    found: dict[UUID, list[Place]] = defaultdict(list)
    rooms = select(chats.c.company_id, chats.c.id).where(chats.c.company_id.in_(company_ids))
    for company_id, identity in await connection.execute(rooms):
        found[company_id].append(Place(identity, Channel.CHAT))
    called = select(webhooks.c.company_id, webhooks.c.id, webhooks.c.events)
    called = called.where(webhooks.c.company_id.in_(company_ids), webhooks.c.paused_at.is_(None))
    for company_id, identity, events in await connection.execute(called):
        found[company_id].append(Place(identity, Channel.HOOK, frozenset(events)))
    return found
