"""How every service is and was, read in three selects, and drawn."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.operations.status.tables import service_checks, service_days
from complianceai.storage.rows import fetch_all

DAYS = 90
LATELY = timedelta(hours=24)
# Nobody looked for so long: how it is now nobody knows.
STALE = timedelta(minutes=5)
MOST_FAILURES = 20
WIDTH, HEIGHT = 600, 80


class Check(NamedTuple):
    """One look."""

    service: str
    at: datetime
    is_up: bool
    milliseconds: int
    fault: str | None


class Day(NamedTuple):
    """All looks of a day."""

    service: str
    day: date
    checks: int
    failures: int
    milliseconds: int
    slowest: int


class Service(NamedTuple):
    """A service: its last look, its days with None where nobody looked, its failures and its times of a day."""

    name: str
    last: Check | None
    days: list[Day | None]
    failures: list[Check]
    lately: list[Check]

    def is_up(self, now: datetime) -> bool | None:
        """Whether it answers; None where nobody looked lately."""
        if self.last is None or now - self.last.at > STALE:
            return None
        return self.last.is_up

    @property
    def uptime(self) -> float | None:
        """Of all looks in the days that are kept, the share that went well, in per cent."""
        checks = sum(each.checks for each in self.days if each)
        failures = sum(each.failures for each in self.days if each)
        return None if not checks else 100 * (checks - failures) / checks

    @property
    def average(self) -> int | None:
        """Milliseconds of a look today and the days before, on average."""
        checks = sum(each.checks for each in self.days if each)
        return None if not checks else round(sum(each.milliseconds for each in self.days if each) / checks)

    def line(self, now: datetime) -> str:
        """The times of the last day as points of a line in a drawing 600 wide and 80 high."""
        most = max([1, *(each.milliseconds for each in self.lately)])
        begins = now - LATELY
        return " ".join(
            f"{WIDTH * ((each.at - begins) / LATELY):.1f},{HEIGHT - HEIGHT * each.milliseconds / most:.1f}"
            for each in self.lately
        )

    @property
    def slowest(self) -> int:
        """Milliseconds of the slowest look of the last day."""
        return max((each.milliseconds for each in self.lately), default=0)


async def read_history(connection: AsyncConnection, now: datetime) -> list[Service]:
    """Every service that was looked at within the days that are kept, by its name."""
    today = date_in_india(now)
    kept = select(service_days).where(service_days.c.day > today - timedelta(days=DAYS))
    days = await fetch_all(connection, kept, Day)
    recent = select(service_checks).where(service_checks.c.at > now - LATELY)
    lately = await fetch_all(connection, recent.order_by(service_checks.c.at), Check)
    went_wrong = select(service_checks).where(~service_checks.c.is_up)
    worst = went_wrong.order_by(service_checks.c.at.desc()).limit(MOST_FAILURES * 10)
    failures = await fetch_all(connection, worst, Check)
    names = sorted({each.service for each in days} | {each.service for each in lately})
    return [_service(name, days, lately, failures, today) for name in names]


def _service(
    name: str, days: Sequence[Day], lately: Sequence[Check], failures: Sequence[Check], today: date
) -> Service:
    mine = {each.day: each for each in days if each.service == name}
    own = [each for each in lately if each.service == name]
    return Service(
        name,
        own[-1] if own else None,
        [mine.get(today - timedelta(days=ago)) for ago in reversed(range(DAYS))],
        [each for each in failures if each.service == name][:MOST_FAILURES],
        own,
    )
