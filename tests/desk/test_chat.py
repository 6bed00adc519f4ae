"""The assistant over the web: answered for one's own company alone, as JSON and as a stream."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.cast import ASHA, CHITRA, House, describe, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def test_a_question_about_ones_company_is_answered_with_the_law_cited(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await asha.post("/api/chat", json={"message": " When is LLP Form 11 due? ", "companyId": company})
    assert reply.status_code == 200, reply.text
    said = reply.json()["data"]
    assert "30 May 2027" in said["answer"]
    assert said["citations"][0]["url"].startswith("https://")
    assert {"kind": "due_date", "value": "2027-05-30", "from": "llp-form-11"} in said["facts"]


async def test_whoever_takes_a_stream_gets_sentences_then_sources_then_the_whole(house: House) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post(
        "/api/chat", json={"message": "GSTR-9 kab bharna hai?"}, headers={"Accept": "text/event-stream"}
    )
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = [each.split("\n")[0].removeprefix("event: ") for each in reply.text.strip().split("\n\n")]
    assert events[0] == "token"
    assert events[-1] == "done"
    assert "citation" in events
    last = reply.text.strip().split("\n\n")[-1].split("\n")[1].removeprefix("data: ")
    assert "31 December" in json.loads(last)["answer"]


async def test_anothers_company_is_missing_and_nothing_of_it_is_told(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    reply = await chitra.post("/api/chat", json={"message": "What is due next?", "companyId": company})
    assert reply.status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"message": "   "}, "message"),
        ({"message": "a" * 1001}, "message"),
        ({"message": "bell\x07"}, "message"),
        ({"message": "hi", "context": "c" * 5001}, "context"),
        ({"message": "hi", "sessionId": "not-a-uuid"}, "sessionId"),
        ({"message": "hi", "companyId": "../1"}, "companyId"),
        ({"message": "hi", "role": "owner"}, "role"),
    ],
)
async def test_what_breaks_the_input_rules_is_refused_by_its_field(
    house: House, sent: dict[str, str], field: str
) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post("/api/chat", json=sent)
    assert reply.status_code == 422
    assert field in reply.json()["fields"]
    assert (await asha.post("/api/chat", json={"message": " " + "a" * 1000 + " "})).status_code == 200
