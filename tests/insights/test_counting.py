"""What people do: counted where they agreed, by pseudonym, gone with them."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError

from complianceai.insights.counting.counter import MOST_WAITING, Counter
from complianceai.insights.counting.kinds import KIND_OF, KIND_WORDS, Kind
from complianceai.insights.counting.tables import (
    actions_done,
    active_spans,
    cohorts,
    counting,
    figure_days,
    journeys,
)
from complianceai.storage.deeds import Deed, note_done
from complianceai.tenancy.tables import people
from tests.cast import ASHA, BILAL, PROFILE, House, describe, open_house

AGREED = ASHA.registration | {"mayCount": True}


async def rows(house: House, *columns: Any) -> list[Any]:
    async with house.database.reading() as connection:
        return [tuple(row) for row in await connection.execute(select(*columns))]


async def flush(house: House) -> int:
    return int(await house.app.state.insights.counter.flush())


async def agree(house: House) -> AsyncClient:
    client = await house.visitor()
    assert (await client.post("/api/auth/register", json=AGREED)).status_code == 200
    return client


async def test_what_somebody_does_who_agreed_is_counted_by_pseudonym(house: House) -> None:
    asha = await agree(house)
    company = await describe(asha)
    await asha.post("/api/companies/" + company + "/tasks", json={"title": "Rent", "dueDate": "2026-12-05"})
    assert await flush(house) == 3
    kept = await rows(house, actions_done.c.kind, actions_done.c.company_id)
    assert sorted(kept, key=str) == [
        ("company_made", UUID(company)), ("signed_in", None), ("signed_up", None)
    ]  # fmt: skip
    names = (await rows(house, people.c.id)) + (await rows(house, people.c.name))
    told = str(await rows(house, *actions_done.c))
    assert not [each for (each,) in names if str(each) in told]
    assert await rows(house, journeys.c.signed_on, journeys.c.company_on, journeys.c.filed_on) == [
        (date(2026, 11, 24), date(2026, 11, 24), None)
    ]
    # Three actions in one week and one month: each span once.
    assert len(await rows(house, active_spans.c.span)) == 2
    assert sorted(await rows(house, *cohorts.c)) == [
        ("month", date(2026, 11, 1), date(2026, 11, 1), 1),
        ("week", date(2026, 11, 23), date(2026, 11, 23), 1),
    ]


async def test_nobody_is_counted_who_did_not_agree(house: House) -> None:
    bilal = await house.register(BILAL)
    await describe(bilal)
    assert await flush(house) == 0
    assert await rows(house, counting.c.person_id) == []
    told = (await bilal.get("/api/auth/counting")).json()["data"]
    assert (told["site"], told["mayCount"], told["actions"]) == ("ask", None, 0)


async def test_the_form_asks_and_an_unticked_box_is_no(house: House) -> None:
    client = await house.visitor()
    assert 'name="may_count"' in (await client.get("/register")).text
    assert (await client.post("/register", data=BILAL.registration)).status_code == 303
    other = await house.visitor()
    sent = ASHA.registration | {"may_count": "yes"}
    assert (await other.post("/register", data=sent)).status_code == 303
    assert await flush(house) == 2
    assert await rows(house, counting.c.may_count) == [(True,)]


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
async def test_a_browser_that_asks_for_quiet_is_left_in_quiet(house: House, header: str) -> None:
    asha = await agree(house)
    await flush(house)
    before = len(await rows(house, actions_done.c.id))
    asha.headers[header] = "1"
    await describe(asha)
    assert "asks not to be tracked" in (await asha.get("/app/account/counting")).text
    assert await flush(house) == 0
    asha.headers[header] = "0"
    await describe(asha)
    assert await flush(house) == 1
    assert len(await rows(house, actions_done.c.id)) == before + 1


async def test_whoever_stops_it_is_forgotten_and_the_sums_stay(house: House) -> None:
    asha = await agree(house)
    await describe(asha)
    await flush(house)
    assert "3 actions are kept" in (await asha.get("/app/account/counting")).text
    await asha.post("/app/account/counting", data={"may_count": "no"})
    await describe(asha)
    assert await flush(house) == 0
    for table in (actions_done, journeys, active_spans):
        assert await rows(house, *table.c) == []
    assert sum(value for (value,) in await rows(house, figure_days.c.value)) == 3
    again = await asha.put("/api/auth/counting", json={"mayCount": True})
    assert (again.json()["data"]["mayCount"], again.json()["data"]["actions"]) == (True, 0)


async def test_with_the_account_goes_all_that_was_counted(house: House) -> None:
    asha = await agree(house)
    await flush(house)
    gone = await asha.post("/api/auth/delete", json={"password": ASHA.password, "companies": []})
    assert gone.status_code == 200, gone.text
    assert await rows(house, *actions_done.c) == await rows(house, *counting.c) == []


async def test_a_change_that_was_not_kept_is_not_counted(house: House) -> None:
    asha = await agree(house)
    await flush(house)
    faulty = await asha.post("/api/companies", json={"profile": PROFILE | {"entity_type": "sphere"}})
    assert faulty.status_code == 422
    with pytest.raises(RuntimeError):
        await _break_off(house)
    assert await flush(house) == 0


async def _break_off(house: House) -> None:
    async with house.database.transaction() as connection:
        person = (await connection.execute(select(people.c.id))).scalar_one()
        note_done(connection, Deed("company.created", person, None, house.watch.now))
        raise RuntimeError


async def test_of_a_question_length_and_time_are_kept_and_nothing_of_it(house: House) -> None:
    asha = await agree(house)
    question = "When is GSTR-9 due?"
    assert (await asha.post("/api/chat", json={"message": question})).status_code == 200
    await flush(house)
    columns = actions_done.c.kind, actions_done.c.length, actions_done.c.took_ms
    asked = [row for row in await rows(house, *columns) if row[0] == "question_asked"]
    assert [(kind, length) for kind, length, _ in asked] == [("question_asked", len(question))]
    assert 0 <= asked[0][2] < 60_000
    assert "GSTR" not in str(await rows(house, *actions_done.c))


async def test_what_was_counted_cannot_be_rewritten(house: House) -> None:
    await agree(house)
    await flush(house)
    with pytest.raises(DBAPIError, match="without edits"):
        async with house.database.transaction() as connection:
            await connection.execute(update(actions_done).values(kind="exported"))


@pytest.mark.parametrize(("mode", "counted"), [("off", 0), ("on", 2)])
async def test_the_site_may_count_nobody_or_all_who_did_not_say_no(
    database_url: str, redis_url: str | None, mode: str, counted: int
) -> None:
    async with open_house(database_url, redis_url, tracking=mode) as house:
        assert 'name="may_count"' not in (await (await house.visitor()).get("/register")).text
        bilal = await house.register(BILAL)
        assert await flush(house) == counted
        await bilal.put("/api/auth/counting", json={"mayCount": False})
        await describe(bilal)
        assert await flush(house) == 0


async def test_an_account_that_goes_meanwhile_stops_nobody_elses_counting(house: House) -> None:
    bilal = await house.register(BILAL)
    await flush(house)
    asha = await agree(house)
    await bilal.put("/api/auth/counting", json={"mayCount": True})
    await describe(bilal)
    gone = await asha.post("/api/auth/delete", json={"password": ASHA.password, "companies": []})
    assert gone.status_code == 200, gone.text
    assert await flush(house) == 1


async def test_what_waits_is_bounded(house: House) -> None:
    counter = Counter(house.database, "on", house.watch)
    counter.take([Deed("company.created", None, None, house.watch.now)] * (MOST_WAITING + 5))
    assert len(counter._waiting) == MOST_WAITING
    assert await counter.flush() == 0


async def test_many_at_once_are_counted_once_each(house: House) -> None:
    await agree(house)
    async with house.database.transaction() as connection:
        person = (await connection.execute(select(people.c.id))).scalar_one()
    counter = Counter(house.database, "ask", house.watch)
    counter.take([Deed("task.file", person, None, house.watch.now)] * 2500)
    await flush(house)
    assert await counter.flush() == 2500
    async with house.database.reading() as connection:
        part = figure_days.c.part == "task_filed"
        assert (await connection.execute(select(figure_days.c.value).where(part))).scalar_one() == 2500
        assert (await connection.execute(select(func.sum(cohorts.c.people)))).scalar_one() == 2


def test_every_kind_has_its_deeds_its_words_and_fits_its_column() -> None:
    assert set(KIND_OF.values()) == set(Kind) == set(KIND_WORDS)
    assert max(len(kind.value) for kind in Kind) <= 20


async def test_without_consent_no_row_of_choice_is_made_by_the_way(house: House) -> None:
    asha = await house.register(ASHA)
    async with house.database.transaction() as connection:
        person = (await connection.execute(select(people.c.id))).scalar_one()
        await connection.execute(
            insert(counting).values(person_id=person, pseudonym=person, may_count=False, decided_at=None)
        )
    await describe(asha)
    assert await flush(house) == 0


async def test_what_is_kept_can_be_taken_along(house: House) -> None:
    asha = await agree(house)
    await describe(asha)
    await asha.post("/api/chat", json={"message": "When is GSTR-9 due?"})
    await flush(house)
    told = (await asha.get("/api/auth/export")).json()["data"]
    kinds = {each["kind"] for each in told["countedActions"]}
    assert {"signed_up", "company_made", "question_asked"} <= kinds
    assert [each["moment"] for each in told["surveys"]] == ["question_asked"]
    assert "pseudonym" not in str(told)
