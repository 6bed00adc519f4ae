"""Every read of those who run the site."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.happenings import Way
from complianceai.tenancy.operators.tables import operator_steps, operators
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people, sessions

# Long enough to look something up, short enough for a browser that was left open.
WINDOW = timedelta(minutes=15)
# Signing in so has shown two factors: a passkey alone is taken at the door only where its device knew the person.
TWO_FACTORS = frozenset({Way.CODE, Way.PASSKEY, Way.PASSWORD_AND_PASSKEY})


@dataclass(frozen=True, slots=True)
class AtWork:
    """An operator's session: how and when it began, and when its second factor was last shown to the console."""

    way: str | None
    created_at: datetime
    at: datetime | None

    def is_stepped(self, now: datetime) -> bool:
        """Whether a second factor was shown within the window, at the door or to the console."""
        has_just_come = self.way in TWO_FACTORS and now - self.created_at <= WINDOW
        return has_just_come or (self.at is not None and now - self.at <= WINDOW)


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who runs the site."""

    name: str
    email: str
    granted_at: datetime


async def find_operator(connection: AsyncConnection, scope: Scope) -> AtWork | None:
    """The session of whoever asks, where they are an operator and no program; otherwise None."""
    wanted = (
        select(sessions.c.way, sessions.c.created_at, operator_steps.c.at)
        .join_from(sessions, operators, operators.c.person_id == sessions.c.person_id)
        .outerjoin(operator_steps, operator_steps.c.session_id == sessions.c.id)
        .where(sessions.c.id == scope.session_id, sessions.c.person_id == scope.person.id)
    )
    return await fetch_one(connection, wanted, AtWork)


async def list_operators(connection: AsyncConnection) -> list[Operator]:
    """Everybody who runs the site, the first one first."""
    wanted = select(people.c.name, people.c.email, operators.c.granted_at).join_from(operators, people)
    return await fetch_all(connection, wanted.order_by(operators.c.granted_at, people.c.id), Operator)
