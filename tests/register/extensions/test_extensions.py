"""An extension recorded once: it moves what it is about and nothing else, and undone it leaves no mark on a task."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai import catalogue
from complianceai.register.edition import recorded
from complianceai.register.edition.errors import ExtensionFaulty, ExtensionMissing, ExtensionTwice
from complianceai.register.extensions.actions import record_extension, undo_extension
from complianceai.register.tasks.tables import tasks
from tests.cast import ASHA, CHITRA, House, describe, open_house

LINES = {
    "to": "2026-12-24",
    "statutory": {"from": "2026-12-20", "to": "2026-12-20"},
    "when": "registration.state == 'MH'",
    "who": "monthly filers in Maharashtra",
    "instrument": "Notification 99/2026-Central Tax",
    "dated": "2026-12-19",
    "source": "https://example.gov.in/99-2026",
    "checked_on": "2026-12-19",
}


def gst(state: str) -> dict[str, Any]:
    return {
        "state": state,
        "gst": {"registered": True, "registrations": [{"state": state, "scheme": "regular"}]},
    }


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made
    catalogue.take_up(())
    recorded._taken_up = 0


async def dates(client: AsyncClient, company: str) -> dict[str, str]:
    listed = await client.get(f"/api/companies/{company}/tasks", params={"q": "GSTR-3B", "size": 200})
    return {each["key"]: each["dueDate"] for each in listed.json()["data"]}


async def rows(house: House) -> dict[UUID, dict[str, Any]]:
    """Every task, column by column, but for the counters by which programs notice a change."""
    async with house.database.reading() as connection:
        found = await connection.execute(select(tasks).order_by(tasks.c.id))
        counters = {"version", "updated_at"}
        return {row.id: {k: v for k, v in row._mapping.items() if k not in counters} for row in found}


async def test_it_moves_what_it_is_about_and_leaves_the_others_alone(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    mumbai, delhi = await describe(asha, **gst("MH")), await describe(chitra, **gst("DL"))
    before = {mumbai: await dates(asha, mumbai), delhi: await dates(chitra, delhi)}
    _, moved = await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
    assert (moved.tasks, moved.companies) == (1, 1)
    after = await dates(asha, mumbai)
    assert {key for key in after if after[key] != before[mumbai][key]} == {
        key for key, day in before[mumbai].items() if day == "2026-12-20"
    }
    assert "2026-12-24" in after.values()
    assert await dates(chitra, delhi) == before[delhi]
    changed = next(
        each for each in (await rows(house)).values() if each["extended_by"] == LINES["instrument"]
    )
    assert [each["due"] for each in changed["earlier_dates"]] == ["2026-12-20"]
    trail = (await asha.get(f"/api/companies/{mumbai}/trail")).json()["data"][0]
    assert trail["deed"] == "dates.extended"
    year = await asha.get(
        f"/api/companies/{mumbai}/calendar", params={"from": "2026-12-01", "to": "2026-12-31"}
    )
    dec = [each for each in year.json()["data"]["occurrences"] if each["obligation"] == "gst-gstr-3b"]
    assert dec[0]["due_date"] == "2026-12-24"
    assert dec[0]["statutory_due_date"] == "2026-12-20"


async def test_undone_every_row_is_what_it_was(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **gst("MH"))
    await dates(asha, company)
    before = await rows(house)
    made, _ = await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
    assert await rows(house) != before
    _, moved = await undo_extension(house.database, made.id, house.watch.now)
    assert moved.tasks == 1
    await dates(asha, company)
    assert await rows(house) == before
    with pytest.raises(ExtensionMissing):
        await undo_extension(house.database, made.id, house.watch.now)


async def test_a_sync_afterwards_finds_nothing_left_to_move(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **gst("MH"))
    await dates(asha, company)
    await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
    deeds = [each["deed"] for each in (await asha.get(f"/api/companies/{company}/trail")).json()["data"]]
    assert deeds[0] == "dates.extended"
    edited = await asha.patch(
        f"/api/companies/{company}", json={"profile": {"entity_type": "llp", "name": "New", **gst("MH")}}
    )
    assert edited.status_code == 200, edited.text
    after = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert not any(
        each["deed"] == "tasks.synced" and each["number"] > 3 and each["after"]["moved"] for each in after
    )
    assert "2026-12-24" in (await dates(asha, company)).values()


async def test_another_process_takes_the_law_up_by_itself(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **gst("MH"))
    await dates(asha, company)
    await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
    catalogue.take_up(())
    recorded._taken_up = 0
    year = await asha.get(
        f"/api/companies/{company}/calendar", params={"from": "2026-12-01", "to": "2026-12-31"}
    )
    assert "2026-12-24" in year.text


@pytest.mark.parametrize(
    ("obligation", "change", "told"),
    [
        ("gst-gstr-3b", {"to": "soon"}, "soon"),
        ("gst-gstr-3b", {"when": "registration.planet == 'MH'"}, "planet"),
        ("gst-gstr-3b", {"colour": "red"}, "colour"),
        ("gst-of-the-moon", {}, "gst-of-the-moon"),
    ],
)
async def test_faulty_lines_are_refused_as_the_catalogue_would_and_move_nothing(
    house: House, obligation: str, change: dict[str, Any], told: str
) -> None:
    with pytest.raises(ExtensionFaulty) as refused:
        await record_extension(house.database, obligation, {**LINES, **change}, house.watch.now)
    assert told in str(refused.value)
    async with house.database.reading() as connection:
        assert await recorded.list_extensions(connection) == []


async def test_the_same_extension_twice_is_one(house: House) -> None:
    await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
    with pytest.raises(ExtensionTwice):
        await record_extension(house.database, "gst-gstr-3b", LINES, house.watch.now)
