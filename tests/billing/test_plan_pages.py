"""Plan, usage and prices as pages; and a form that is refused for want of room loses no word."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from complianceai.billing.plans import load
from complianceai.billing.usage.queries import Metered
from tests.billing.plan_house import new_company, on_plan, person_of, used_up
from tests.cast import ASHA, DEV, House, describe, open_house
from tests.tenancy.practice.office import make_practice
from tests.workspace.papers import TEXT, written

FREE = load()["free"].limits
ANSWERS = {"name": "Rao Exports LLP", "entity_type": "llp", "state": "MH"}


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(
        database_url, redis_url, rate_limit="100000/minute", data_dir=tmp_path, plans=True
    ) as made:
        yield made


def sent_again(text: str) -> tuple[str, dict[str, str]]:
    """Where the form of a refusal goes, and what it sends."""
    form = re.search(r'<form method="post" action="(/app[^"]*)">(.*?)</form>', text, re.DOTALL)
    assert form is not None, text
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[2])
    return unescape(form[1]), {unescape(name): unescape(value) for name, value in fields}


async def test_the_page_shows_the_plan_and_how_much_of_it_is_used(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for _ in range(FREE.documents_a_month or 0):
        await written(asha, company)
    text = (await asha.get("/app/account/plan")).text
    assert "1 of 1" in text
    assert "5 of 5" in text
    assert "0 MB of 200 MB" in text
    assert text.count("badge-danger") == 2
    assert "Practice" not in text
    await on_plan(house, await person_of(asha), "starter", trial_ends_on=house.watch.now.date())
    text = (await asha.get("/app/account/plan")).text
    assert "1 of 3" in text
    assert "badge-danger" not in text


async def test_each_practice_that_one_leads_has_its_own_page(house: House) -> None:
    dev = await house.register(DEV)
    practice = (await make_practice(dev)).rpartition("/")[2]
    assert f'href="/app/account/plan?practice={practice}"' in (await dev.get("/app/account/plan")).text
    assert "Sharma and Company" in (await dev.get(f"/app/account/plan?practice={practice}")).text
    for nonsense in ("x", "01a21023-3f4c-73b9-808e-3f0076b49641", "%00"):
        assert (await dev.get(f"/app/account/plan?practice={nonsense}")).status_code == 404


async def test_a_text_that_is_refused_comes_back_and_can_be_sent_again(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await used_up(house, await person_of(asha), Metered.DOCUMENTS, FREE.documents_a_month or 0)
    typed = {"title": 'A "quoted" <title>', "text": TEXT + "धन्यवाद & more\n", "language": "en"}
    reply = await asha.post(f"/app/companies/{company}/documents/write", data=typed)
    assert reply.status_code == 402
    address, fields = sent_again(reply.text)
    assert {name: fields[name].replace("\r\n", "\n") for name in typed} == typed
    assert "Documents" not in reply.headers.get("location", "")
    await on_plan(house, await person_of(asha), "starter")
    assert (await asha.post(address, data=fields)).status_code == 303


async def test_a_question_that_is_refused_stays_in_its_form(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await used_up(house, await person_of(asha), Metered.ANSWERS, FREE.answers_a_month or 0)
    reply = await asha.post(f"/app/companies/{company}/ask", data={"message": "When is GSTR-3B due?"})
    assert reply.status_code == 402
    assert "When is GSTR-3B due?" in reply.text
    assert "has room for 30 answers a month, and 30 were given this month." in reply.text


async def test_prices_are_shown_to_anybody_without_gst_and_with_it(house: House) -> None:
    visitor = await house.visitor()
    text = (await visitor.get("/pricing")).text
    for told in ("₹499 ", "with GST ₹588.82", "₹4,990 a year, with GST ₹5,888.20", "On request"):
        assert told in text
    assert "turned plans off" not in text
    hindi = (await visitor.get("/pricing", headers={"accept-language": "hi"})).text
    assert "GST सहित ₹588.82" in hindi
    assert "<script src=" in hindi
    assert re.findall(r'src="(?!/static/)', hindi) == []


async def test_programs_read_the_same_plans(house: House) -> None:
    visitor = await house.visitor()
    told = (await visitor.get("/api/billing/plans")).json()["data"]
    assert [each["name"] for each in told] == list(load())
    assert (told[1]["monthlyPaise"], told[1]["monthlyGstPaise"], told[1]["gstPercent"]) == (49_900, 8_982, 18)
    asha = await house.register(ASHA)
    own = (await asha.get("/api/billing/plan")).json()["data"]
    assert (own["accountId"], own["plan"]["name"], own["hasLimits"]) == (None, "free", True)
    await describe(asha)
    rooms = {each["room"]: each for each in (await asha.get("/api/billing/usage")).json()["data"]["rooms"]}
    assert rooms["companies"] == {"room": "companies", "used": 1, "limit": 1, "isFull": True}
    assert rooms["people"]["used"] == 1


async def test_a_server_without_plans_says_so(
    database_url: str, redis_url: str | None, tmp_path: Path
) -> None:
    async with open_house(database_url, redis_url, data_dir=tmp_path) as house:
        asha = await house.register(ASHA)
        assert (await new_company(asha)).status_code == 201
        told = (await asha.get("/api/billing/usage")).json()["data"]
        assert [each["room"] for each in told["rooms"]] == ["companies", "people", "storage"]
        assert {each["limit"] for each in told["rooms"]} == {None}
        assert "turned plans off" in (await asha.get("/app/account/plan")).text
        assert "turned plans off" in (await asha.get("/pricing")).text
