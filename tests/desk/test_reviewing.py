"""In the console a person reads what was marked as wrong, tries what it may become, and decides."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai import catalogue
from complianceai.assistant.trying import rule_named, score
from complianceai.base.clock import date_in_india
from complianceai.desk.tables import answer_feedback, review_cases
from tests.cast import ASHA, BILAL, CHITRA, PROFILE, House, describe, open_house
from tests.support.operators import register_operator

HOME = "/operator/answers"
SAID = "saal ka hisaab patra"


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made


async def marked(client: AsyncClient, question: str, correction: str, **more: Any) -> str:
    """The message's id, once its reader has said what is wrong with it."""
    asked = await client.post("/api/chat", json={"message": question, **more})
    assert asked.status_code == 200, asked.text
    message = str(asked.json()["data"]["messageId"])
    given = {"helpful": False, "reason": "wrong", "correction": correction}
    assert (await client.post(f"/api/chat/{message}/feedback", json=given)).status_code == 204
    return message


def alias(**change: str) -> dict[str, str]:
    told = {"outcome": "alias", "question": f"When is {SAID} due?", "rule": "GSTR-9", "words": SAID}
    return told | change


async def cases(house: House) -> list[Any]:
    async with house.database.reading() as connection:
        return list(await connection.execute(select(review_cases).order_by(review_cases.c.created_at)))


async def test_the_queue_shows_nobodys_words_and_one_correction_no_names_and_each_look_is_told(
    house: House,
) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    company = await describe(asha)
    words = f"When is GSTR-9 due for {PROFILE['name']}? Write to {ASHA.email}, ABCDE1234F"
    message = await marked(asha, words, "31 March, insists Asha, call 98765 43210", companyId=company)
    queue = (await operator.get(HOME)).text
    assert (message in queue, "insists" in queue, "Write to" in queue) == (True, False, False)
    page = (await operator.get(f"{HOME}/{message}")).text
    assert "31 March, insists" in page
    for secret in (ASHA.name, "Asha", ASHA.email, PROFILE["name"], "ABCDE1234F", "98765 43210"):
        assert secret not in page, secret
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert (trail[0]["deed"], trail[0]["person"]) == ("operator.looked", BILAL.name)
    assert "An operator looked" in (await asha.get("/app/account/log")).text
    await operator.post(f"{HOME}/{message}", data={"outcome": "none"})
    again = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert [each["deed"] for each in again[:2]] == ["operator.looked"] * 2


async def test_another_name_is_tried_with_the_score_before_and_after_and_then_kept(house: House) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, f"When is {SAID} due?", "it is GSTR-9")
    path = f"{HOME}/{message}"
    tried = (await operator.post(path, data=alias(deed="try"))).text
    for said in ("Score before", "Score after", "Nothing is kept yet", "31 December"):
        assert said in tried
    assert await cases(house) == []
    reply = await operator.post(path, data=alias(deed="keep"))
    assert (reply.status_code, reply.headers["location"]) == (303, HOME)
    [case] = await cases(house)
    asked = score(catalogue.load(), [], date_in_india(house.watch.now)).asked
    assert (case.rule, case.words) == ("gst-gstr-9", SAID)
    assert case.score_after - case.score_before in {10_000 // (asked + 1), 10_000 // (asked + 1) + 1}
    queue = (await operator.get(HOME)).text
    assert ("Nothing waits" in queue, f"{case.score_before / 100:.2f}" in queue) == (True, True)
    assert (await operator.get(path)).status_code == 404
    assert (await operator.post(path, data=alias(deed="keep"))).status_code == 404
    async with house.database.reading() as connection:
        kept = (await connection.execute(select(answer_feedback.c.outcome))).scalar_one()
    assert kept == "alias"


async def test_a_name_that_misleads_lowers_the_score_and_shows_which_questions(house: House) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "no")
    wrong = alias(question="When is AOC-4 due?", rule="AOC-4", words="is GSTR-9 due")
    page = (await operator.post(f"{HOME}/{message}", data=wrong | {"deed": "try"})).text
    before, after = (page.split(f"Score {which}</dt><dd>")[1].split(" %")[0] for which in ("before", "after"))
    assert float(after) < float(before)
    assert "<li>When is GSTR-9 due?</li>" in page.split("Right before, and wrong then")[1]


