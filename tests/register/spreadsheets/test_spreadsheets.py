"""Tasks out and in: what is written, what a table would change, what is wrong with it, applied, and undone exactly."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient, Response
from openpyxl import Workbook, load_workbook

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def rows_of(client: AsyncClient, company: str) -> list[dict[str, str]]:
    text = (await client.get(f"/app/companies/{company}/tasks.csv?state=all")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


async def send(client: AsyncClient, company: str, content: bytes, name: str = "tasks.csv") -> Response:
    return await client.post(f"/app/companies/{company}/imports", files={"file": (name, content)})


async def task(client: AsyncClient, company: str, task_id: str) -> Any:
    return (await client.get(f"/api/companies/{company}/tasks/{task_id}")).json()["data"]


async def test_a_table_is_looked_at_applied_and_undone_exactly(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha, **GST)
    await house.join(bilal, company, Role.PREPARER)
    rows = (await rows_of(asha, company))[:3]
    first, second, third = [row["Task id"] for row in rows]
    rows[0] |= {"Done by": "bilal khan", "Own date": "2026-12-01", "Priority": "High", "Notes": "Call first"}
    rows[1] |= {"Notes": "Wait"}
    before = await task(asha, company, first)
    here = (await send(asha, company, as_csv(rows))).headers["location"]
    looked = (await asha.get(here)).text
    assert "2 tasks would change. Nothing is changed yet." in looked
    assert "Bilal Khan" in looked
    assert await task(asha, company, first) == before
    assert (await asha.post(f"{here}/apply")).status_code == 303
    after = await task(asha, company, first)
    assert (after["assignee"], after["workingDate"], after["notes"]) == (
        "Bilal Khan",
        "2026-12-01",
        "Call first",
    )
    assert (await asha.post(f"{here}/apply")).status_code == 409
    # Somebody changes one of them by hand: the undoing takes back the other only, and says so.
    await asha.patch(f"/api/companies/{company}/tasks/{second}", json={"notes": "By hand"})
    assert (await asha.post(f"{here}/undo")).status_code == 303
    undone = await task(asha, company, first)
    assert {name: undone[name] for name in before if name not in {"version", "updatedAt", "history"}} == {
        name: before[name] for name in before if name not in {"version", "updatedAt", "history"}
    }
    assert (await task(asha, company, second))["notes"] == "By hand"
    assert "changed since by somebody" in (await asha.get(here)).text
    assert (await task(asha, company, third))["version"] == 1
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert {"tasks.imported", "tasks.import_undone"} <= {row["deed"] for row in trail}


async def test_each_wrong_cell_is_named_with_its_cure_and_its_row_changes_nothing(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    rows = (await rows_of(asha, company))[:4]
    rows[0] |= {"Own date": "soon", "Priority": "urgent", "Notes": "x" * 5001}
    rows[1] |= {"Done by": "Nobody Here"}
    rows[2] |= {"Task id": "01a21023-3f4c-73b9-808e-3f0076b49641"}
    rows.append(dict(rows[3]))
    looked = await asha.get((await send(asha, company, as_csv(rows))).headers["location"])
    for told in (
        "K2",
        "soon is not a date",
        "L2",
        "urgent is no priority",
        "I3",
        "Nobody Here",
        "P4",
        "P6",
        "row 5",
    ):
        assert told in looked.text, told
    assert "Nothing would change." in looked.text


async def test_an_excel_table_is_read_as_it_was_written(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task_id = (await rows_of(asha, company))[0]["Task id"]
    await asha.patch(f"/api/companies/{company}/tasks/{task_id}", json={"notes": "=1+1"})
    made = (await asha.get(f"/app/companies/{company}/tasks.xlsx")).content
    book = load_workbook(io.BytesIO(made))
    sheet = book.worksheets[0]
    assert sheet["M2"].value == "'=1+1"
    assert sheet["F2"].is_date
    unchanged = io.BytesIO()
    book.save(unchanged)
    looked = await asha.get((await send(asha, company, unchanged.getvalue(), "a.xlsx")).headers["location"])
    assert "Nothing would change." in looked.text
    sheet["K2"] = "2026-12-02"
    changed = io.BytesIO()
    book.save(changed)
    looked = await asha.get((await send(asha, company, changed.getvalue(), "a.xlsx")).headers["location"])
    assert "1 task would change" in looked.text


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return made.getvalue()


def _other() -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.worksheets[0].append(["Something", "else"])
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"), (b"no\x00table", "a.csv"), (b'Task id\n"open', "a.csv"), (b"a,b\n1,2", "a.csv"),
        (b"PK", "a.xlsx"),
        (_other(), "a.xlsx"), (_bomb(), "a.xlsx"), (b"Task id\n" + b"x\n" * 2001, "a.csv"), (b"MZ", "a.exe"),
    ],
    ids=["empty", "binary", "open quote", "no id", "no book", "other book", "bomb", "too long", "program"],
)  # fmt: skip
async def test_what_is_no_table_is_refused_on_the_page(house: House, content: bytes, name: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    refused = await send(asha, company, content, name)
    assert refused.status_code in {413, 422}
    assert (await asha.get(f"/app/companies/{company}/imports")).text.count("/imports/") == 0


async def test_a_client_downloads_nothing_of_the_firms_and_companies_come_as_a_table(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha, name='=HYPERLINK("x")', **GST)
    await house.join(bilal, company, Role.CLIENT)
    assert set((await rows_of(bilal, company))[0]) & {"Done by", "Reviewed by", "Notes"} == set()
    mine = (await asha.get("/app/companies.csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in mine
    assert len((await chitra.get("/app/companies.csv")).content.splitlines()) == 1
    assert (await chitra.get(f"/app/companies/{company}/tasks.csv")).status_code == 404
