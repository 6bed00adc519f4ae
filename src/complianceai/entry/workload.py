"""The work that the practice of `complianceai demo` has done, has under way and has before it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.register.tasks.actions.custom import OwnDuty, add_duty
from complianceai.register.tasks.actions.holding import Named
from complianceai.register.tasks.actions.notices import Happened, Received, add_happening, add_notice
from complianceai.register.tasks.actions.settings import Keeping, set_keeping
from complianceai.register.tasks.actions.steps import Taken, step_on
from complianceai.register.tasks.actions.talking import comment
from complianceai.register.tasks.actions.working import change_task
from complianceai.register.tasks.notice_states import Happening
from complianceai.register.tasks.queries.one import find_worked
from complianceai.register.tasks.tables import tasks
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company, list_companies
from complianceai.tenancy.scope import Scope

# The register of each client begins so many days ago; what is older was another firm's.
SINCE_DAYS = 30
# So many of them have a notice and a duty of their own.
WRITTEN = 2
# What is done with the dates that have passed, by turns: most are filed in time, some late, some not at all.
TURNS = (
    "approved",
    "approved",
    "late",
    "approved",
    "in_review",
    "sent_back",
    "approved",
    "started",
    "waived",
    "left",
)


class Workload:
    """What is done for one client: by whom it is prepared, by whom reviewed, and when."""

    def __init__(self, database: Database, maker: Scope, checker: Scope, now: datetime) -> None:
        self.database, self.maker, self.checker, self.now = database, maker, checker, now
        self.today = date_in_india(now)

    async def fill_all(self) -> int:
        """How many tasks of the clients that both people reach have left their first state."""
        async with self.database.reading() as connection:
            clients = await list_companies(connection, self.maker)
        done = 0
        for number, client in enumerate(clients):
            done += await self.fill(client.id)
            if number < WRITTEN:
                await self.write(client.id)
        return done

    async def fill(self, company_id: UUID) -> int:
        """How many of the client's tasks have left their first state."""
        keeping = Keeping(review_required=True, engaged_from=self.today - timedelta(days=SINCE_DAYS))
        await set_keeping(self.database, self.checker, company_id, keeping, self.now)
        async with self.database.transaction() as connection:
            past = await self._past(connection, company_id)
            for number, (task_id, day) in enumerate(past):
                turn = TURNS[number % len(TURNS)]
                await self._do(connection, Named(company_id, task_id), turn, day)
        return sum(TURNS[number % len(TURNS)] != "left" for number in range(len(past)))

    async def _past(self, connection: AsyncConnection, company_id: UUID) -> list[tuple[UUID, date]]:
        theirs = (tasks.c.company_id == company_id) & tasks.c.lapse.is_(None)
        wanted = select(tasks.c.id, tasks.c.effective_date).where(theirs, tasks.c.effective_date < self.today)
        found = await connection.execute(wanted.order_by(tasks.c.effective_date, tasks.c.key))
        return [(row.id, row.effective_date) for row in found]

    async def _do(self, connection: AsyncConnection, named: Named, turn: str, day: date) -> None:
        people = {"assignee_id": self.maker.person.id, "reviewer_id": self.checker.person.id}
        await self._edit(connection, named, people)
        if turn == "started":
            await self._step(connection, named, self.maker, "start")
        elif turn == "waived":
            reason = "A nil return; the officer confirmed in writing that none is needed."
            await self._step(connection, named, self.checker, "waive", reason)
        elif turn != "left":
            await self._file(connection, named, turn, day)

    async def _file(self, connection: AsyncConnection, named: Named, turn: str, day: date) -> None:
        filed_on = min(day + timedelta(days=3 if turn == "late" else -1), self.today)
        proof = {"filed_on": filed_on, "acknowledgement": f"AA27{named.task_id.int % 10**11:011d}"}
        await self._edit(connection, named, proof)
        await self._step(connection, named, self.maker, "submit")
        if turn == "sent_back":
            reason = "The amount is not that of the ledger."
            await self._step(connection, named, self.checker, "send_back", reason)
        elif turn != "in_review":
            await self._step(connection, named, self.checker, "approve")

    async def _edit(self, connection: AsyncConnection, named: Named, values: Mapping[str, Any]) -> None:
        worked = await find_worked(connection, self.maker, named.company_id, named.task_id)
        await change_task(connection, self.maker, worked, values, self.now)

    async def _step(
        self, connection: AsyncConnection, named: Named, who: Scope, step: str, reason: str = ""
    ) -> None:
        company = await find_company(connection, who, named.company_id)
        worked = await find_worked(connection, who, named.company_id, named.task_id)
        await step_on(connection, who, company, worked, Taken(step, reason), self.now)

    async def write(self, company_id: UUID) -> None:
        """Nothing; the client has a notice whose hearing was adjourned, a duty of its own, and something said."""
        database, now, today = self.database, self.now, self.today
        received = Received(
            "CBDT", "Scrutiny of the return for 2024-25", today - timedelta(days=20), today - timedelta(days=18),
            "143(2)", "ITBA/AST/S/143(2)/2026-27/0000", today + timedelta(days=9), today + timedelta(days=12),
        )  # fmt: skip
        notice = await add_notice(database, self.maker, company_id, received, now)
        moved = Happened(Happening.ADJOURNED, today, "On our request.", today + timedelta(days=26))
        await add_happening(database, self.maker, company_id, notice, moved, now)
        duty = OwnDuty("Renew the lease of the office", today + timedelta(days=40), "year")
        _, task_id = await add_duty(database, self.maker, company_id, duty, now)
        first = self.checker.person.name.split()[0]
        text = f"@{first}, the landlord asks for five per cent more. Shall we agree?"
        await comment(database, self.maker, Named(company_id, task_id), text, now)
