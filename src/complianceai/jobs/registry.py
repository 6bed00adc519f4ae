"""Which kinds of work there are, and who does them. Rooms above add theirs in their `work.py`."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.jobs.schedules import Schedule
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job

Outside: TypeAlias = Callable[[Tools, Job], Awaitable[None]]
Inside: TypeAlias = Callable[[AsyncConnection, Tools, Job], Awaitable[None]]

# With the pauses of `jobs/pauses.py` this takes a day and a half.
MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: exactly one of `outside` and `inside` does it."""

    name: str
    most_attempts: int
    outside: Outside | None = None
    inside: Inside | None = None


@dataclass
class Registry:
    """Every kind of work of one program, and what happens by the clock."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    schedules: dict[str, tuple[Schedule, Mapping[str, Any]]] = field(default_factory=dict)
    # The latest tick that this process has seen written, so that the database is not asked every second.
    written: dict[str, datetime] = field(default_factory=dict)

    def add_outside(self, kind: str, handler: Outside, *, most_attempts: int = MOST_ATTEMPTS) -> None:
        """Nothing; jobs of that kind are done by a handler that reaches beyond the database, such as a mail server.

        It runs at least once: a worker may be killed after the deed and before its mark. So it makes the deed one that
        may be repeated, by a key made of `job.id`.
        """
        self._add(Kind(kind, most_attempts, outside=handler))

    def add_inside(self, kind: str, handler: Inside, *, most_attempts: int = MOST_ATTEMPTS) -> None:
        """Nothing; jobs of that kind are done by a handler that only writes to the database.

        It runs in the transaction that marks the job as done, so what it writes is written exactly once.
        """
        self._add(Kind(kind, most_attempts, inside=handler))

    def add_schedule(self, kind: str, schedule: Schedule, payload: Mapping[str, Any] | None = None) -> None:
        """Nothing; a job of that kind is written at each tick of the schedule, once however many workers there are."""
        if kind not in self.kinds:
            message = f"no handler was added for {kind}"
            raise ValueError(message)
        self.schedules[kind] = schedule, payload or {}

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.kinds))

    def _add(self, kind: Kind) -> None:
        if kind.name in self.kinds:
            message = f"two handlers were added for {kind.name}"
            raise ValueError(message)
        self.kinds[kind.name] = kind
