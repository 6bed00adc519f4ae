"""Maker and checker, the trail, taking everything along, and a second step are in every plan: here on the free one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from complianceai.tenancy.policies import Role
from tests.billing.plan_house import new_company
from tests.cast import ASHA, BILAL, House, describe, open_house
from tests.register.tasks.cast_of_tasks import firm_of
from tests.tenancy.test_factors import GIVEN, turn_on


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(
        database_url, redis_url, rate_limit="100000/minute", data_dir=tmp_path, plans=True
    ) as made:
        yield made


async def test_on_the_free_plan_one_prepares_and_another_approves_and_the_trail_tells(house: House) -> None:
    firm = await firm_of(house)
    assert (await new_company(firm.owner)).status_code == 402
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    maker, checker = firm.by_role[Role.PREPARER], firm.by_role[Role.REVIEWER]
    assert (await firm.step(maker, task["id"], "approve")).status_code in {403, 409}
    done = await firm.step(checker, task["id"], "approve")
    assert (done.json()["data"]["state"], done.json()["data"]["reviewed"]) == ("filed", True)
    rows = (await firm.owner.get(f"{firm.base}/trail")).json()["data"]
    assert rows[0]["deed"] == "task.approve"
    lines = (await firm.owner.get(f"{firm.base}/trail.jsonl")).text.splitlines()
    assert len(lines) == len(rows) + 1


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ics"])
async def test_on_the_free_plan_everything_can_be_taken_along(house: House, kind: str) -> None:
    firm = await firm_of(house)
    year = await firm.owner.get(f"/app/companies/{firm.company}/calendar.{kind}")
    assert (year.status_code, len(year.content) > 200) == (200, True)
    own = await firm.owner.get("/app/account/export.json")
    assert own.json()["companies"][0]["id"] == firm.company
    assert [each["plan"] for each in own.json()["billingAccount"]] == ["free"]


async def test_what_was_used_and_asked_stands_in_the_persons_own_export(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    asked = {"message": "When is GSTR-3B due?", "companyId": company}
    assert (await asha.post("/api/chat", json=asked)).status_code == 200
    told = (await asha.get("/app/account/export.json")).json()
    (account,) = told["billingAccount"]
    assert (account["plan"], account["usage"]) == (
        "free", [{"month": "2026-11-01", "kind": "answers", "used": 1}],
    )  # fmt: skip
    assert [each["question"] for each in told["conversations"]] == [asked["message"]]
    others = (await bilal.get("/app/account/export.json")).json()
    assert (others["billingAccount"], others["conversations"]) == ([], [])


async def test_on_the_free_plan_there_is_a_second_step(house: House) -> None:
    asha = await house.register(ASHA)
    app, _ = await turn_on(house, asha)
    visitor = await house.visitor()
    assert (await visitor.post("/api/auth/login", json=GIVEN)).json()["code"] == "tenancy.needs_code"
    given = GIVEN | {"code": app.at(house.watch.now)}
    assert (await visitor.post("/api/auth/login", json=given)).status_code == 200
