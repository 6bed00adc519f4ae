"""Figures of a company that rooms above count: each names its own, and the company's statistics tell them all."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

Counter: TypeAlias = Callable[[AsyncConnection, UUID], Awaitable[int]]

# A room imports only rooms below it, so that whoever keeps documents or conversations says here how they are counted.
_counters: dict[str, Counter] = {}


def count_as(name: str, counter: Counter) -> None:
    """Nothing; from now on the statistics of each company have a figure of that name."""
    _counters[name] = counter


async def counted(connection: AsyncConnection, company_id: UUID, name: str) -> int:
    """The figure of that name; 0 where no room of this program keeps such things."""
    counter = _counters.get(name)
    return 0 if counter is None else await counter(connection, company_id)
