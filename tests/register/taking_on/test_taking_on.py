"""Clients by spreadsheet: looked at, taken on, undone exactly, and what is wrong told by cell."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient, Response
from openpyxl import load_workbook

from tests.cast import ASHA, CHITRA, DEV, House, open_house

HEADING = ("Name", "Kind", "State", "GSTIN", "PAN", "GST scheme", "Incorporated on", "Company id")
GSTIN = "27AAPFU0939F1ZV"


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def _practice(house: House) -> tuple[AsyncClient, str, str]:
    """Dev, the id of the practice, and where its clients' spreadsheets are."""
    dev = await house.register(DEV)
    reply = await dev.post("/api/practices", json={"name": "Dev and Associates", "kind": "ca"})
    identity = reply.json()["data"]["id"]
    return dev, identity, f"/app/practices/{identity}/clients/import"


def _table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADING)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


async def _send(client: AsyncClient, here: str, content: bytes, name: str = "clients.csv") -> Response:
    return await client.post(here, files={"file": (name, content)})


async def _clients(client: AsyncClient, practice: str) -> list[dict[str, str]]:
    text = (await client.get(f"/app/practices/{practice}/clients.csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def _number(client: AsyncClient, practice: str) -> int:
    trail = (await client.get(f"/api/practices/{practice}/trail")).json()["data"]
    return int(next(row["number"] for row in trail if row["deed"] == "clients.imported"))


async def _apply(client: AsyncClient, here: str, content: bytes) -> str:
    place = (await _send(client, here, content)).headers["location"]
    path, _, query = place.partition("?")
    assert (await client.post(f"{path}/apply?{query}")).status_code == 303
    return str(place)


async def test_new_clients_are_looked_at_taken_on_and_undone_exactly(house: House) -> None:
    dev, practice, here = await _practice(house)
    table = _table(
        {"Name": "Mandara Studio", "Kind": "llp", "State": "Karnataka", "Incorporated on": "2020-05-01"},
        {"Name": "Uma Foods", "GSTIN": GSTIN, "GST scheme": "qrmp"},
    )
    place = (await _send(dev, here, table)).headers["location"]
    looked = (await dev.get(place)).text
    assert "2 clients would be taken on" in looked
    assert "Nothing is done yet." in looked
    assert "Partnership firm" in looked
    assert await _clients(dev, practice) == []
    await _apply(dev, here, table)
    first, second = await _clients(dev, practice)
    assert (first["Name"], first["Kind"], first["State"]) == ("Mandara Studio", "llp", "KA")
    assert first["Incorporated on"] == "2020-05-01"
    assert (second["GSTIN"], second["PAN"], second["GST scheme"]) == (GSTIN, GSTIN[2:12], "qrmp")
    assert (second["Kind"], second["State"]) == ("partnership", "MH")
    tasks = (await dev.get(f"/api/companies/{second['Company id']}/tasks?q=GSTR-3B")).json()
    assert tasks["page"]["total"] > 0
    # What the table is silent of is not known, and nobody's no.
    calendar = (await dev.get(f"/api/companies/{first['Company id']}/calendar")).json()["data"]
    assert "gst-gstr-3b" in {each["obligation"] for each in calendar["undetermined"]}
    assert "Uma Foods" in (await dev.get(f"/app/practices/{practice}/clients")).text
    number = await _number(dev, practice)
    assert (await dev.post(f"{here}/{number}/undo")).status_code == 303
    assert await _clients(dev, practice) == []
    assert (await dev.get(f"/app/companies/{first['Company id']}/dashboard")).status_code == 404
    assert (await dev.post(f"{here}/{number}/undo")).status_code == 409
    assert "undone" in (await dev.get(here)).text


async def test_known_clients_change_and_are_as_before_but_for_what_was_touched(house: House) -> None:
    dev, practice, here = await _practice(house)
    await _apply(
        dev, here, _table(*({"Name": name, "Kind": "llp", "State": "KA"} for name in ("A One", "B Two")))
    )
    rows = await _clients(dev, practice)
    before = [(await dev.get(f"/api/companies/{row['Company id']}")).json()["data"] for row in rows]
    # Excel, as it was downloaded, with two names changed and one client more.
    book = load_workbook(io.BytesIO((await dev.get(f"/app/practices/{practice}/clients.xlsx")).content))
    sheet: Any = book.worksheets[0]
    sheet["A2"], sheet["C2"], sheet["A3"] = "A Prime", "MH", "B Prime"
    sheet.append(["C Three", "opc", "TN"])
    changed = io.BytesIO()
    book.save(changed)
    place = (await _send(dev, here, changed.getvalue(), "clients.xlsx")).headers["location"]
    looked = (await dev.get(place)).text
    assert "1 client would be taken on, 2 would change" in looked
    assert "<del>Karnataka</del> <ins>Maharashtra</ins>" in looked
    path, _, query = place.partition("?")
    assert (await dev.post(f"{path}/apply?{query}")).status_code == 303
    assert [row["Name"] for row in await _clients(dev, practice)] == ["A Prime", "B Prime", "C Three"]
    # The file says nothing new any more, and a second sending does nothing twice but the row without an id.
    again = (await dev.get(place)).text
    assert "0 would change" in again
    touched = await dev.patch(f"/api/companies/{rows[1]['Company id']}", json={"name": "By hand"})
    assert touched.status_code == 200
    await dev.post(f"{here}/{await _number(dev, practice)}/undo")
    assert [row["Name"] for row in await _clients(dev, practice)] == ["A One", "By hand"]
    after = (await dev.get(f"/api/companies/{rows[0]['Company id']}")).json()["data"]
    assert after["profile"] == before[0]["profile"]


async def test_a_new_client_that_somebody_worked_on_stays(house: House) -> None:
    dev, practice, here = await _practice(house)
    await _apply(
        dev, here, _table({"Name": "A One", "Kind": "llp", "State": "KA"}, {"Name": "B Two", "Kind": "opc"})
    )
    one, _ = await _clients(dev, practice)
    api = f"/api/companies/{one['Company id']}/tasks"
    (task, *_rest) = (await dev.get(api)).json()["data"]
    assert (await dev.patch(f"{api}/{task['id']}", json={"notes": "Call first"})).status_code == 200
    await dev.post(f"{here}/{await _number(dev, practice)}/undo")
    assert [row["Name"] for row in await _clients(dev, practice)] == ["A One"]


async def test_each_wrong_cell_is_named_and_its_row_does_nothing(house: House) -> None:
    dev, practice, here = await _practice(house)
    await _apply(dev, here, _table({"Name": "Uma Foods", "GSTIN": GSTIN, "GST scheme": "regular"}))
    (known,) = await _clients(dev, practice)
    table = _table(
        {"Name": "", "Kind": "llp"},
        {"Name": "B", "Kind": "castle"},
        {"Name": "C", "Kind": "llp", "State": "Atlantis"},
        {"Name": "D", "GSTIN": "27AAPFU0939F1ZX"},
        {"Name": "E", "GSTIN": GSTIN, "GST scheme": "regular"},
        {"Name": "F", "Kind": "llp", "Incorporated on": "soon"},
        {"Name": "G", "Company id": "01a21023-3f4c-73b9-808e-3f0076b49641"},
        {**known, "GSTIN": ""},
        {**known, "Name": "Twice"},
        {"Name": "=1+1", "Kind": "LLP"},
    )
    looked = (await dev.get((await _send(dev, here, table)).headers["location"])).text
    for told in (
        "<b>A2</b>: A client needs a name.", "<b>B3</b>: castle is no kind of business.",
        "<b>C4</b>: Atlantis is no State.", "<b>D5</b>: The last letter does not fit",
        "<b>D6</b>: A client of yours has this GSTIN already: Uma Foods.", "<b>G7</b>: soon is not a date.",
        "<b>H8</b>: No client that you see has this id.", "<b>D9</b>: A registration that is known",
        "<b>H10</b>: This client stands in row 9 already.",
    ):  # fmt: skip
        assert told in looked, told
    assert "1 client would be taken on, 0 would change" in looked


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.csv", "Name"),
        (b"Firm,Kind\nA,llp", "a.csv", "Name"),
        (b"MZ", "a.exe", "Files of this kind are not kept"),
        (
            _table(*({"Name": f"N{number}", "Kind": "llp"} for number in range(101))),
            "a.csv",
            "At most 100 new",
        ),
    ],
    ids=["empty", "no name", "program", "too many"],
)
async def test_what_cannot_be_taken_is_told_with_the_way(
    house: House, content: bytes, name: str, told: str
) -> None:
    dev, practice, here = await _practice(house)
    reply = await _send(dev, here, content, name)
    shown = await dev.get(reply.headers["location"]) if reply.status_code == 303 else reply
    assert shown.status_code == 422
    assert told in shown.text
    assert await _clients(dev, practice) == []


async def test_only_who_adds_clients_sends_and_undoes_and_a_file_is_of_its_practice(house: House) -> None:
    dev, _, here = await _practice(house)
    place = (await _send(dev, here, _table({"Name": "A", "Kind": "llp"}))).headers["location"]
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    assert (await chitra.get(place)).status_code == 404
    other = (await asha.post("/api/practices", json={"name": "Other", "kind": "cs"})).json()["data"]["id"]
    elsewhere = place.replace(here, f"/app/practices/{other}/clients/import")
    assert (await asha.get(elsewhere)).status_code == 404
    assert (await asha.post(f"/app/practices/{other}/clients/import/1/undo")).status_code == 404
    assert (await dev.get(f"{here}/{'0' * 64}")).status_code == 404
    assert (await dev.get(f"{here}/nothing")).status_code == 404
