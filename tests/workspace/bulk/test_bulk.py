"""One template over a spreadsheet: looked at, made by a worker, fetched as an archive; nothing is made twice."""

import asyncio
import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from httpx import AsyncClient
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select

from complianceai.storage.audit import audit
from complianceai.storage.files import Files
from complianceai.tenancy.policies import Role
from complianceai.workspace.bulk.tables import paper_batch_rows, paper_batches
from complianceai.workspace.tables import documents
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.jobs.processes import start_worker, until
from tests.workspace.bulk.tables import BULK, TEMPLATE, archive, as_csv, looked, sent, work_is_done

HEADING = ["owner.name", "bill", "title_proof", "place", "rent", "right", "from_date", "premises"]
GOOD = [
    "Asha Kulkarni",
    "Bill 1",
    "Deed 1",
    "Pune",
    "15000",
    "Tenant or authorised occupant",
    "25/11/2026",
    "Baner, Pune",
]
OTHER = ["बिलाल शेख", "Bill 2", "Deed 2", "Nashik", "", "", "", "Nashik"]
BAD = ["", "Bill 3", "Deed 3", "Pune", "twelve", "", "", "Pune"]


async def made(house: House, asha: AsyncClient, company: str, rows: list[list[str]], **wished: Any) -> str:
    """The id of a finished work."""
    found = await sent(asha, company, as_csv([HEADING, *rows]), **wished)
    assert (await asha.post(f"{BULK}/{found['id']}/start")).status_code == 200
    await work_is_done(house)
    return str(found["id"])


