import re
from html import unescape
from io import BytesIO

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import update

from complianceai.tenancy.tables import companies

FORM = {
    "name": "Nandi Software Private Limited",
    "entity_type": "private_limited",
    "state": "KA",
    "incorporated_on": "2021-06-15",
    "turnover": "8.4 crore",
    "holding_or_subsidiary": "no",
    "paid_up_capital": "10 lakh",
    "gst.registered": "yes",
    "gst.registrations.0.state": "KA",
    "gst.registrations.0.scheme": "regular",
    "employs": "no",
    "abroad": "unsure",
    "tds.tan": "yes",
    "tds.pays": "rent",
}


async def describe(client: AsyncClient, **changes: str) -> str:
    reply = await client.post("/app/companies/new", data=FORM | changes)
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


async def test_a_described_company_has_its_year(asha: AsyncClient) -> None:
    address = await describe(asha)
    reply = await asha.get(address, params={"year": 2026})
    assert reply.status_code == 200
    assert "Nandi Software Private Limited" in reply.text
    assert "GSTR-3B" in reply.text
    assert "AOC-4" in reply.text
    assert reply.headers["cache-control"] == "private, no-store"
    assert "Nandi Software" in (await asha.get("/app")).text


async def test_what_has_no_date_stands_quietly_under_the_year(asha: AsyncClient) -> None:
    address = await describe(asha, udyam_registered="yes")
    text = (await asha.get(address, params={"year": 2026})).text
    section = text.partition('id="without-dates"')[2].partition("</details>")[0]
    assert 'href="/law/udyam-update"' in section
    assert 'href="/law/mca-small-company-definition"' in section
    assert "Not verified" in section
    assert "udyam-update" not in text.partition('id="without-dates"')[0]
    asha.cookies.set("language", "hi")
    hindi = (await asha.get(address, params={"year": 2026})).text
    assert "यह भी आपका है, बिना तारीख के" in hindi


async def test_a_choice_is_shown_as_one_and_is_never_next(asha: AsyncClient) -> None:
    address = await describe(asha)
    text = (await asha.get(address, params={"year": 2026, "view": "list"})).text
    row = text.partition("<b>GSTR-1A</b>")[2].partition("</a>")[0]
    assert "a choice" in row
    assert "badge-warn" not in row
    assert "next: GSTR-1A" not in text


async def test_the_api_names_what_has_no_date(asha: AsyncClient) -> None:
    address = await describe(asha)
    identity = address.rpartition("/")[2]
    reply = await asha.get(
        f"/api/companies/{identity}/calendar", params={"from": "2026-04-01", "to": "2027-03-31"}
    )
    data = reply.json()["data"]
    advised = {each["obligation"] for each in data["advice"] if not each["needs"]}
    assert "mca-small-company-definition" in advised
    assert {each["kind"] for each in data["occurrences"]} == {"duty", "choice"}


async def test_a_refused_description_keeps_what_was_typed(asha: AsyncClient) -> None:
    reply = await asha.post("/app/companies/new", data=FORM | {"turnover": "<plenty>", "tds.pays": "rent"})
    assert reply.status_code == 422
    assert 'value="&lt;plenty&gt;"' in reply.text
    assert "<plenty>" not in reply.text
    assert 'value="Nandi Software Private Limited"' in reply.text
    assert '<a href="#f-turnover">' in reply.text
    assert "No company yet" in (await asha.get("/app")).text


async def test_a_company_needs_a_name(asha: AsyncClient) -> None:
    reply = await asha.post("/app/companies/new", data=FORM | {"name": "  "})
    assert reply.status_code == 422
    assert "#f-name" in reply.text


async def test_a_gstin_fills_in_the_form_with_and_without_scripts(asha: AsyncClient) -> None:
    typed = {"gstin": "29AABCU9603R1ZJ", "fill": "gstin", "name": "Kept"}
    page = await asha.post("/app/companies/new/questions", data=typed)
    assert "The number is sound" in page.text
    assert 'value="Kept"' in page.text
    assert re.search(r'<option value="KA" selected', page.text)
    assert re.search(r'<option value="private_limited" selected', page.text)
    part = await asha.post("/app/companies/new/questions", data=typed, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith("<form")
    wrong = await asha.post("/app/companies/new/questions", data=typed | {"gstin": "29AABCU9603R1ZK"})
    assert "The last letter does not fit the rest" in wrong.text
    assert "Traceback" not in wrong.text


async def test_one_more_row_can_be_asked_for(asha: AsyncClient) -> None:
    typed = {"gst.registrations.0.state": "KA", "more": "gst.registrations"}
    reply = await asha.post("/app/companies/new/questions", data=typed)
    assert 'name="gst.registrations.1.state"' in reply.text
    assert 'name="gst.registrations.2.state"' not in reply.text


async def test_what_is_not_known_is_shown_as_a_question_and_is_remembered(asha: AsyncClient) -> None:
    address = await describe(asha)
    text = unescape((await asha.get(address)).text)
    assert "Does any money or do any goods cross the border" in text
    edit = (await asha.get(f"{address}/edit")).text
    assert re.search(r'name="abroad" value="unsure" checked', edit)
    changed = await asha.post(f"{address}/edit", data=FORM | {"abroad": "no", "version": "1"})
    assert changed.status_code == 303
    assert "cross the border" not in unescape((await asha.get(address)).text)


async def test_a_stale_edit_is_a_conflict_and_changes_nothing(asha: AsyncClient) -> None:
    address = await describe(asha)
    first = await asha.post(f"{address}/edit", data=FORM | {"name": "First", "version": "1"})
    assert first.status_code == 303
    stale = await asha.post(f"{address}/edit", data=FORM | {"name": "Second", "version": "1"})
    assert stale.status_code == 409
    assert "Somebody changed this before you" in stale.text
    assert "First" in (await asha.get(address)).text


async def test_what_the_api_says_since_is_no_longer_a_question(asha: AsyncClient) -> None:
    address = await describe(asha)
    identity = address.rpartition("/")[2]
    company = (await asha.get(f"/api/companies/{identity}")).json()["data"]
    profile = company["profile"] | {"foreign_investment": True, "overseas_investment": False, "ecb": False}
    await asha.patch(f"/api/companies/{identity}", json={"profile": profile | {"importer_exporter": False}})
    text = unescape((await asha.get(address)).text)
    assert "FLA" in text
    assert "cross the border" not in text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/edit"),
        ("POST", "/edit"),
        ("POST", "/edit/questions"),
        ("GET", "/dates/gst-gstr-3b-KA-2026-11-30"),
        ("GET", "/calendar.csv"),
        ("GET", "/calendar.ics"),
        ("GET", "/calendar.xlsx"),
    ],
)
async def test_another_persons_company_is_missing(
    asha: AsyncClient, chitra: AsyncClient, visitor: AsyncClient, method: str, path: str
) -> None:
    address = await describe(asha)
    assert (
        await chitra.request(method, address + path, data=FORM if method == "POST" else None)
    ).status_code == 404
    assert (await visitor.request(method, address + path)).status_code == 401
    own = await asha.request(
        method, address + path, data=FORM | {"version": "1"} if method == "POST" else None
    )
    assert own.status_code in {200, 303}


