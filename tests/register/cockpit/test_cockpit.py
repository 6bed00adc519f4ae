"""The cockpit of a practice: what it counts, whom it hides, what it assumes, and how many selects it takes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import event

from tests.cast import ASHA, BILAL, DEV, House, open_house

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def practice_of(client: AsyncClient) -> str:
    made = await client.post("/api/practices", json={"name": "Sharma and Co", "kind": "ca"})
    assert made.status_code == 201, made.text
    return str(made.json()["data"]["id"])


async def client_of(dev: AsyncClient, practice: str, name: str, access: str = "everyone") -> str:
    profile = {"name": name, "entity_type": "llp", "state": "MH", **GST}
    sent = {"profile": profile, "access": access}
    made = await dev.post(f"/api/practices/{practice}/clients", json=sent)
    assert made.status_code == 201, made.text
    return str(made.json()["data"]["id"])


async def cockpit(client: AsyncClient, practice: str, **asked: Any) -> Any:
    reply = await client.get(f"/api/practices/{practice}/cockpit", params=asked)
    assert reply.status_code == 200, reply.text
    return reply.json()["data"]


async def task_of(client: AsyncClient, company: str, form: str) -> str:
    found = await client.get(f"/api/companies/{company}/tasks", params={"q": f"{form} Nov 2026"})
    return next(str(each["id"]) for each in found.json()["data"] if each["form"] == form)


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_a_month_shows_each_client_by_duty_and_state(house: House) -> None:
    dev = await house.register(DEV)
    practice = await practice_of(dev)
    first, second = [await client_of(dev, practice, name) for name in ("Beta LLP", "alpha LLP")]
    task = await task_of(dev, first, "GSTR-3B")
    filed = {"filedOn": "2026-11-20", "acknowledgement": "AA271126000123X"}
    for path, body in ((f"tasks/{task}", filed),):
        assert (await dev.patch(f"/api/companies/{first}/{path}", json=body)).status_code == 200
    step = {"step": "file"}
    done = await dev.post(f"/api/companies/{first}/tasks/{task}/transitions", json=step)
    if done.status_code != 200:  # a practice's client wants a review: nobody else is there to give it
        keeping = {"reviewRequired": False}
        assert (await dev.put(f"/api/companies/{first}/register", json=keeping)).status_code == 200
        done = await dev.post(f"/api/companies/{first}/tasks/{task}/transitions", json=step)
    assert done.status_code == 200, done.text
    found = await cockpit(dev, practice, month="2026-12-05")
    assert found["month"] == "2026-12-01"
    assert [line["name"] for line in found["clients"]] == ["alpha LLP", "Beta LLP"]
    alpha, beta = found["clients"]
    assert (alpha["companyId"], beta["companyId"]) == (second, first)
    assert beta["cells"]["GSTR-3B"] == {"mark": "done", "done": 1, "total": 1}
    assert alpha["cells"]["GSTR-3B"] == {"mark": "to_do", "done": 0, "total": 1}
    cells = [cell for line in found["clients"] for cell in line["cells"].values()]
    assert sum(found["byMark"].values()) == sum(cell["total"] for cell in cells)
    assert found["byMark"]["done"] == 1
    assert [line["name"] for line in (await cockpit(dev, practice, q="alp"))["clients"]] == ["alpha LLP"]
    page = await dev.get(f"/app/practices/{practice}/cockpit?month=2026-12&only=done")
    assert "Beta LLP" in page.text
    assert "alpha LLP" not in page.text


async def test_a_private_client_of_others_is_in_no_line_and_in_no_count(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await practice_of(dev)
    seen = await client_of(dev, practice, "Seen LLP")
    hidden = await client_of(dev, practice, "Hidden LLP", "private")
    offer = {"email": BILAL.email, "role": "manager"}
    made = (await dev.post(f"/api/practices/{practice}/invitations", json=offer)).json()["data"]
    token = made["link"].rpartition("=")[2].rpartition("/")[2]
    joined = await bilal.post("/api/practice-invitations/accept", json={"token": token})
    assert joined.status_code == 200, joined.text
    whole, part = await cockpit(dev, practice), await cockpit(bilal, practice)
    assert {line["companyId"] for line in whole["clients"]} == {seen, hidden}
    assert {line["companyId"] for line in part["clients"]} == {seen}
    for name in ("work", "weeks"):
        of_all, of_some = [
            sum(each.get("open", each.get("tasks", 0)) for each in found[name]) for found in (whole, part)
        ]
        assert of_all == 2 * of_some > 0
    assert "Hidden LLP" not in (await bilal.get(f"/app/practices/{practice}/cockpit")).text


async def test_the_forecast_follows_what_is_assumed_and_work_is_told_by_person(house: House) -> None:
    dev = await house.register(DEV)
    practice = await practice_of(dev)
    company = await client_of(dev, practice, "Beta LLP")
    me = (await dev.get("/api/auth/me")).json()["user"]["id"]
    task = await task_of(dev, company, "GSTR-3B")
    assert (
        await dev.patch(f"/api/companies/{company}/tasks/{task}", json={"assigneeId": me})
    ).status_code == 200
    before = await cockpit(dev, practice)
    mine, nobodys = before["work"]
    assert (mine["personId"], mine["open"], mine["hours"], mine["capacity"]) == (me, 1, 1, 200)
    assert nobodys["name"] is None
    assert sum(week["tasks"] for week in before["weeks"]) == mine["open"] + nobodys["open"]
    wish = {"hours": 10, "hoursOf": {me: 4}, "minutesOf": {"GSTR-3B": 600}}
    assert (await dev.put(f"/api/practices/{practice}/load", json=wish)).status_code == 200
    after = await cockpit(dev, practice)
    assert (after["work"][0]["hours"], after["work"][0]["capacity"]) == (10, 32)
    assert {week["capacity"] for week in after["weeks"]} == {4}
    deeds = (await dev.get(f"/api/practices/{practice}/trail")).json()["data"]
    assert deeds[0]["deed"] == "practice.load_assumed"
    typed = {"hours": "many", "minutes_of.GSTR-3B": "-1"}
    wrong = await dev.post(f"/app/practices/{practice}/load", data=typed)
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.text
    kept = await dev.post(f"/app/practices/{practice}/load", data={"hours": "30", "minutes_of.GSTR-3B": "75"})
    assert kept.headers["location"].endswith("/cockpit")
    assert "GSTR-3B 75" in (await dev.get(f"{kept.headers['location']}?month=2026-12")).text


async def test_the_selects_do_not_grow_with_the_clients_and_nonsense_shows_this_month(house: House) -> None:
    dev, asha = await house.register(DEV), await house.register(ASHA)
    practice = await practice_of(dev)
    await client_of(dev, practice, "One LLP")
    address = f"/app/practices/{practice}/cockpit"
    with counting(house) as few:
        await dev.get(address)
    for number in range(3):
        await client_of(dev, practice, f"More {number} LLP")
    with counting(house) as many:
        await dev.get(address)
    assert len(few) == len(many) < 14
    for nonsense in ("month=0000-99", "month=९९", "only=x&q=%00%25", "month=9999-12"):
        assert (await dev.get(f"{address}?{nonsense}")).status_code == 200
    assert (await asha.get(address)).status_code == 404
