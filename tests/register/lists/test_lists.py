"""Every list as CSV, Excel and PDF: what a reader finds there, in which language, and what nobody's words can do."""

import csv
import io
import sys
from collections.abc import AsyncIterator
from datetime import date

import pytest
from httpx import AsyncClient
from openpyxl import load_workbook
from pypdf import PdfReader

from complianceai.register.lists.model import Listing
from complianceai.register.lists.paper import MOST_ROWS, print_paper
from complianceai.register.lists.showing import paper_of
from complianceai.register.spreadsheets.writing import Said
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, DEV, House, describe, open_house

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}
NOTICE = {
    "authority": "CBIC", "subject": "#let x = 1; *Interest* on <late> payment", "section": "50", "reference": "A/1",
    "dated": "2026-11-01", "receivedOn": "2026-11-03", "replyDue": "2026-12-03",
}  # fmt: skip
TODAY = date(2026, 11, 25)


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


def text_of(content: bytes) -> str:
    """What stands in a PDF, its lines and its ligatures aside."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def paper(client: AsyncClient, address: str) -> str:
    reply = await client.get(address)
    assert reply.status_code == 200, reply.text[:300]
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["cache-control"] == "private, no-store"
    return text_of(reply.content)


async def lines(client: AsyncClient, address: str) -> list[dict[str, str]]:
    reply = await client.get(address)
    assert reply.status_code == 200, reply.text[:300]
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


async def _filled(house: House) -> tuple[AsyncClient, str, str]:
    """Asha's company with a notice, a duty of its own, a file and a request; the client, its pages, and its API."""
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    app, api = f"/app/companies/{company}", f"/api/companies/{company}"
    assert (await asha.post(f"{api}/notices", json=NOTICE)).status_code == 201
    duty = {"title": "किराया दें", "dueDate": "2026-12-31", "repeats": "month"}
    assert (await asha.post(f"{api}/tasks", json=duty)).status_code == 201
    (task, *_) = (await asha.get(f"{api}/tasks?q=GSTR-3B")).json()["data"]
    sent = {"file": ("challan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
    form = {"aboutOn": "2026-05-18"}
    assert (await asha.post(f"{app}/tasks/{task['id']}/evidence", files=sent, data=form)).status_code == 303
    asked = {"items": "Bank statement\nSales register", "days": "14"}
    assert (await asha.post(f"{app}/tasks/{task['id']}/requests", data=asked)).status_code == 200
    return asha, app, api


async def test_tasks_are_printed_as_they_are_filtered_with_company_day_and_filters(house: House) -> None:
    asha, app, _ = await _filled(house)
    found = await paper(asha, f"{app}/tasks.pdf?q=GSTR-3B&due=30")
    for told in (
        "Tasks", "Page 1 of 1", "As of", "Search: GSTR-3B", "Due: in 30 days", "Status: all that is open",
        "GSTR-3B", "Last day in time", "to do",
    ):  # fmt: skip
        assert told in found, told
    assert "GSTR-1 " not in found
    assert "Task id" not in found
    long = await paper(asha, f"{app}/tasks.pdf?state=all")
    assert "Page 2 of" in long


async def test_a_paper_speaks_hindi_and_its_tables_stay_english(house: House) -> None:
    asha, app, _ = await _filled(house)
    asha.cookies.set("language", "hi")
    reply = await asha.get(f"{app}/tasks.pdf?q=GSTR-3B")
    reader = PdfReader(io.BytesIO(reply.content))
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert any("NotoSansDevanagari" in font for font in fonts)
    found = text_of(reply.content)
    assert "GSTR-3B" in found
    assert "Last day in time" not in found
    (row, *_) = await lines(asha, f"{app}/tasks.csv?q=GSTR-3B")
    assert row["Status"] == "to_do"
    assert row["Duty"] == "Monthly GST return and payment"


def _fonts(page: object) -> list[dict[str, object]]:
    held = page["/Resources"]["/Font"]  # type: ignore[index]
    return [each.get_object() for each in held.values()]


async def test_each_list_of_a_company_is_there_in_three_forms(house: House) -> None:
    asha, app, _ = await _filled(house)
    told = {
        "notices": "#let x = 1; *Interest* on <late> payment",
        "duties": "every month",
        "evidence": "challan.pdf",
        "requests": "Bank statement",
        "people": "Asha Rao",
        "trail": "added a notice",
    }
    for name, words in told.items():
        assert words in await paper(asha, f"{app}/lists/{name}.pdf"), name
        rows = await lines(asha, f"{app}/lists/{name}.csv")
        book = load_workbook(io.BytesIO((await asha.get(f"{app}/lists/{name}.xlsx")).content))
        sheet = list(book.worksheets[0].values)
        assert list(sheet[0]) == list(rows[0]), name
        assert len(sheet) == len(rows) + 1, name


async def test_rows_say_what_is_known_of_each_thing(house: House) -> None:
    asha, app, api = await _filled(house)
    (notice,) = await lines(asha, f"{app}/lists/notices.csv")
    assert (notice["Status"], notice["Reply due"], notice["Section"]) == ("open", "2026-12-03", "50")
    (duty,) = await lines(asha, f"{app}/lists/duties.csv")
    assert (duty["Duty"], duty["How often"], duty["Due first on"]) == ("किराया दें", "month", "2026-12-31")
    (file,) = await lines(asha, f"{app}/lists/evidence.csv")
    assert (file["The day it is about"], len(file["SHA-256"])) == ("2026-05-18", 64)
    requests = await lines(asha, f"{app}/lists/requests.csv")
    assert [row["Document"] for row in requests] == ["Bank statement", "Sales register"]
    assert {(row["Link"], row["Files sent"]) for row in requests} == {("open", "0")}
    trail = await lines(asha, f"{app}/lists/trail.csv")
    kept = (await asha.get(f"{api}/trail")).json()
    assert len(trail) == kept["page"]["total"]
    assert trail[0]["What"] == kept["data"][0]["deed"]


async def test_the_pages_of_lists_lead_to_what_they_name(house: House) -> None:
    asha, app, _ = await _filled(house)
    for name, words in {
        "evidence": "challan.pdf",
        "requests": "Sales register",
        "duties": "किराया दें",
    }.items():
        page = (await asha.get(f"{app}/lists/{name}")).text
        assert words in page, name
        assert f"{app}/lists/{name}.pdf" in page, name
    assert "There are fewer rows than that." in (await asha.get(f"{app}/lists/duties?page=9")).text
    company = await describe(asha, name="Nothing Private Limited")
    empty = (await asha.get(f"/app/companies/{company}/lists/evidence")).text
    assert "stands here with its hash" in empty


async def test_a_client_gets_its_tasks_without_people_and_no_list_of_the_inside(house: House) -> None:
    asha, app, _ = await _filled(house)
    dev = await house.register(DEV)
    await house.join(dev, app.rsplit("/", 1)[1], Role.CLIENT)
    for name in ("notices", "duties", "evidence", "requests", "people", "trail"):
        assert (await dev.get(f"{app}/lists/{name}.csv")).status_code == 403, name
    assert "Done by" not in (await lines(dev, f"{app}/tasks.csv"))[0]
    assert "Done by" not in await paper(dev, f"{app}/tasks.pdf")
    assert (await asha.get(f"{app}/lists/notices.exe")).status_code == 422
    bilal = await house.register(BILAL)
    assert (await bilal.get(f"{app}/lists/evidence.pdf")).status_code == 404


async def test_lists_across_companies_are_printed_for_those_who_see_them(house: House) -> None:
    dev = await house.register(DEV)
    practice = (await dev.post("/api/practices", json={"name": "Dev and Associates", "kind": "ca"})).json()[
        "data"
    ]
    await describe(dev, name="Alpha Private Limited", **GST)
    assert "Alpha Private Limited" in await paper(dev, "/app/companies.pdf")
    assert "Maharashtra" in await paper(dev, "/app/companies.pdf")
    here = f"/app/practices/{practice['id']}"
    assert "Nothing is in this list." in await paper(dev, f"{here}/clients.pdf")
    assert "Month: May 2026" in await paper(dev, f"{here}/cockpit.pdf?month=2026-05")
    assert "Overdue in all" in (await dev.get(f"{here}/cockpit.csv?month=nonsense")).text


async def test_what_one_was_told_and_a_practices_trail_are_there_in_three_forms(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha, **GST)
    await house.join(bilal, company, Role.PREPARER)
    task = (await asha.get(f"/api/companies/{company}/tasks")).json()["data"][0]["id"]
    said = {"text": f"@{BILAL.name} is the challan there?"}
    assert (await asha.post(f"/api/companies/{company}/tasks/{task}/comments", json=said)).status_code == 201
    assert "Asha Rao mentioned you" in await paper(bilal, "/app/alerts.pdf")
    (row,) = await lines(bilal, "/app/alerts.csv")
    assert (row["Status"], "challan" in row["Said"]) == ("unread", True)
    assert await lines(asha, "/app/alerts.csv") == []
    made = (await asha.post("/api/practices", json={"name": "Rao and Co", "kind": "ca"})).json()["data"]["id"]
    assert "Asha Rao" in await paper(asha, f"/app/practices/{made}/trail.pdf")
    (row,) = await lines(asha, f"/app/practices/{made}/trail.csv")
    assert (row["What"], len(row["SHA-256"])) == ("practice.created", 64)
    assert (await asha.get(f"/app/practices/{made}/trail.jsonl")).headers[
        "content-type"
    ] == "application/x-ndjson"
    assert (await bilal.get(f"/app/practices/{made}/trail.pdf")).status_code == 404


async def test_what_a_webhook_was_told_is_there_in_three_forms(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    hooks = f"/api/companies/{company}/webhooks"
    wanted = {"address": "https://example.com/hook", "events": ["task.commented"]}
    made = await asha.post(hooks, json=wanted)
    assert made.status_code == 201, made.text
    task = (await asha.get(f"/api/companies/{company}/tasks")).json()["data"][0]["id"]
    for text in ("first", "second"):
        said = {"text": text}
        assert (
            await asha.post(f"/api/companies/{company}/tasks/{task}/comments", json=said)
        ).status_code == 201
    here = f"/app/companies/{company}/webhooks/{made.json()['data']['id']}/deliveries"
    rows = await lines(asha, f"{here}.csv")
    assert [(row["What"], row["Status"], row["Attempts"]) for row in rows] == [
        ("task.commented", "waiting", "0")
    ] * 2
    found = await paper(asha, f"{here}.pdf")
    assert "https://example.com/hook" in found
    assert "waits" in found


async def test_what_does_not_fit_on_paper_is_said_there() -> None:
    rows = [[f"Row {number}"] for number in range(MOST_ROWS + 1)]
    given = paper_of(Listing("long", "Tasks", "Asha", ("Task",), rows), "en", TODAY)
    assert "Only the first 2,000 rows are printed here. Excel and CSV have all of them." in given["notes"]
    assert len(given["rows"]) == MOST_ROWS
    assert "Rows: 2,001." in given["standing"]


async def test_nobodys_words_are_read_as_markup() -> None:
    wild = '#panic("x") $ [ ] { } \\ // /* @me <a> `code` _u_ *b* "quoted" = heading \x00\u202e'
    rows = [[wild, Said("plain", "spoken"), None, 7, TODAY]]
    listing = Listing("wild", wild, wild, ("A", "B", "C", "D", "E"), rows, [(wild, wild)])
    found = text_of(await print_paper(paper_of(listing, "en", TODAY)))
    assert '#panic("x") $ [ ] { } \\ // /* @me <a> `code` _u_ *b* "quoted" = heading' in found
    assert "spoken" in found
    assert "25 November 2026" in found


async def test_no_server_holds_what_prints() -> None:
    held = "typst" in sys.modules  # by another test of this process
    given = paper_of(Listing("one", "Tasks", "Asha", ("Task",), [["x"]]), "en", TODAY)
    assert (await print_paper(given)).startswith(b"%PDF")
    assert ("typst" in sys.modules) is held
