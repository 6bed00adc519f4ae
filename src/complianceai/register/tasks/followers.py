"""Who is told, in the same transaction, of every deed on a task; `entry` says who they are."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.one import Worked
from complianceai.storage.audit import Actor, Change

Follower: TypeAlias = Callable[[AsyncConnection, Actor, Worked, Change, datetime], Awaitable[None]]

# Reminders are made of tasks, so tasks cannot import them.
_followers: list[Follower] = []


def follow_tasks(follower: Follower) -> None:
    """Nothing; from now on the follower is told of whatever is done to a task."""
    if follower not in _followers:
        _followers.append(follower)


async def tell_followers(
    connection: AsyncConnection, actor: Actor, worked: Worked, change: Change, now: datetime
) -> None:
    """Nothing, once each follower has kept what follows from the deed; the task is as it was read before it."""
    for follower in _followers:
        await follower(connection, actor, worked, change, now)
