"""A firm whose clock is moved by hand, and what a worker does for it."""

import asyncio
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import select

from complianceai.entry.worker import make_registry
from complianceai.jobs.performing import perform
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.keeping import plan_all
from complianceai.register.reminders.posting import post_all
from complianceai.storage.outbox import State, outbox
from tests.cast import House
from tests.register.tasks.cast_of_tasks import Firm


@dataclass
class Office:
    """The firm, and what a worker does for it."""

    firm: Firm
    tools: Tools
    folder: Path

    @property
    def house(self) -> House:
        return self.firm.house

    async def tick(self) -> int:
        """One turn of the clock: planned, posted, and every reminder's job done; how many notices were new."""
        now = self.tools.clock()
        count = await plan_all(self.tools.database, now)
        await post_all(self.tools.database, now)
        await self.work()
        return count

    async def work(self) -> None:
        """Every job of reminders that is due is done, once."""
        is_due = (outbox.c.state == State.WAITING.value) & (outbox.c.due_at <= self.tools.clock())
        wanted = select(outbox.c.id, outbox.c.round).where(is_due, outbox.c.kind.startswith("reminders."))
        async with self.tools.database.reading() as connection:
            rows = (await connection.execute(wanted)).all()
        for row in rows:
            await perform(make_registry(), self.tools, row.id, row.round)

    async def mails(self) -> list[EmailMessage]:
        """All mails so far, the oldest first."""
        return await asyncio.to_thread(self._mails)

    def _mails(self) -> list[EmailMessage]:
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [_read(path) for path in paths]


def _read(path: Path) -> EmailMessage:
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found
