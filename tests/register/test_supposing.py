"""What if: other facts show which duties would come, go and move, and nothing is kept."""

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, describe, open_house

REGISTERED = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}
QRMP = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "qrmp"}]}}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def _filled(client: AsyncClient, page: str) -> dict[str, str | list[str]]:
    """The form of a page as a browser would send it back."""
    text = (await client.get(page)).text
    form: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or re.search(r'type="(file|submit)"', tag):
            continue
        if 'type="radio"' in tag and " checked" not in tag:
            continue
        if 'type="checkbox"' in tag:
            if " checked" in tag and value:
                form.setdefault(name[1], [])
                form[name[1]] = [*form[name[1]], value[1]]
            continue
        form[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form


async def test_a_registration_under_gst_brings_its_returns_and_nothing_is_kept(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, gst={"registered": False})
    before = (await asha.get(f"/api/companies/{company}")).json()
    reply = await asha.post(f"/api/companies/{company}/what-if", json={"profile": REGISTERED})
    assert reply.status_code == 200, reply.text
    found = reply.json()["data"]
    added = {each["form"]: each for each in found["added"]}
    assert {"GSTR-1", "GSTR-3B"} <= set(added)
    assert len(added["GSTR-3B"]["dates"]) >= 11
    assert added["GSTR-3B"]["why"]
    assert added["GSTR-3B"]["dates"] == sorted(added["GSTR-3B"]["dates"])
    assert (found["from"], found["to"]) == ("2026-11-24", "2027-11-23")
    assert found["gone"] == []
    assert (await asha.get(f"/api/companies/{company}")).json() == before


async def test_the_way_back_takes_away_what_the_way_there_brought(house: House) -> None:
    asha = await house.register(ASHA)
    monthly, quarterly = await describe(asha, **REGISTERED), await describe(asha, **QRMP)
    there = (await asha.post(f"/api/companies/{monthly}/what-if", json={"profile": QRMP})).json()["data"]
    back = (await asha.post(f"/api/companies/{quarterly}/what-if", json={"profile": REGISTERED})).json()[
        "data"
    ]
    assert {each["form"] for each in there["added"]} == {each["form"] for each in back["gone"]}
    assert {each["form"] for each in there["gone"]} == {each["form"] for each in back["added"]}
    assert there["added"]
    assert there["gone"]
    same = (await asha.post(f"/api/companies/{monthly}/what-if", json={"profile": {}})).json()["data"]
    assert [same[name] for name in ("added", "gone", "moved", "undetermined")] == [[], [], [], []]


async def test_the_page_asks_as_the_company_answers_and_tells_the_change(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, gst={"registered": False})
    here = f"/app/companies/{company}/what-if"
    form = await _filled(asha, here)
    same = await asha.post(here, data=form)
    assert same.status_code == 200, same.text[:500]
    assert "Nothing: the same duties on the same days." in same.text
    other = {**form, "gst.registered": "yes", "gst.registrations.0.state": "MH"}
    other["gst.registrations.0.scheme"] = "regular"
    page = (await asha.post(here, data=other)).text
    assert "duties would come" in page
    assert "GSTR-3B" in page
    assert "Show what would change" in page
    assert "Save and see the year" not in page
    assert "GSTR-3B" not in (await asha.get(f"/app/companies/{company}")).text


async def test_facts_that_cannot_be_are_refused_by_their_names(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for profile in ({"entity_type": "castle"}, {"state": 7}, {"no_such_fact": True}):
        reply = await asha.post(f"/api/companies/{company}/what-if", json={"profile": profile})
        assert reply.status_code == 422, reply.text
        assert set(reply.json()["fields"]) == set(profile)
    form = await _filled(asha, f"/app/companies/{company}/what-if")
    wrong = await asha.post(f"/app/companies/{company}/what-if", data={**form, "state": "nowhere"})
    assert wrong.status_code == 422
    assert "Choose one of the answers listed." in wrong.text


async def test_whoever_sees_inside_may_suppose_and_a_client_or_a_stranger_may_not(house: House) -> None:
    asha, bilal, dev = [await house.register(each) for each in (ASHA, BILAL, DEV)]
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    await house.join(dev, company, Role.CLIENT)
    chitra = await house.register(CHITRA)
    for client, status in ((bilal, 200), (dev, 403), (chitra, 404)):
        assert (await client.get(f"/app/companies/{company}/what-if")).status_code == status
        reply = await client.post(f"/api/companies/{company}/what-if", json={"profile": {}})
        assert reply.status_code == status
