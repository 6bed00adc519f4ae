"""Every read of feeds and of what they show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.feeds.tables import feeds
from complianceai.register.tasks.states import OPEN, State
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.practice_tables import engagements
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import companies, people

BACK, AHEAD = timedelta(days=92), timedelta(days=460)
MOST_EVENTS = 5000


@dataclass(frozen=True, slots=True)
class Feed:
    """One of a person's feeds as they see it; its address is told once and kept nowhere."""

    id: UUID
    name: str
    company_id: UUID | None
    practice_id: UUID | None
    hides_names: bool
    created_at: datetime
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed whose address somebody knows, and whose it is."""

    feed: Feed
    person: Person


@dataclass(frozen=True, slots=True)
class Event:
    """A task as an event: when it is due at the latest, and how often it has changed."""

    id: UUID
    company_id: UUID
    company: str
    form: str
    title: str
    period_label: str
    part: str
    registration: str | None
    authority: str
    certainty: str
    due_date: date
    effective_date: date
    statutory_date: date
    extended_by: str | None
    working_date: date | None
    state: State
    updated_at: datetime
    version: int

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "state", State(self.state))


async def list_feeds(connection: AsyncConnection, scope: Scope) -> list[Feed]:
    """The person's feeds, the newest first."""
    wanted = _feeds().where(feeds.c.person_id == scope.person.id)
    return await fetch_all(connection, wanted.order_by(feeds.c.created_at.desc(), feeds.c.id), Feed)


async def find_opened(connection: AsyncConnection, token: str) -> Opened | None:
    """The feed of an address with its person, or None where there is none or it was revoked."""
    found = await fetch_one(connection, _feeds().where(feeds.c.token_hash == hash_token(token)), Feed)
    if found is None:
        return None
    owner = select(feeds.c.person_id).where(feeds.c.id == found.id).scalar_subquery()
    wanted = select(*(people.c[name] for name in Person.__slots__)).where(people.c.id == owner)
    person = await fetch_one(connection, wanted, Person)
    return None if person is None else Opened(found, person)


async def list_events(connection: AsyncConnection, scope: Scope, feed: Feed) -> list[Event]:
    """The tasks of the feed that its person reaches today, from three months back to fifteen ahead."""
    window = tasks.c.effective_date.between(scope.today - BACK, scope.today + AHEAD)
    shown = tasks.c.state.in_([*(state.value for state in OPEN), State.FILED.value])
    own = {"company"}
    columns = [tasks.c[name] for name in Event.__slots__ if name not in own]
    wanted = (
        select(*columns, companies.c.name.label("company"))
        .join_from(tasks, companies, companies.c.id == tasks.c.company_id)
        .where(scope.reaches(tasks.c.company_id), window, shown, tasks.c.lapse.is_(None), *_of(feed, scope))
        .order_by(tasks.c.effective_date, tasks.c.id)
        .limit(MOST_EVENTS)
    )
    return await fetch_all(connection, wanted, Event)


def _of(feed: Feed, scope: Scope) -> Iterator[ColumnElement[bool]]:
    if feed.company_id is not None:
        yield tasks.c.company_id == feed.company_id
    elif feed.practice_id is not None:
        theirs = engagements.c.practice_id == feed.practice_id
        current = theirs & engagements.c.closed_at.is_(None) & scope.is_in(literal(feed.practice_id))
        yield tasks.c.company_id.in_(select(engagements.c.company_id).where(current))
    else:
        me = scope.person.id
        yield or_(tasks.c.assignee_id == me, tasks.c.reviewer_id == me)


def _feeds() -> Select[Any]:
    return select(*(feeds.c[name] for name in Feed.__slots__))
