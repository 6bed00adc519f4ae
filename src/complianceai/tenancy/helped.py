"""Who holds the session of an operator who helps to what its person allowed; `entry` tells this room of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

Holder: TypeAlias = Callable[[Database, Scope, str, datetime], Awaitable[Scope | None]]

# Whoever asks who is there knows nothing of operators, so `entry` says who does.
_holders: list[Holder] = []


def hold_by(holder: Holder) -> None:
    """Nothing; from now on such a session is what the holder makes of it."""
    if holder not in _holders:
        _holders.append(holder)


async def held(database: Database, scope: Scope, path: str, now: datetime) -> Scope | None:
    """The scope as whoever helps has it; without anybody who says what that is, nobody is there."""
    return await _holders[0](database, scope, path, now) if _holders else None