async def test_the_calendar_of_another_person_is_missing_from_the_api_too(
    asha: AsyncClient, chitra: AsyncClient, visitor: AsyncClient
) -> None:
    path = f"/api{(await describe(asha)).removeprefix('/app')}/calendar"
    assert (await chitra.get(path)).status_code == 404
    assert (await visitor.get(path)).status_code == 401
    assert (await asha.get(path)).status_code == 200


async def test_the_api_gives_the_calendar_in_the_shape_of_the_contract(asha: AsyncClient) -> None:
    path = f"/api{(await describe(asha)).removeprefix('/app')}/calendar"
    body = (await asha.get(path, params={"from": "2026-04-01", "to": "2026-06-30"})).json()
    assert body["success"] is True
    data = body["data"]
    assert (data["from"], data["to"]) == ("2026-04-01", "2026-06-30")
    assert all("2026-04-01" <= each["due_date"] <= "2026-06-30" for each in data["occurrences"])
    assert all(each.keys() == {"obligation", "needs", "why"} for each in data["undetermined"])
    assert "msme_dues_over_45_days" in {each["needs"] for each in data["undetermined"]}
    sample = next(each for each in data["occurrences"] if each["form"] == "GSTR-3B")
    assert sample["registration"] == "KA"
    assert sample["period"].keys() == {"label", "start", "end"}
    assert sample["citations"][0].keys() == {"act", "provision", "url", "checked_on"}


@pytest.mark.parametrize(
    "window",
    [{"from": "2026-05-01", "to": "2026-04-01"}, {"from": "2000-01-01", "to": "2026-04-01"}, {"from": "x"}],
)
async def test_a_window_that_makes_no_sense_is_refused(asha: AsyncClient, window: dict[str, str]) -> None:
    path = f"/api{(await describe(asha)).removeprefix('/app')}/calendar"
    reply = await asha.get(path, params=window)
    assert reply.status_code == 422
    assert reply.json()["success"] is False


async def test_the_year_comes_as_a_calendar_a_spreadsheet_and_a_table(asha: AsyncClient) -> None:
    address = await describe(asha)
    feed = Calendar.from_ical((await asha.get(f"{address}/calendar.ics?year=2026")).content)
    book = load_workbook(BytesIO((await asha.get(f"{address}/calendar.xlsx?year=2026")).content))
    table = (await asha.get(f"{address}/calendar.csv?year=2026")).content.decode("utf-8-sig").splitlines()
    assert len(list(feed.walk("VEVENT"))) == book.active.max_row - 1 == len(table) - 1 > 20  # type: ignore[union-attr]
    assert (await asha.get(f"{address}/calendar.exe")).status_code == 404


async def test_facts_that_no_longer_fit_the_rules_can_be_mended(asha: AsyncClient, app: FastAPI) -> None:
    address = await describe(asha)
    async with app.state.services.database.transaction() as connection:
        await connection.execute(
            update(companies).values(profile={"entity_type": "guild", "name": "Old"}, version=2)
        )
    assert "Its facts need another look" in (await asha.get("/app")).text
    assert (await asha.get(address)).headers["location"] == f"{address}/edit"
    assert '<a href="#f-entity_type">' in (await asha.get(f"{address}/edit")).text
    told = await asha.get(f"/api{address.removeprefix('/app')}/calendar")
    assert (told.status_code, told.json()["code"]) == (422, "register.facts_faulty")
    assert (await asha.post(f"{address}/edit", data=FORM | {"version": "2"})).status_code == 303
    assert (await asha.get(address)).status_code == 200


async def test_a_person_without_companies_is_told_what_to_do(asha: AsyncClient) -> None:
    assert "Describe one, and its year of dates is here" in (await asha.get("/app")).text


async def test_a_signed_out_visitor_is_led_to_sign_in_and_back(visitor: AsyncClient) -> None:
    reply = await visitor.get("/app/companies/new")
    assert reply.status_code == 401
    assert "/login?next=/app/companies/new" in reply.text


async def test_an_address_with_no_id_in_it_is_missing(asha: AsyncClient) -> None:
    for path in ("/app/companies/12", "/app/companies/%00", "/app/companies/x/edit"):
        assert (await asha.get(path)).status_code == 404
