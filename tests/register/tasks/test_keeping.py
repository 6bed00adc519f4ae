"""A company's tasks kept in step, on a real database."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import func, insert, select, update

from complianceai.base.ids import new_id
from complianceai.register.tasks.keeping import keep_all_in_step, keep_in_step
from complianceai.register.tasks.tables import registers, tasks
from complianceai.tenancy.practice_tables import engagements, practices
from complianceai.tenancy.tables import companies, members
from tests.cast import ASHA, House, describe
from tests.support.mails import mails_of

PRIVATE = {"entity_type": "private_limited", "incorporated_on": "2015-06-01", "directors_kyc": []}
GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


async def rows_of(house: House, company: str) -> list[Any]:
    wanted = (
        select(tasks).where(tasks.c.company_id == UUID(company)).order_by(tasks.c.effective_date, tasks.c.key)
    )
    async with house.database.reading() as connection:
        return list(await connection.execute(wanted))


async def edit(client: AsyncClient, company: str, **profile: Any) -> None:
    kept = (await client.get(f"/api/companies/{company}")).json()["data"]["profile"]
    whole = {name: value for name, value in {**kept, **profile}.items() if value is not None}
    reply = await client.patch(f"/api/companies/{company}", json={"profile": whole})
    assert reply.status_code == 200, reply.text


async def synced(client: AsyncClient, company: str) -> list[dict[str, Any]]:
    rows = (await client.get(f"/api/companies/{company}/trail")).json()["data"]
    return [row["after"] for row in rows if row["deed"] == "tasks.synced"]


async def test_a_new_company_has_its_tasks_at_once_and_one_row_of_the_trail_tells_them(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    rows = await rows_of(house, company)
    assert {row.state for row in rows} == {"to_do"}
    assert min(row.due_date for row in rows) >= date(2026, 4, 1)
    assert max(row.due_date for row in rows) <= date(2028, 2, 29)
    asked = await asha.get(f"/api/companies/{company}/calendar?from=2026-04-01&to=2027-03-31")
    year = [row for row in rows if row.due_date <= date(2027, 3, 31)]
    # What one may do and need not is in the calendar and is nobody's task.
    owed = [each for each in asked.json()["data"]["occurrences"] if each["kind"] != "choice"]
    assert sorted((row.form, row.due_date.isoformat()) for row in year) == sorted(
        (each["form"], each["due_date"]) for each in owed
    )
    (told,) = await synced(asha, company)
    assert told["counts"]["created"] == len(rows)
    assert sorted(told["created"]) == sorted(row.key for row in rows)


async def test_what_people_wrote_outlives_a_duty_that_goes_and_comes_back(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    before = {row.key: row for row in await rows_of(house, company)}
    one = next(row for row in before.values() if row.form == "GSTR-3B")
    async with house.database.transaction() as connection:
        wrote = update(tasks).where(tasks.c.id == one.id)
        await connection.execute(wrote.values(notes="Ask the bank", state="in_preparation", priority="high"))
    await edit(asha, company, gst=None)
    gone = {row.key: row for row in await rows_of(house, company)}
    assert gone.keys() == before.keys()
    lost = gone[one.key]
    assert (lost.state, lost.lapse, lost.lapsed_from) == (
        "not_applicable",
        "no_longer_applies",
        "in_preparation",
    )
    await edit(asha, company, **GST)
    back = {row.key: row for row in await rows_of(house, company)}
    assert back.keys() == before.keys()
    found = back[one.key]
    assert (found.id, found.state, found.notes, found.priority) == (
        one.id,
        "in_preparation",
        "Ask the bank",
        "high",
    )
    assert {row.lapse for row in back.values()} == {None}
    latest, closing, _ = await synced(asha, company)
    assert latest["counts"]["reopened"] == closing["counts"]["closed"] > 20
    assert closing["closed"][one.key] == "no_longer_applies"


async def test_a_date_that_moves_keeps_where_it_stood(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **PRIVATE)
    before = {row.key: row for row in await rows_of(house, company)}
    await edit(asha, company, agm_dates={"2025-26": "2026-08-20"})
    after = {row.key: row for row in await rows_of(house, company)}
    moved = [row for key, row in after.items() if key in before and row.due_date != before[key].due_date]
    assert "AOC-4" in {row.form for row in moved}
    for row in moved:
        (stood,) = row.earlier_dates
        assert stood["due"] == before[row.key].due_date.isoformat()
        assert row.id == before[row.key].id
    latest, _ = await synced(asha, company)
    assert latest["moved"].keys() >= {row.key for row in moved}


async def test_a_sync_that_finds_nothing_leaves_no_row(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await edit(asha, company, name="Another name")
    assert len(await synced(asha, company)) == 1


async def test_the_window_rolls_and_a_new_catalogue_is_noticed(house: House) -> None:
    asha = await house.register(ASHA)
    company, other = await describe(asha, **GST), await describe(asha, **GST)
    before = len(await rows_of(house, company))
    await keep_in_step(house.database, UUID(company), house.watch.now)
    assert len(await rows_of(house, company)) == before
    house.watch.move(days=62)
    await keep_in_step(house.database, UUID(company), house.watch.now)
    assert len(await rows_of(house, company)) > before
    assert await keep_all_in_step(house.database, house.watch.now) == 1
    assert len(await rows_of(house, other)) == len(await rows_of(house, company))
    assert await keep_all_in_step(house.database, house.watch.now) == 0
    async with house.database.transaction() as connection:
        await connection.execute(update(registers).values(law="an older edition"))
    assert await keep_all_in_step(house.database, house.watch.now) == 2


async def test_facts_that_the_rules_no_longer_take_leave_the_tasks_as_they_are(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    before = await rows_of(house, company)
    async with house.database.transaction() as connection:
        broken = {"name": "Rao", "entity_type": "club"}
        await connection.execute(update(companies).values(profile=broken, version=2))
    await keep_in_step(house.database, UUID(company), house.watch.now)
    assert await rows_of(house, company) == before


async def test_what_nobody_knows_brings_no_task_until_it_is_known(house: House) -> None:
    asha = await house.register(ASHA)
    form = {"name": "Rao LLP", "entity_type": "llp", "state": "MH", "gst.registered": "unsure"}
    company = (await asha.post("/app/companies/new", data=form)).headers["location"].rpartition("/")[2]
    rows = await rows_of(house, company)
    assert rows
    assert {row.form for row in rows}.isdisjoint({"GSTR-3B", "GSTR-1"})
    assert len(await synced(asha, company)) == 1


async def test_the_trail_with_its_syncs_is_still_sound(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    text = (await asha.get(f"/api/companies/{company}/trail.jsonl")).text
    assert [json.loads(line).get("deed") for line in text.splitlines()] == [
        "company.created",
        "tasks.synced",
        None,
    ]


async def test_two_companies_never_share_a_task(house: House) -> None:
    asha = await house.register(ASHA)
    first, second = await describe(asha), await describe(asha)
    async with house.database.reading() as connection:
        count = (await connection.execute(select(func.count()).select_from(tasks))).scalar_one()
    assert count == len(await rows_of(house, first)) + len(await rows_of(house, second))


async def test_a_company_that_only_a_practice_looks_after_has_tasks_from_the_engagement_on(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    made = {"created_at": house.watch.now}
    practice, day = new_id(), date(2026, 10, 1)
    async with house.database.transaction() as connection:
        await connection.execute(
            insert(practices).values(id=practice, name="Firm", kind="ca", updated_at=house.watch.now, **made)
        )
        served = {
            "practice_id": practice,
            "company_id": UUID(company),
            "access": "everyone",
            "starts_on": day,
        }
        await connection.execute(insert(engagements).values(id=new_id(), **served, **made))
    # While she owns it, her register is hers: what she has not filed stays to be done.
    assert await keep_all_in_step(house.database, house.watch.now) == 0
    async with house.database.transaction() as connection:
        await connection.execute(update(members).values(role="viewer"))
    assert await keep_all_in_step(house.database, house.watch.now) == 1
    rows = await rows_of(house, company)
    assert {row.lapse for row in rows if row.due_date < day} == {"before_engagement"}
    assert {row.lapse for row in rows if row.due_date >= day} == {None}
    assert await keep_all_in_step(house.database, house.watch.now) == 0


async def test_what_an_engagement_bounded_is_to_be_done_again_as_soon_as_the_practice_closes(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    made = (await asha.post("/api/practices", json={"name": "Rao and Co", "kind": "ca"})).json()["data"]["id"]
    profile = {"name": "Kaveri Foods LLP", "entity_type": "llp", "state": "MH", **GST}
    clients = f"/api/practices/{made}/clients"
    reply = await asha.post(clients, json={"profile": profile})
    assert reply.status_code == 201, reply.text
    company = reply.json()["data"]["id"]
    day = house.watch.now.date().isoformat()
    for starts_on in ("2026-04-01", day):
        reply = await asha.patch(f"{clients}/{company}", json={"access": "everyone", "startsOn": starts_on})
        assert reply.status_code == 200, reply.text
    rows = await rows_of(house, company)
    assert {row.lapse for row in rows if row.due_date.isoformat() < day} == {"before_engagement"}
    assert (await asha.delete(f"/api/practices/{made}")).status_code == 200
    # The worker does it, so that closing is quick however many clients there are.
    await mails_of(house)
    # Read as it stands in the database: nobody has looked at the company meanwhile.
    rows = await rows_of(house, company)
    assert {row.lapse for row in rows} == {None}
    assert await keep_all_in_step(house.database, house.watch.now) == 0
    assert len(await synced(asha, company)) == 4
