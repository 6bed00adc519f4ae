"""Rooms above that keep something of each company, and are told in the same transaction when its facts change."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Actor

Follower: TypeAlias = Callable[[AsyncConnection, UUID, Actor, datetime], Awaitable[None]]

# A room imports only rooms below it, so those above are told without being imported; `entry` says who they are.
_followers: list[Follower] = []


def follow_companies(follower: Follower) -> None:
    """Nothing; from now on the follower is told of every company that is made or whose facts change."""
    if follower not in _followers:
        _followers.append(follower)


async def tell_followers(connection: AsyncConnection, company_id: UUID, actor: Actor, now: datetime) -> None:
    """Nothing, once each follower has kept what follows from the company's facts as they are now."""
    for follower in _followers:
        await follower(connection, company_id, actor, now)