async def test_what_is_wrong_is_named_by_cell_before_anything_is_made(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    found = await sent(asha, company, as_csv([HEADING, GOOD, BAD]), language="en")
    assert (found["state"], found["rows"], found["faulty"], found["waiting"]) == ("looked", 2, 1, 1)
    cells = {(each["cell"], each["column"]) for each in found["faults"]}
    assert cells == {("A3", "owner.name"), ("E3", "rent")}
    assert (await asha.get("/api/documents")).json()["page"]["total"] == 0
    report = await asha.get(f"{BULK}/{found['id']}/report")
    lines = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert [line[:3] for line in lines[1:]] == [["3", "A3", "owner.name"], ["3", "E3", "rent"]]
    assert (await asha.get(f"{BULK}/{found['id']}/report", params={"format": "xlsx"})).content[:2] == b"PK"
    assert (await asha.get(f"{BULK}/{found['id']}/archive")).status_code == 409


async def test_each_sound_row_becomes_a_paper_of_the_archive_and_no_document(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    batch = await made(house, asha, company, [GOOD, BAD, OTHER], namedBy="owner")
    found = await looked(asha, batch)
    assert (found["state"], found["made"], found["faulty"], found["waiting"]) == ("done", 2, 1, 0)
    files = await archive(asha, batch)
    assert list(files) == ["0002 Asha Kulkarni.pdf", "0004 बिलाल शेख.pdf", "report.csv"]
    words = PdfReader(io.BytesIO(files["0002 Asha Kulkarni.pdf"])).pages[0].extract_text()
    assert "Asha Kulkarni" in words
    assert "25 November 2026" in words
    assert "A3,owner.name" in files["report.csv"].decode()
    assert (await asha.get("/api/documents")).json()["page"]["total"] == 0
    store = Files(house.settings.files)
    assert len([area for area, _ in await store.list_all() if area.endswith(batch)]) == 1
    async with house.database.reading() as connection:
        deeds = (await connection.execute(select(audit.c.deed).order_by(audit.c.number))).scalars().all()
    assert deeds[-2:] == ["papers.started", "papers.made"]


@pytest.mark.parametrize("form", ["pdf", "docx"])
async def test_each_paper_is_kept_as_a_document_where_that_is_wished(house: House, form: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    batch = await made(
        house, asha, company, [GOOD, OTHER], keeps="true", isPrivate="true", namedBy="owner", form=form
    )
    assert (await looked(asha, batch))["made"] == 2
    rows = (await asha.get("/api/documents")).json()["data"]
    title = "Owner's no-objection for the registered office"
    assert {each["title"] for each in rows} == {f"{title}: Asha Kulkarni", f"{title}: बिलाल शेख"}
    assert all(each["isPrivate"] and each["templateId"] == TEMPLATE for each in rows)
    one = (await asha.get(f"/api/documents/{rows[0]['id']}")).json()["data"]
    assert one["current"]["userInputs"]["place"] in {"Pune", "Nashik"}
    endings = [name.rpartition(".")[2] for name in await archive(asha, batch)]
    assert endings == [form, form, "csv"]


async def test_the_table_to_fill_in_comes_with_help_and_choices_and_goes_back_in(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    reply = await asha.get(f"/api/documents/templates/{TEMPLATE}/sheet", params={"format": "xlsx"})
    book = load_workbook(io.BytesIO(reply.content))
    sheet = book.worksheets[0]
    keys = [cell.value for cell in sheet[1]]
    assert keys[:2] == ["owner.name", "owner.designation"]
    assert sheet.cell(2, 1).value == "# Who gives the no-objection?: Name"
    assert "Owner | Tenant or authorised occupant" in [cell.value for cell in sheet[3]]
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == [
        '"Owner,Tenant or authorised occupant"'
    ]
    values = dict(zip(HEADING, GOOD, strict=True))
    sheet.append([values.get(key) for key in keys])
    sheet.append([])
    stream = io.BytesIO()
    book.save(stream)
    files = {"file": ("filled.xlsx", stream.getvalue())}
    data = {"companyId": company, "templateId": TEMPLATE}
    found = (await asha.post(BULK, data=data, files=files)).json()["data"]
    assert (found["rows"], found["faulty"]) == (1, 0)
    # The same by the words that people read, in either language.
    spoken = [["Who gives the no-objection?: Name", *HEADING[1:3], "स्थान", "premises"], [*GOOD[:4], GOOD[7]]]
    assert (await sent(asha, company, as_csv(spoken)))["faulty"] == 0
    empty = await asha.get(f"/api/documents/templates/{TEMPLATE}/sheet", params={"format": "csv"})
    assert b"# Who gives the no-objection?" in empty.content
    refused = await asha.post(BULK, data=data, files={"file": ("empty.csv", empty.content)})
    assert refused.json()["code"] == "workspace.no_rows"


async def test_a_table_that_is_none_is_refused_whole_and_nothing_is_kept(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    book = Workbook()
    stream = io.BytesIO()
    book.save(stream)
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", 8) as bombed:
        bombed.writestr("[Content_Types].xml", b"x")
        bombed.writestr("xl/workbook.xml", b"0" * 30_000_000)
    for name, content, code in (
        ("a.csv", as_csv([["owner.name", "colour"], ["A", "red"]]), "workspace.column_unknown"),
        ("a.csv", as_csv([["owner.name", "owner.name"], ["A", "B"]]), "workspace.column_twice"),
        ("a.csv", as_csv([["owner.name"], ["A"]]), "workspace.column_missing"),
        ("a.csv", as_csv([HEADING]), "workspace.no_rows"),
        ("a.csv", as_csv([HEADING, *[OTHER] * 2001]), "register.sheet_too_long"),
        ("a.csv", b"\xff\xfe\xff" * 10, "workspace.table_unreadable"),
        ("a.xlsx", stream.getvalue(), "workspace.column_missing"),
        ("a.xlsx", bomb.getvalue(), "storage.file_unfolds"),
        ("a.pdf", b"%PDF-1.4 %%EOF", "workspace.table_unreadable"),
        ("a.exe", b"MZ", "storage.file_not_kept"),
    ):
        data = {"companyId": company, "templateId": TEMPLATE}
        reply = await asha.post(BULK, data=data, files={"file": (name, content)})
        assert (reply.status_code, reply.json()["code"]) == (422, code), (name, reply.text)
    data = {"companyId": company, "templateId": "no-such"}
    assert (await asha.post(BULK, data=data, files={"file": ("a.csv", b"a")})).status_code == 404
    large = {"file": ("a.csv", b"a," * 3_000_000)}
    assert (await asha.post(BULK, data=data, files=large)).status_code == 413
    assert (await asha.get(BULK, params={"companyId": company})).json()["data"] == []


async def test_one_pile_at_a_time_and_what_is_stopped_is_packed_as_far_as_it_came(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    first = (await sent(asha, company, as_csv([HEADING, GOOD, OTHER])))["id"]
    assert (await asha.post(f"{BULK}/{first}/stop")).json()["code"] == "workspace.not_running"
    assert (await asha.post(f"{BULK}/{first}/start")).status_code == 200
    assert (await asha.post(f"{BULK}/{first}/start")).json()["code"] == "workspace.already_started"
    second = (await sent(asha, company, as_csv([HEADING, BAD, GOOD])))["id"]
    assert (await asha.post(f"{BULK}/{second}/start")).json()["code"] == "workspace.another_running"
    assert (await asha.delete(f"{BULK}/{first}")).json()["code"] == "workspace.still_running"
    assert (await asha.post(f"{BULK}/{first}/stop")).json()["data"]["state"] == "stopped"
    await work_is_done(house)
    assert (await looked(asha, first))["waiting"] == 2
    files = await archive(asha, first)
    assert list(files) == ["report.csv"]
    assert files["report.csv"].decode().count("It was not made") == 2
    third = (await sent(asha, company, as_csv([HEADING, BAD])))["id"]
    assert (await asha.post(f"{BULK}/{third}/start")).json()["code"] == "workspace.nothing_to_make"
    # What was looked at and not started makes room for what is looked at now.
    assert (await asha.get(f"{BULK}/{second}")).status_code == 404


async def test_whoever_loses_the_right_midway_makes_no_more(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha, entity_type="private_limited")
    await house.join(bilal, company, Role.PREPARER)
    batch = (await sent(bilal, company, as_csv([HEADING, GOOD])))["id"]
    assert (await bilal.post(f"{BULK}/{batch}/start")).status_code == 200
    me = (await bilal.get("/api/auth/me")).json()["user"]["id"]
    assert (await asha.delete(f"/api/companies/{company}/members/{me}")).status_code == 200
    await work_is_done(house)
    found = await looked(asha, batch)
    assert (found["state"], found["made"]) == ("failed", 0)
    assert (await bilal.get(f"{BULK}/{batch}")).status_code == 404


async def test_only_its_maker_and_those_in_charge_see_it(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha, entity_type="private_limited")
    await describe(chitra)
    await house.join(bilal, company, Role.PREPARER)
    mine = (await sent(asha, company, as_csv([HEADING, GOOD])))["id"]
    his = (await sent(bilal, company, as_csv([HEADING, GOOD])))["id"]
    assert (await asha.get(f"{BULK}/{his}")).status_code == 200
    for client, batch in ((bilal, mine), (chitra, mine), (chitra, his)):
        for method, path in (
            ("GET", ""), ("GET", "/report"), ("GET", "/archive"), ("POST", "/start"), ("POST", "/stop"), ("DELETE", ""),
        ):  # fmt: skip
            assert (await client.request(method, f"{BULK}/{batch}{path}")).status_code == 404, (method, path)
    assert [each["id"] for each in (await bilal.get(BULK, params={"companyId": company})).json()["data"]] == [
        his
    ]
    data = {"companyId": company, "templateId": TEMPLATE}
    reply = await chitra.post(BULK, data=data, files={"file": ("a.csv", as_csv([HEADING, GOOD]))})
    assert reply.status_code == 404


async def test_after_thirty_days_rows_and_files_are_gone_and_documents_stay(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    batch = await made(house, asha, company, [GOOD], keeps="true")
    store = Files(house.settings.files)
    assert [area for area, _ in await store.list_all() if "papers" in area]
    house.watch.now += timedelta(days=31)
    again = await house.visitor()
    signed_in = await again.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    assert signed_in.status_code == 200
    await work_is_done(house)
    assert (await again.get(f"{BULK}/{batch}")).status_code == 404
    assert not [area for area, _ in await store.list_all() if "papers" in area]
    assert (await again.get("/api/documents")).json()["page"]["total"] == 1


async def test_a_worker_killed_midway_is_followed_by_one_that_makes_no_row_twice(
    house: House, tmp_path: Path
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    rows = [[f"Owner {number}", *GOOD[1:]] for number in range(60)]
    batch = (await sent(asha, company, as_csv([HEADING, *rows]), keeps="true"))["id"]
    assert (await asha.post(f"{BULK}/{batch}/start")).status_code == 200

    async def marked(state: str = "made") -> int:
        async with house.database.reading() as connection:
            wanted = select(func.count()).where(paper_batch_rows.c.state == state)
            return int((await connection.execute(wanted)).scalar_one())

    async def some() -> bool:
        return await marked() >= 5

    async def is_done() -> bool:
        async with house.database.reading() as connection:
            return (await connection.execute(select(paper_batches.c.state))).scalar_one() == "done"

    for is_enough in (some, is_done):
        worker = start_worker(tmp_path, house.settings.database, 9)
        try:
            await until(is_enough, 90)
        finally:
            worker.kill()
            await asyncio.to_thread(worker.wait)
        if is_enough is some:
            assert await marked() < 60, "it was killed after the end"
    async with house.database.reading() as connection:
        kept = (await connection.execute(select(documents.c.title))).scalars().all()
        linked = (await connection.execute(select(paper_batch_rows.c.document_id))).scalars().all()
    assert (len(kept), len(set(linked))) == (60, 60)
    assert len(await archive(asha, batch)) == 61