async def test_a_fault_of_the_law_has_its_score_once_it_is_mended_and_measured_again(house: House) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "31 March, by a new notification")
    fault = {"outcome": "fact", "question": "When is GSTR-9 due?", "rule": "gst-gstr-9", "must": "--03-31"}
    assert (await operator.post(f"{HOME}/{message}", data=fault | {"deed": "keep"})).status_code == 422
    told = fault | {"deed": "keep", "note": "Notification 99/2026"}
    assert (await operator.post(f"{HOME}/{message}", data=told)).status_code == 303
    [case] = await cases(house)
    assert (case.score_after, case.is_right, case.must) == (None, None, [["--03-31"]])
    assert (await operator.post(HOME)).status_code == 303
    [case] = await cases(house)
    assert (case.score_now, case.is_right) == (case.score_before, False)


async def test_a_question_joins_the_file_that_evaluate_reads_and_outlives_its_conversation(
    house: House,
) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "31 December")
    sent = {"outcome": "question", "question": "GSTR-9 by when? Asha", "must": "--12-31\n@yes | December"}
    assert (await operator.post(f"{HOME}/{message}", data=sent | {"deed": "keep"})).status_code == 303
    for each in (await asha.get("/api/conversations")).json()["data"]:
        await asha.delete(f"/api/conversations/{each['id']}")
    file = (await operator.get(f"{HOME}/questions.json")).json()
    [question] = file["questions"]
    assert (question["must"], question["on"]) == (
        [["--12-31"], ["@yes", "December"]],
        str(date_in_india(house.watch.now)),
    )
    assert question["question"].startswith("GSTR-9 by when?")
    assert "Asha" not in question["question"]
    assert (await operator.post(HOME)).status_code == 303
    [case] = await cases(house)
    assert case.is_right is True


async def test_what_is_set_aside_has_a_reason_and_becomes_nothing(house: House) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "never")
    path = f"{HOME}/{message}"
    assert "Say why" in (await operator.post(path, data={"outcome": "none", "note": " "})).text
    sent = {"outcome": "none", "note": "It is due"}
    assert (await operator.post(path, data=sent)).status_code == 303
    assert await cases(house) == []
    async with house.database.reading() as connection:
        columns = answer_feedback.c.outcome, answer_feedback.c.note, answer_feedback.c.state
        assert tuple((await connection.execute(select(*columns))).one()) == ("none", "It is due", "settled")


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"outcome": "law"}, {"outcome": "alias"}, alias(rule="GSTR-99"), alias(words="a"), alias(question=" "),
        alias(question="a\x00b"), alias(words="x" * 101),
        {"outcome": "question", "question": "When?"},
        {"outcome": "question", "question": "When?", "must": "2026-13-45"},
        {"outcome": "question", "question": "When?", "must": "9" * 1000 + "|" + "9"},
        {"outcome": "question", "question": "When?", "must": " | \n|"},
    ],
)  # fmt: skip
async def test_nonsense_is_told_beside_its_field_and_keeps_nothing(
    house: House, sent: dict[str, str]
) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "x")
    reply = await operator.post(f"{HOME}/{message}", data=sent | {"deed": "keep"})
    assert reply.status_code == 422
    assert "Something needs another look" in reply.text
    assert await cases(house) == []


async def test_in_hindi_the_pages_are_hindi_and_nobody_else_finds_them(house: House) -> None:
    asha, operator = await house.register(ASHA), await register_operator(house, BILAL)
    message = await marked(asha, "When is GSTR-9 due?", "x")
    operator.cookies.set("language", "hi")
    for path, words in ((HOME, "गलत बताए गए उत्तर"), (f"{HOME}/{message}", "इसका क्या होगा")):
        assert words in (await operator.get(path)).text
        for client in (asha, await house.visitor()):
            assert (await client.get(path)).status_code == 404
    for nonsense in ("x", "%00", "00000000-0000-0000-0000-000000000000"):
        assert (await operator.get(f"{HOME}/{nonsense}")).status_code == 404


async def test_the_queue_asks_as_many_questions_however_long_it_is(house: House) -> None:
    asha, operator = await house.register(CHITRA), await register_operator(house, BILAL)
    for number in range(52):
        await marked(asha, f"When is GSTR-{1 + number % 9} due?", "x")
    assert "52 wait" in (await operator.get(HOME)).text
    second = (await operator.get(HOME, params={"page": "2"})).text
    assert second.count(f'href="{HOME}/') - second.count("questions.json") == 2


def test_rules_are_named_by_id_or_form() -> None:
    law = catalogue.load()
    assert rule_named(law, "gst-gstr-9") == rule_named(law, "gstr 9") == "gst-gstr-9"
    assert rule_named(law, "GSTR-99") is rule_named(law, "-") is None
