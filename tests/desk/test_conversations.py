"""Conversations belong to one person and one company; answers are kept, found, shared, judged and deleted."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from complianceai.desk.models import Models
from complianceai.desk.tables import answer_feedback, messages, model_spending, shared_answers
from complianceai.entry.asgi import create_app
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house
from tests.support.models import ModelServer, model_server

QUESTION = "When is LLP Form 11 due?"


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def ask(client: AsyncClient, message: str = QUESTION, **more: Any) -> dict[str, Any]:
    reply = await client.post("/api/chat", json={"message": message, **more})
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()["data"]
    return told


async def test_a_follow_up_in_the_same_conversation_knows_what_went_before(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    first = await ask(asha, companyId=company)
    again = await ask(asha, "and what does it cost if it is 10 days late?", sessionId=first["sessionId"])
    assert again["sessionId"] == first["sessionId"]
    assert {each["id"] for each in again["citations"]} == {"llp-form-11"}
    whole = (await asha.get(f"/api/conversations/{first['sessionId']}")).json()["data"]
    assert [each["question"] for each in whole["messages"]] == [
        QUESTION,
        "and what does it cost if it is 10 days late?",
    ]
    assert whole["companyId"] == company


async def test_a_conversation_may_have_an_id_of_the_callers_own(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    own = str(uuid4())
    assert (await ask(asha, sessionId=own))["sessionId"] == own
    reply = await chitra.post("/api/chat", json={"message": QUESTION, "sessionId": own})
    assert reply.status_code == 404


async def test_conversations_are_listed_searched_renamed_and_deleted_for_good(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    one = (await ask(asha, companyId=company))["sessionId"]
    other = (await ask(asha, "What is GSTR-9C?"))["sessionId"]
    listed = (await asha.get("/api/conversations")).json()
    assert [each["id"] for each in listed["data"]] == [other, one]
    assert [
        each["id"] for each in (await asha.get("/api/conversations", params={"q": "gstr-9c"})).json()["data"]
    ] == [other]
    assert (await asha.get("/api/conversations", params={"companyId": company})).json()["page"]["total"] == 1
    renamed = await asha.patch(f"/api/conversations/{one}", json={"title": " Our annual return "})
    assert renamed.json()["data"]["title"] == "Our annual return"
    assert (await asha.get("/api/conversations", params={"q": "annual"})).json()["page"]["total"] == 1
    assert (await asha.delete(f"/api/conversations/{one}")).status_code == 204
    assert (await asha.get(f"/api/conversations/{one}")).status_code == 404
    async with house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(messages))).scalar_one() == 1


async def test_what_one_person_asked_is_no_ones_elses_not_even_a_colleagues(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.ADMINISTRATOR)
    told = await ask(asha, companyId=company)
    conversation, message = told["sessionId"], told["messageId"]
    base = f"/app/companies/{company}/ask"
    assert (await bilal.get("/api/conversations")).json()["data"] == []
    for method, path, sent in (
        ("GET", f"/api/conversations/{conversation}", None),
        ("DELETE", f"/api/conversations/{conversation}", None),
        ("PATCH", f"/api/conversations/{conversation}", {"title": "x"}),
        ("POST", f"/api/chat/{message}/feedback", {"helpful": True}),
        ("POST", f"/api/chat/{message}/share", {}),
        ("GET", f"{base}/{conversation}", None),
        ("GET", f"{base}/{conversation}/export.json", None),
    ):
        assert (await bilal.request(method, path, json=sent)).status_code == 404, path
    assert QUESTION not in (await bilal.get(base)).text


async def test_whoever_left_the_company_finds_the_conversation_no_more(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    conversation = (await ask(bilal, companyId=company))["sessionId"]
    person = (await bilal.get("/api/auth/me")).json()["user"]["id"]
    assert (await asha.delete(f"/api/companies/{company}/members/{person}")).status_code < 300
    assert (await bilal.get(f"/api/conversations/{conversation}")).status_code == 404
    reply = await bilal.post("/api/chat", json={"message": "and next?", "sessionId": conversation})
    assert reply.status_code == 404


async def test_an_opinion_is_kept_once_and_a_correction_waits_for_a_person(house: House) -> None:
    asha = await house.register(ASHA)
    message = (await ask(asha))["messageId"]
    path = f"/api/chat/{message}/feedback"
    assert (await asha.post(path, json={"helpful": True})).status_code == 204
    wrong = {"helpful": False, "reason": "outdated", "correction": "It was extended."}
    assert (await asha.post(path, json=wrong)).status_code == 204
    assert (await asha.post(path, json={"helpful": False, "reason": "rude"})).status_code == 422
    async with house.database.reading() as connection:
        rows = (await connection.execute(select(answer_feedback))).mappings().all()
    assert [(row["is_good"], row["reason"], row["state"]) for row in rows] == [(False, "outdated", "open")]


async def test_a_shared_answer_shows_itself_and_nothing_else_until_it_is_withdrawn_or_over(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    told = await ask(asha, companyId=company)
    await ask(asha, "What is GSTR-9C?", sessionId=told["sessionId"])
    made = (await asha.post(f"/api/chat/{told['messageId']}/share", json={"days": 7})).json()["data"]
    path = made["address"].removeprefix("http://testserver")
    visitor = await house.visitor()
    shown = await visitor.get(path)
    assert shown.status_code == 200
    assert QUESTION in shown.text
    assert "30 May 2027" in shown.text
    assert "Rao" not in shown.text
    assert "GSTR-9C" not in shown.text
    assert shown.headers["x-robots-tag"] == "noindex"
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert "answer.shared" in {each["deed"] for each in trail}
    assert (await asha.delete(f"/api/chat/shared/{made['id']}")).status_code == 204
    assert (await visitor.get(path)).status_code == 404
    second = (await asha.post(f"/api/chat/{told['messageId']}/share", json={"days": 7})).json()["data"]
    house.watch.move(hours=24 * 8)
    assert (await visitor.get(second["address"].removeprefix("http://testserver"))).status_code == 404
    async with house.database.reading() as connection:
        hashes = (await connection.execute(select(shared_answers.c.token_hash))).scalars().all()
    assert not any(path.endswith(each) for each in hashes)


async def test_wishes_go_before_what_questions_suggest(house: House) -> None:
    asha = await house.register(ASHA)
    assert (await asha.get("/api/chat/wishes")).json()["data"] == {"depth": "", "language": ""}
    assert (await asha.put("/api/chat/wishes", json={"depth": "deep", "language": "hi"})).status_code == 200
    assert (await asha.get("/api/chat/wishes")).json()["data"] == {"depth": "deep", "language": "hi"}
    assert (await asha.put("/api/chat/wishes", json={"depth": "endless"})).status_code == 422


async def test_suggestions_come_from_the_company_and_stay_away_once_dismissed(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(
        asha,
        entity_type="private_limited",
        gst={"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]},
    )
    found = (await asha.get("/api/chat/suggestions", params={"companyId": company})).json()["data"]
    assert any("GSTR" in each["question"] for each in found)
    gone = found[0]["key"]
    assert (await asha.delete("/api/chat/suggestions", params={"name": gone})).status_code == 204
    left = (await asha.get("/api/chat/suggestions", params={"companyId": company})).json()["data"]
    assert gone not in {each["key"] for each in left}
    assert (await asha.get("/api/chat/suggestions")).json()["data"]


async def test_the_page_asks_without_scripts_and_finds_the_answer_again(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    base = f"/app/companies/{company}/ask"
    assert "Ask about Rao Textiles LLP" in (await asha.get(base)).text
    led = await asha.post(base, data={"message": QUESTION})
    assert led.status_code == 303
    home, _, place = led.headers["location"].partition("#")
    shown = (await asha.get(home)).text
    assert "30 May 2027" in shown
    assert f'id="{place}"' in shown
    assert f"{base}/sources/llp-form-11" in shown
    assert (await asha.post(base, data={"message": " "})).status_code == 422
    panel = await asha.get(f"{base}/sources/llp-form-11", headers={"HX-Request": "true"})
    assert "<html" not in panel.text
    assert (await asha.get(f"{base}/sources/llp-form-11")).headers["location"] == "/law/llp-form-11"
    exported = await asha.get(f"{home}/export.md")
    assert "30 May 2027" in exported.text
    assert exported.headers["content-disposition"].startswith("attachment")
    assert json.loads((await asha.get(f"{home}/export.json")).text)["messages"][0]["question"] == QUESTION


async def test_markup_in_a_question_is_text_on_every_page_and_in_every_file(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    evil = "<img src=x onerror=alert(1)> ![x](https://evil.example/c) when is LLP Form 11 due?"
    told = await ask(asha, evil, companyId=company)
    home = f"/app/companies/{company}/ask/{told['sessionId']}"
    made = (await asha.post(f"/api/chat/{told['messageId']}/share", json={})).json()["data"]
    for path in (
        home,
        f"{home}/messages/{told['messageId']}",
        made["address"].removeprefix("http://testserver"),
    ):
        assert "<img" not in (await asha.get(path)).text, path
    assert "![x](" not in (await asha.get(f"{home}/export.md")).text


class Answering:
    """A house whose assistant has a model: the scripted server."""

    def __init__(self, house: House, server: ModelServer) -> None:
        self.house, self.server = house, server


@pytest.fixture
async def answering(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Answering]:
    async with model_server(
        text="LLP Form 11 is due within 60 days of the end of the year [llp-form-11]."
    ) as server:
        monkeypatch.setenv("LOCAL_BASE_URL", server.base_url)
        monkeypatch.setenv("LOCAL_PAISE_OUT", "100")
        monkeypatch.setenv("LOCAL_PAISE_IN", "10")
        settings = type(house.settings)(
            _env_file=None, database_url=house.settings.database_url, ai_providers="local,simple"
        )
        made: Models = create_app(settings).state.models
        house.app.state.models = made
        yield Answering(house, server)


async def test_a_model_words_the_answer_and_what_it_cost_and_who_it_was_is_kept(answering: Answering) -> None:
    asha = await answering.house.register(ASHA)
    company = await describe(asha)
    told = await ask(asha, companyId=company)
    assert told["provider"] == "local", told
    assert told["answer"] == "LLP Form 11 is due within 60 days of the end of the year."
    assert told["citations"][0]["id"] == "llp-form-11"
    async with answering.house.database.reading() as connection:
        kept = (await connection.execute(select(messages.c.provider, messages.c.paise))).one()
        spent = (await connection.execute(select(model_spending.c.owner_id, model_spending.c.paise))).one()
    assert kept.provider == "local"
    assert kept.paise == spent.paise > 0
    assert str(spent.owner_id) == company


async def test_a_model_that_fails_is_named_and_the_rules_answer(answering: Answering) -> None:
    answering.server.cues = ["500"]
    asha = await answering.house.register(ASHA)
    told = await ask(asha, companyId=await describe(asha))
    assert told["provider"] == "simple"
    assert told["attempts"] == [{"provider": "local", "error": "status_500"}]
    assert "30 May 2027" in told["answer"]


async def test_over_the_months_limit_the_rules_answer_and_the_next_month_begins_anew(
    answering: Answering,
) -> None:
    answering.house.app.state.models.paise = 740
    asha = await answering.house.register(ASHA)
    company = await describe(asha)
    providers = [(await ask(asha, companyId=company))["provider"] for _ in range(40)]
    assert (providers[0], providers[-1]) == ("local", "simple")
    async with answering.house.database.reading() as connection:
        assert (await connection.execute(select(model_spending.c.paise))).scalar_one() <= 740


async def test_what_is_out_of_scope_costs_nothing(answering: Answering) -> None:
    asha = await answering.house.register(ASHA)
    told = await ask(asha, "How do I hide income from the tax office?")
    assert told["refused"]
    assert answering.server.received == []


async def test_a_stream_takes_back_what_fails_and_ends_with_what_was_kept(answering: Answering) -> None:
    answering.server.cues = ["cut"]
    asha = await answering.house.register(ASHA)
    reply = await asha.post("/api/chat", json={"message": QUESTION}, headers={"Accept": "text/event-stream"})
    parts = [each.split("\n", 1) for each in reply.text.strip().split("\n\n")]
    events = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]
    text = ""
    for name, data in events:
        text = text + data["text"] if name == "token" else data["text"] if name == "reset" else text
    assert events[-1][0] == "done"
    assert text.strip() == events[-1][1]["answer"]
    assert events[-1][1]["attempts"][0]["provider"] == "local"
