"""Private calendar feeds: what a calendar program sees, and what it sees no more."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from icalendar import Calendar

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def feed_of(client: AsyncClient, **wish: Any) -> tuple[str, str]:
    made = await client.post("/api/feeds", json={"name": "Dates", **wish})
    assert made.status_code == 201, made.text
    return made.json()["data"]["id"], made.json()["data"]["address"].removeprefix("http://testserver")


async def events_of(house: House, path: str) -> dict[str, Any]:
    program = await house.visitor()
    got = await program.get(path)
    assert got.status_code == 200, got.text
    assert got.headers["content-type"].startswith("text/calendar")
    return {str(each["uid"]): each for each in Calendar.from_ical(got.content).walk("VEVENT")}


async def settle(client: AsyncClient, company: str) -> list[dict[str, Any]]:
    listed = await client.get(
        f"/api/companies/{company}/tasks", params={"dueFrom": "2026-11-24", "size": 200}
    )
    return list(listed.json()["data"])


async def test_a_calendar_program_follows_a_company_and_an_event_keeps_its_uid(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    first = (await settle(asha, company))[0]
    _, path = await feed_of(asha, companyId=company)
    before = (await events_of(house, path))[f"{first['id']}@complianceai"]
    assert "Rao Textiles LLP" in str(before["summary"])
    edited = await asha.patch(f"/api/companies/{company}/tasks/{first['id']}", json={"notes": "Ask the bank"})
    assert edited.status_code == 200
    after = (await events_of(house, path))[f"{first['id']}@complianceai"]
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstart").isoformat() == first["effectiveDate"]


async def test_nothing_changed_is_not_sent_again_and_a_filed_duty_is_ticked(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    first = (await settle(asha, company))[0]
    _, path = await feed_of(asha, companyId=company)
    program = await house.visitor()
    tag = (await program.get(path)).headers["etag"]
    assert (await program.get(path, headers={"If-None-Match": tag})).status_code == 304
    task = f"/api/companies/{company}/tasks/{first['id']}"
    await asha.patch(task, json={"filedOn": "2026-11-20", "acknowledgement": "AA1234567"})
    assert (await asha.post(f"{task}/transitions", json={"step": "file"})).status_code == 200
    again = await program.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "✓" in again.text


async def test_a_revoked_feed_is_as_if_it_had_never_been(house: House) -> None:
    asha = await house.register(ASHA)
    identity, path = await feed_of(asha, companyId=await describe(asha))
    chitra, program = await house.register(CHITRA), await house.visitor()
    assert (await chitra.delete(f"/api/feeds/{identity}")).status_code == 404
    assert (await asha.delete(f"/api/feeds/{identity}")).status_code == 204
    gone, never = await program.get(path), await program.get("/feeds/nobodys.ics")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert ("It may have been revoked" in gone.text) == ("It may have been revoked" in never.text)


async def test_who_lost_a_company_sees_nothing_of_it_in_the_feed(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await settle(asha, company)
    await house.join(bilal, company, Role.VIEWER)
    _, path = await feed_of(bilal, companyId=company)
    assert await events_of(house, path)
    person = (await bilal.get("/api/auth/me")).json()["user"]["id"]
    assert (await asha.delete(f"/api/companies/{company}/members/{person}")).status_code < 300
    assert await events_of(house, path) == {}


async def test_a_feed_of_ones_own_has_what_is_given_to_one_and_may_go_without_names(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    first, *_ = await settle(asha, company)
    _, path = await feed_of(asha, hidesNames=True)
    assert await events_of(house, path) == {}
    me = (await asha.get("/api/auth/me")).json()["user"]["id"]
    await asha.patch(f"/api/companies/{company}/tasks/{first['id']}", json={"assigneeId": me})
    shown = await events_of(house, path)
    assert list(shown) == [f"{first['id']}@complianceai"]
    program = await house.visitor()
    assert "Rao" not in (await program.get(path)).text


async def test_a_feed_of_anothers_company_or_of_two_subjects_cannot_be_made(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    assert (await chitra.post("/api/feeds", json={"name": "x", "companyId": company})).status_code == 404
    both = {"name": "x", "companyId": company, "practiceId": company}
    assert (await asha.post("/api/feeds", json=both)).status_code == 422


async def test_the_address_of_a_feed_stands_in_no_log(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    asha = await house.register(ASHA)
    _, path = await feed_of(asha)
    program = await house.visitor()
    await program.get(path)
    await program.get("/feeds/some-secret-of-mine.ics")
    said = capsys.readouterr().out
    assert "/feeds/..." in said
    assert path.rpartition("/")[2].removesuffix(".ics") not in said
    assert "some-secret-of-mine" not in said


async def test_the_page_makes_a_feed_tells_its_address_once_and_revokes_it(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    made = await asha.post("/app/feeds", data={"name": "Dates", "of": f"company:{company}"})
    assert "/feeds/" in made.text
    shown = await asha.get("/app/feeds")
    assert ".ics" not in shown.text
    assert "Rao Textiles LLP" in shown.text
    wrong = await asha.post("/app/feeds", data={"name": "", "of": "company:nonsense"})
    assert wrong.status_code == 422


async def test_a_practice_follows_all_its_clients_that_the_person_sees(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    made = await asha.post("/api/practices", json={"name": "Rao and Company", "kind": "ca"})
    practice = made.json()["data"]["id"]
    for name in ("Alpha LLP", "Beta LLP"):
        profile = {"name": name, "entity_type": "llp", "state": "MH"}
        client = await asha.post(f"/api/practices/{practice}/clients", json={"profile": profile})
        await settle(asha, client.json()["data"]["id"])
    await describe(asha, name="Own LLP")
    _, path = await feed_of(asha, practiceId=practice)
    told = " ".join(str(each["summary"]) for each in (await events_of(house, path)).values())
    assert "Alpha LLP" in told
    assert "Beta LLP" in told
    assert "Own LLP" not in told
    refused = await chitra.post("/api/feeds", json={"name": "Dates", "practiceId": practice})
    assert refused.status_code in {404, 422}
