"""Whatever is done to a task, in whatever order and by whomever, what must always hold holds."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from complianceai.register.tasks.states import OPEN, STEPS, State
from complianceai.register.tasks.tables import task_makers, tasks
from complianceai.storage.verify_trail import faults_of
from complianceai.tenancy.policies import Role
from tests.cast import describe, open_house
from tests.register.tasks.cast_of_tasks import Firm, firm_of

T = TypeVar("T")
PEOPLE = [Role.OWNER, Role.REVIEWER, Role.PREPARER]
GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


class Sequences(RuleBasedStateMachine):
    """One task of a new company each time, and three people with every right there is between them."""

    runner: asyncio.Runner
    firm: Firm

    def run_async(self, work: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await work

        return self.runner.run(awaited())

    @initialize()
    def begin(self) -> None:
        self.run_async(self._begin())

    async def _begin(self) -> None:
        self.firm.company = await describe(self.firm.owner, **GST)
        for role in PEOPLE[1:]:
            await self.firm.house.join(self.firm.by_role[role], self.firm.company, role)
        self.task = next(each["id"] for each in await self.firm.tasks() if each["form"] == "GSTR-3B")
        self.seen: set[UUID] = set()

    @rule(role=st.sampled_from(PEOPLE), step=st.sampled_from(sorted(STEPS)), reviewer=st.sampled_from(PEOPLE))
    def take(self, role: Role, step: str, reviewer: Role) -> None:
        sent = {"reason": "because", "reviewerId": self.firm.ids[reviewer]}
        reply = self.run_async(self.firm.step(self.firm.by_role[role], self.task, step, **sent))
        assert reply.status_code in {200, 403, 409, 422}, reply.text

    @rule(
        role=st.sampled_from(PEOPLE),
        day=st.sampled_from([None, "2026-11-20"]),
        number=st.sampled_from(["", "A", "B"]),
    )
    def write(self, role: Role, day: str | None, number: str) -> None:
        edit = self.firm.edit(self.firm.by_role[role], self.task, filedOn=day, acknowledgement=number)
        assert self.run_async(edit).status_code in {200, 409}

    @rule(registered=st.booleans())
    def change_facts(self, registered: bool) -> None:
        self.run_async(self._change_facts(registered=registered))

    async def _change_facts(self, *, registered: bool) -> None:
        kept = (await self.firm.owner.get(self.firm.base)).json()["data"]["profile"]
        profile = {**kept, **GST} if registered else {name: kept[name] for name in kept if name != "gst"}
        assert (await self.firm.owner.patch(self.firm.base, json={"profile": profile})).status_code == 200

    @rule(demanded=st.sampled_from([None, True, False]))
    def demand(self, demanded: bool | None) -> None:
        sent = self.firm.owner.put(f"{self.firm.base}/register", json={"reviewRequired": demanded})
        assert self.run_async(sent).status_code == 200

    @invariant()
    def nobody_approved_their_own_work(self) -> None:
        if not hasattr(self, "task"):
            return
        row, makers = self.run_async(self._row())
        assert row.approved_by is None or row.approved_by not in makers | {row.prepared_by}
        assert (row.approved_by is None) == (row.approved_hash is None)
        # Who worked on it is never forgotten.
        assert self.seen <= makers
        self.seen = makers

    @invariant()
    def its_state_and_its_row_agree(self) -> None:
        if not hasattr(self, "task"):
            return
        row, _ = self.run_async(self._row())
        state = State(row.state)
        assert state is not State.FILED or row.filed_on is not None
        assert state is not State.WAIVED or row.reason
        assert row.approved_by is None or state is State.FILED
        assert (row.lapsed_from is not None) <= (row.lapse is not None and state is State.NOT_APPLICABLE)
        assert row.lapse is None or state not in OPEN

    async def _row(self) -> tuple[Any, set[UUID]]:
        async with self.firm.house.database.reading() as connection:
            row = (await connection.execute(select(tasks).where(tasks.c.id == UUID(self.task)))).one()
            wanted = select(task_makers.c.person_id).where(task_makers.c.task_id == row.id)
            return row, set((await connection.execute(wanted)).scalars())

    def teardown(self) -> None:
        if hasattr(self, "task"):
            text = self.run_async(self.firm.owner.get(f"{self.firm.base}/trail.jsonl")).content
            assert list(faults_of(text.removesuffix(b"\n").split(b"\n"))) == []


def test_any_sequence_of_actions_keeps_what_must_hold(database_url: str, redis_url: str | None) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        house = runner.run(
            stack.enter_async_context(open_house(database_url, redis_url, rate_limit="1000000/minute"))
        )
        Sequences.runner, Sequences.firm = runner, runner.run(firm_of(house))
        try:
            run_state_machine_as_test(
                Sequences,
                settings=settings(
                    max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
                    suppress_health_check=list(HealthCheck),
                ),
            )  # fmt: skip
        finally:
            runner.run(stack.aclose())
