"""A company's statistics: made once for all who ask, right after every change, and also without the store."""

import asyncio

import pytest
from httpx import AsyncClient

from complianceai.operations.metrics.counting import counted
from tests.cast import ASHA, CHITRA, describe, open_house
from tests.workspace.papers import written

RATE = "100000/minute"


def made() -> float:
    """How often statistics were made in this process so far."""
    name = 'complianceai_cache_looks_total{found="no",name="statistics"} '
    lines = [line for line in counted().splitlines() if line.startswith(name)]
    return float(lines[0].removeprefix(name)) if lines else 0.0


async def stats_of(client: AsyncClient, company: str) -> dict[str, int]:
    reply = await client.get(f"/api/companies/{company}/stats")
    assert reply.status_code == 200, reply.text
    found: dict[str, int] = reply.json()["data"]
    return found


async def waive_one(client: AsyncClient, company: str) -> None:
    base = f"/api/companies/{company}/tasks"
    [task, *_] = (await client.get(base)).json()["data"]
    step = {"step": "waive", "reason": "Nil"}
    assert (await client.post(f"{base}/{task['id']}/transitions", json=step)).status_code == 200


@pytest.mark.parametrize("store", ["as the engine has it", "silent"])
async def test_they_are_made_once_and_anew_after_each_change(
    database_url: str, redis_url: str | None, store: str
) -> None:
    url = redis_url if store != "silent" else "redis://127.0.0.1:9/0"
    async with open_house(database_url, url, rate_limit=RATE) as house:
        asha = await house.register(ASHA)
        company = await describe(asha)
        before, count = await stats_of(asha, company), made()
        assert await stats_of(asha, company) == before
        assert made() == count
        await waive_one(asha, company)
        after = await stats_of(asha, company)
        assert (after["pending"], made()) == (before["pending"] - 1, count + 1)
        await written(asha, company)
        assert ((await stats_of(asha, company))["documents"], made()) == (1, count + 2)
        house.watch.move(days=400)
        asked = await house.visitor()
        door = {"email": ASHA.email, "password": ASHA.password}
        assert (await asked.post("/api/auth/login", json=door)).status_code == 200
        assert (await stats_of(asked, company))["overdue"] > after["overdue"]


async def test_fifty_readers_of_two_processes_make_them_once(database_url: str, valkey_url: str) -> None:
    async with (
        open_house(database_url, valkey_url, rate_limit=RATE) as one,
        open_house(database_url, valkey_url, rate_limit=RATE) as other,
    ):
        asha = await one.register(ASHA)
        company = await describe(asha)
        there = await other.visitor()
        door = {"email": ASHA.email, "password": ASHA.password}
        assert (await there.post("/api/auth/login", json=door)).status_code == 200
        await asha.get(f"/api/companies/{company}/tasks")
        count = made()
        asked = [stats_of((asha, there)[number % 2], company) for number in range(50)]
        found = await asyncio.gather(*asked)
        assert found == [found[0]] * 50
        assert made() == count + 1


async def test_what_is_kept_is_told_to_nobody_who_may_not_see_it(
    database_url: str, redis_url: str | None
) -> None:
    async with open_house(database_url, redis_url, rate_limit=RATE) as house:
        asha, chitra = await house.register(ASHA), await house.register(CHITRA)
        company = await describe(asha)
        await stats_of(asha, company)
        assert (await chitra.get(f"/api/companies/{company}/stats")).status_code == 404


async def test_a_question_is_counted_at_once(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url, rate_limit=RATE) as house:
        asha = await house.register(ASHA)
        company = await describe(asha)
        assert (await stats_of(asha, company))["aiInteractions"] == 0
        asked = {"message": "When is GSTR-9 due?", "companyId": company}
        assert (await asha.post("/api/chat", json=asked)).status_code == 200
        assert (await stats_of(asha, company))["aiInteractions"] == 1
