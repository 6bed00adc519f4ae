"""What is about to be added, told to rooms above that know whether there is room for it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection


class NewCompany(NamedTuple):
    """One more company for the practice that is to look after it, or for the person who is to own it."""

    owner_id: UUID | None = None
    practice_id: UUID | None = None


class NewPerson(NamedTuple):
    """One more person at work in a company or in a practice; their id, where they have an account already."""

    company_id: UUID | None = None
    practice_id: UUID | None = None
    person_id: UUID | None = None


Growth: TypeAlias = NewCompany | NewPerson
Guard: TypeAlias = Callable[[AsyncConnection, Growth, datetime], Awaitable[None]]

# A room imports only rooms below it, so those above are asked without being imported; `entry` says who they are.
_guards: list[Guard] = []


def guard_growth(guard: Guard) -> None:
    """Nothing; from now on the guard is asked before a company or a person is added, and may refuse."""
    if guard not in _guards:
        _guards.append(guard)


async def ask_guards(connection: AsyncConnection, growth: Growth, now: datetime) -> None:
    """Nothing, where nobody refuses; whoever asks holds the trail of the company or the practice.

    Errors: whatever a guard refuses with.
    """
    for guard in _guards:
        await guard(connection, growth, now)
