"""One question after a moment that mattered, seldom; and announcements: both above the pages, without a script."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import insert, select

from complianceai.base.ids import new_id
from complianceai.insights.surveys.tables import surveys
from complianceai.insights.tables import announcements, switches
from complianceai.tenancy.switches import KNOWN, Switch, is_on
from tests.cast import ASHA, BILAL, House, describe

QUESTION = "Would you recommend ComplianceAI"


async def flush(house: House) -> None:
    await house.app.state.insights.counter.flush()


async def file_something(house: House, client: AsyncClient, company: str) -> None:
    task = await client.post(
        f"/api/companies/{company}/tasks", json={"title": "Pay the rent", "dueDate": "2026-12-05"}
    )
    assert task.status_code == 201, task.text
    path = f"/api/companies/{company}/tasks/{task.json()['data']['id']}"
    proof = {"filedOn": "2026-11-20", "acknowledgement": "AA270000000001"}
    assert (await client.patch(path, json=proof)).status_code == 200
    for step in ("start", "file"):
        reply = await client.post(f"{path}/transitions", json={"step": step})
    assert reply.status_code == 200, reply.text
    await flush(house)


async def said(house: House) -> list[Any]:
    columns = surveys.c.question, surveys.c.moment, surveys.c.score, surveys.c.comment
    async with house.database.reading() as connection:
        return [tuple(row) for row in await connection.execute(select(*columns).order_by(surveys.c.asked_at))]


async def test_after_a_filing_the_question_stands_above_pages_until_it_is_answered(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await flush(house)
    assert QUESTION not in (await asha.get("/app")).text
    await file_something(house, asha, company)
    page = await asha.get("/app/account")
    assert (QUESTION in page.text, 'value="10"' in page.text, "<script>" in page.text) == (True, True, False)
    assert QUESTION not in (await (await house.visitor()).get("/law")).text
    told = (await asha.get("/api/survey")).json()["data"]
    assert (told["question"], told["lowest"], told["highest"]) == ("nps", 0, 10)
    sent = {"score": "9", "comment": " Saves me a day ", "next": "/app/account"}
    reply = await asha.post("/app/notices/survey", data=sent)
    assert (reply.status_code, reply.headers["location"]) == (303, "/app/account")
    assert QUESTION not in (await asha.get("/app/account")).text
    assert await said(house) == [("nps", "task_filed", 9, "Saves me a day")]


async def test_nobody_is_asked_twice_in_ninety_days(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await file_something(house, asha, company)
    assert (await asha.request("DELETE", "/api/survey")).status_code == 200
    house.watch.move(days=89)
    asha = await again(house)
    await file_something(house, asha, company)
    assert len(await said(house)) == 1
    house.watch.move(days=1, seconds=1)
    asha = await again(house)
    await file_something(house, asha, company)
    assert len(await said(house)) == 2


async def again(house: House) -> AsyncClient:
    client = await house.visitor()
    given = {"email": ASHA.email, "password": ASHA.password}
    assert (await client.post("/api/auth/login", json=given)).status_code == 200
    return client


async def test_only_the_first_answer_is_asked_about(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    await asha.post("/api/chat", json={"message": "When is GSTR-9 due?"})
    await flush(house)
    assert [each[:2] for each in await said(house)] == [("csat", "question_asked")]
    house.app.state.insights.notices.switches = {"surveys": Switch(0)}
    await bilal.post("/api/chat", json={"message": "When is GSTR-9 due?"})
    await flush(house)
    house.app.state.insights.notices.switches = {}
    await bilal.post("/api/chat", json={"message": "When is GSTR-1 due?"})
    await flush(house)
    assert len(await said(house)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"score": ""},
        {"score": "11"},
        {"score": "-1"},
        {"score": "nine"},
        {"score": "9", "comment": "x" * 1001},
    ],
)
async def test_what_is_no_answer_changes_nothing(house: House, sent: dict[str, str]) -> None:
    asha = await house.register(ASHA)
    await file_something(house, asha, await describe(asha))
    assert (await asha.post("/app/notices/survey", data=sent)).status_code == 303
    assert [each[2] for each in await said(house)] == [None]
    assert QUESTION in (await asha.get("/app/account")).text


async def test_the_scale_of_the_question_holds(house: House) -> None:
    asha = await house.register(ASHA)
    assert (await asha.post("/api/survey", json={"score": 3})).status_code == 404
    await asha.post("/api/chat", json={"message": "When is GSTR-9 due?"})
    await flush(house)
    assert (await asha.post("/api/survey", json={"score": 6})).status_code == 422
    assert (await asha.post("/api/survey", json={"score": 5})).status_code == 200
    assert (await asha.post("/api/survey", json={"score": 5})).status_code == 404


async def test_a_question_that_waits_is_known_to_other_processes_and_goes_after_a_week(house: House) -> None:
    asha = await house.register(ASHA)
    await file_something(house, asha, await describe(asha))
    house.app.state.insights.notices.offers.clear()
    await house.app.state.insights.refresh()
    assert QUESTION in (await asha.get("/app/account")).text
    house.watch.move(days=7)
    await house.app.state.insights.refresh()
    assert QUESTION not in (await (await again(house)).get("/app/account")).text


async def test_an_announcement_is_shown_in_its_time_in_ones_language_until_it_is_waved_away(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    now, identity = house.watch.now, new_id()
    row = {
        "id": identity, "text_en": "We move <b>tonight</b>", "text_hi": "आज रात हम बदल रहे हैं", "created_at": now,
        "starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=3),
    }  # fmt: skip
    async with house.database.transaction() as connection:
        await connection.execute(insert(announcements).values(**row))
    await house.app.state.insights.refresh()
    assert "We move" not in (await asha.get("/app")).text
    house.watch.move(hours=1)
    assert "We move &lt;b&gt;tonight" in (await asha.get("/app")).text
    assert "आज रात" in (await asha.get("/app", headers={"Cookie": f"{_cookies(asha)}; language=hi"})).text
    assert "We move" not in (await (await house.visitor()).get("/law")).text
    nonsense = {"announcement": "'; --", "next": "https://example.com"}
    assert (await asha.post("/app/notices/announcement", data=nonsense)).headers["location"] == "/"
    await asha.post("/app/notices/announcement", data={"announcement": str(identity), "next": "/app"})
    assert "We move" not in (await asha.get("/app")).text
    house.watch.move(hours=2)
    assert house.app.state.insights.notices.current(house.watch.now) == []


def _cookies(client: AsyncClient) -> str:
    return "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)


def test_a_switch_is_on_for_a_share_that_only_grows_and_for_people_by_name() -> None:
    whose = [uuid4() for _ in range(4000)]
    on = {
        percent: {one for one in whose if is_on({"surveys": Switch(percent)}, "surveys", one)}
        for percent in (0, 10, 50, 100)
    }
    assert (len(on[0]), len(on[100])) == (0, 4000)
    assert on[10] <= on[50]
    assert 1800 < len(on[50]) < 2200
    assert is_on({"surveys": Switch(0, frozenset({whose[0]}))}, "surveys", whose[0])
    assert is_on({}, "surveys", UUID(int=1)) is (KNOWN["surveys"].percent == 100)


async def test_switches_are_read_with_their_people(house: House) -> None:
    now = house.watch.now
    async with house.database.transaction() as connection:
        await connection.execute(insert(switches).values(name="surveys", percent=5, changed_at=now))
    await house.app.state.insights.refresh()
    assert house.app.state.insights.notices.switches == {"surveys": Switch(5, frozenset())}
