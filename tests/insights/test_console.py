"""What an operator finds of people and companies, and how the site is run from the console."""

from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import event, select, update

from complianceai.insights.console.listing import SIZE, veiled
from complianceai.storage.audit import audit
from complianceai.storage.outbox import State, outbox
from complianceai.tenancy.operators.actions import OPERATORS_TRAIL
from tests.cast import ASHA, BILAL, CHITRA, PROFILE, House, describe
from tests.support.operators import register_operator


async def look(house: House) -> AsyncClient:
    return await register_operator(house, BILAL)


async def test_people_are_found_by_name_and_address_and_shown_veiled(house: House) -> None:
    asha, operator = await house.register(ASHA), await look(house)
    company = await describe(asha)
    sent = {"templateId": "board-resolution", "companyId": company, "userInputs": {}}
    await asha.post("/api/documents/generate", json=sent)
    for words in ("rao", "ASHA@", "asha@example.com", "Rao "):
        text = (await operator.get("/operator/people", params={"q": words})).text
        assert ("Ash… Rao" in text, "ash…@example.com" in text, "1 found" in text) == (True, True, True), (
            words
        )
        assert ASHA.name not in text
    everybody = (await operator.get("/operator/people")).text
    assert "2 found" in everybody
    for words in ("%", "_", "'; DROP TABLE people; --", "x\x00%", "x" * 100):
        assert "Nothing was found" in (await operator.get("/operator/people", params={"q": words})).text, (
            words
        )
    for page in ("0", "-1", "x", "100001"):
        assert (await operator.get("/operator/people", params={"page": page})).status_code == 422
    assert (await operator.get("/operator/people", params={"page": "9"})).status_code == 200


async def test_to_open_a_person_or_a_company_is_told_to_whom_it_is_about(house: House) -> None:
    asha, operator = await house.register(ASHA), await look(house)
    company = await describe(asha)
    me = (await asha.get("/api/auth/me")).json()["user"]["id"]
    page = await operator.get(f"/operator/people/{me}")
    assert (ASHA.name in page.text, ASHA.email in page.text) == (True, True)
    assert PROFILE["name"] not in page.text
    log = (await asha.get("/app/account/log")).text
    assert log.count("An operator looked at your account") == 1
    page = await operator.get(f"/operator/companies/{company}")
    assert PROFILE["name"] in page.text
    assert ASHA.name not in page.text
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert (trail[0]["deed"], trail[0]["person"]) == ("operator.looked", BILAL.name)
    async with house.database.reading() as connection:
        wanted = select(audit.c.after).where(audit.c.company_id == OPERATORS_TRAIL)
        told = " ".join(str(each) for each in (await connection.execute(wanted)).scalars())
    assert me in told
    assert company in told


@pytest.mark.parametrize("nonsense", ["x", "00000000-0000-0000-0000-000000000000", "%00", "1'--"])
async def test_whom_nobody_is_there_is_nothing_to_see_of(house: House, nonsense: str) -> None:
    operator = await look(house)
    for kind in ("people", "companies"):
        assert (await operator.get(f"/operator/{kind}/{nonsense}")).status_code == 404


async def test_the_lists_ask_the_same_number_of_questions_however_many_there_are(house: House) -> None:
    operator = await look(house)
    numbers = []
    for players in ([ASHA], [CHITRA]):
        for player in players:
            await describe(await house.register(player))
        numbers.append(
            [await _questions(house, operator, f"/operator/{kind}") for kind in ("people", "companies")]
        )
    assert numbers[0] == numbers[1]


async def _questions(house: House, client: AsyncClient, path: str) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    engine = house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert (await client.get(path)).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([each for each in asked if each.lstrip().upper().startswith("SELECT")])


async def test_failed_work_is_told_with_its_reason_and_tried_again(house: House) -> None:
    operator = await look(house)
    async with house.database.transaction() as connection:
        failed = {"state": State.FAILED.value, "last_error": "no such <host>", "ended_at": house.watch.now}
        await connection.execute(update(outbox).values(**failed))
        one = (await connection.execute(select(outbox.c.id).limit(1))).scalar_one()
    text = (await operator.get("/operator/jobs")).text
    assert "no such &lt;host&gt;" in text
    assert (await operator.post("/operator/jobs", data={"job": "nonsense"})).status_code == 404
    await operator.post("/operator/jobs", data={"job": str(one)})
    assert await _states(house, one) == State.WAITING.value
    await operator.post("/operator/jobs", data={"job": "all"})
    assert "Nothing has failed" in (await operator.get("/operator/jobs")).text


async def _states(house: House, job: UUID) -> str:
    async with house.database.reading() as connection:
        return str((await connection.execute(select(outbox.c.state).where(outbox.c.id == job))).scalar_one())


async def test_an_announcement_is_made_by_the_clock_in_india_and_ended(house: House) -> None:
    operator, asha = await look(house), await house.register(ASHA)
    # It is 11:31 in India.
    sent = {
        "text_en": "Back soon",
        "text_hi": "जल्द लौटेंगे",
        "starts": "2026-11-24T11:30",
        "ends": "2026-11-24T18:00",
    }
    assert (await operator.post("/operator/announcements", data=sent)).status_code == 303
    assert "Back soon" in (await asha.get("/app")).text
    page = (await operator.get("/operator/announcements")).text
    identity = page.split('name="end" value="')[1].split('"')[0]
    assert (await operator.post("/operator/announcements", data={"end": identity})).status_code == 303
    assert "Back soon" not in (await asha.get("/app")).text
    assert (await operator.post("/operator/announcements", data={"end": identity})).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"text_en": ""},
        {"text_en": "x" * 301},
        {"ends": "2026-11-23T18:00"},
        {"ends": ""},
        {"starts": "soon"},
        {"end": "x"},
    ],
)
async def test_a_faulty_announcement_is_refused_with_what_was_typed(
    house: House, change: dict[str, str]
) -> None:
    operator = await look(house)
    sent = {"text_en": "Back soon", "starts": "2026-11-24T11:30", "ends": "2026-11-24T18:00"}
    reply = await operator.post("/operator/announcements", data=sent | change)
    assert reply.status_code == (404 if "end" in change else 422)
    assert "end" in change or change.get("text_en", "Back soon")[:300] in reply.text


async def test_switches_are_set_by_share_and_by_name_and_hold_at_once(house: House) -> None:
    operator, asha = await look(house), await house.register(ASHA)
    me = UUID((await asha.get("/api/auth/me")).json()["user"]["id"])
    path, held = "/operator/switches/surveys", house.app.state.insights.notices
    await operator.post(path, data={"email": ASHA.email})
    assert held.switches["surveys"] == (100, frozenset({me}))
    await operator.post(path, data={"percent": "25"})
    assert held.switches["surveys"] == (25, frozenset({me}))
    assert "1 person so far" in (await operator.get("/operator/switches")).text
    await operator.post(path, data={"email": ASHA.email, "deed": "remove"})
    assert held.switches["surveys"] == (25, frozenset())
    for nonsense in (
        {"percent": "101"},
        {"percent": "-1"},
        {"percent": "x"},
        {"email": "nobody@example.com"},
        {},
    ):
        assert (await operator.post(path, data=nonsense)).status_code == 422, nonsense
    assert (await operator.post("/operator/switches/other", data={"percent": "1"})).status_code == 404


def test_veiled_names_keep_little() -> None:
    assert veiled("Asha Rao") == "Ash… Rao"
    assert veiled("asha@example.com") == "ash…@example.com"
    assert veiled("देव शर्मा") == "देव शर्…"
    assert veiled("") == ""
    assert SIZE == 50
