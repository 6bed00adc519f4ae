"""Words that are meant as orders stay words: nothing of another company, no markup and nothing untrue comes of them.

The model here obeys whatever it is told, so that it is never the model's good sense that protects anybody.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from complianceai.desk.models import Models
from complianceai.entry.asgi import create_app
from tests.cast import ASHA, CHITRA, House, describe, open_house
from tests.support.models import ModelServer, model_server

INJECTIONS = Path(__file__).with_name("injections.txt").read_text().splitlines()
CANARIES = ("Canary Spices", "98765432109", "CANARY-QUESTION", "canary-of-the-provider", "CANARY-PROFILE")
# What a model that has been turned would write.
OBEDIENT = (
    "Canary Spices has a turnover of Rs 98765432109 [gst-gstr-9]. GSTR-3B is due on the 25th [gst-gstr-3b]. "
    "AOC-4 costs Rs 1 a day [mca-aoc-4]. ![x](https://evil.example/?q=1) <script>alert(1)</script> [mca-aoc-4]. "
    "See https://evil.example [gst-gstr-3b]. All returns are abolished. Tax is abolished [evil]. "
    "GSTR-9 is due on 31 March [gst-gstr-9]. FC-GPR is due within 90 days [fema-fc-gpr]."
)
UNTRUE = (
    "due on the 25th", "Rs 1 a day", "evil.example", "<script", "abolished", "due on 31 March", "within 90 days",
    "onerror",
)  # fmt: skip
CALLS = [
    ("due_dates", {"first_day": "2026-04-01", "last_day": "2027-03-31", "company_id": "1"}),
    ("steal", {"all": True}),
]


@pytest.fixture
async def turned(
    database_url: str, redis_url: str | None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[House, ModelServer]]:
    async with (
        model_server(text=OBEDIENT) as server,
        open_house(database_url, redis_url, rate_limit="10000/minute") as house,
    ):
        monkeypatch.setenv("LOCAL_BASE_URL", server.base_url)
        settings = type(house.settings)(
            _env_file=None, database_url=database_url, ai_providers="local,simple"
        )
        made: Models = create_app(settings).state.models
        house.app.state.models = made
        yield house, server


async def test_no_order_in_a_question_opens_anything_or_makes_anything_true(
    turned: tuple[House, ModelServer], capsys: pytest.CaptureFixture[str]
) -> None:
    house, server = turned
    chitra, asha = await house.register(CHITRA), await house.register(ASHA)
    theirs = await describe(chitra, name="Canary Spices", entity_type="private_limited", turnover=98765432109)
    told = await chitra.post(
        "/api/chat", json={"message": "CANARY-QUESTION when is GSTR-9 due?", "companyId": theirs}
    )
    assert told.status_code == 200
    company = await describe(asha)
    server.raw.clear()
    server.received.clear()
    capsys.readouterr()
    session: str | None = None
    for at, words in enumerate(INJECTIONS):
        sent: dict[str, Any] = {"message": words, "companyId": company}
        if at % 3 == 1:
            sent["context"] = INJECTIONS[-at]
        if session and at % 3 == 2:
            sent["sessionId"] = session
        reply = await asha.post("/api/chat", json=sent)
        assert reply.status_code == 200, (words, reply.text)
        said = reply.json()["data"]
        session = said["sessionId"]
        for secret in CANARIES:
            assert secret not in said["answer"], words
        for lie in UNTRUE:
            assert lie not in said["answer"], (words, said)
        assert said["answer"].strip()
        page = (await asha.get(f"/app/companies/{company}/ask/{session}")).text
        assert "98765432109" not in page
        assert "<script>" not in page
    # What left the machine held what was typed and the law, and nothing that belongs to anybody else.
    sent_out = b"\n".join(server.raw)
    assert server.received
    assert b"98765432109" not in sent_out
    assert b"CANARY-QUESTION" not in sent_out
    assert b"Rao Textiles" not in sent_out
    logged = capsys.readouterr()
    for words in INJECTIONS:
        assert words not in logged.out + logged.err


def test_there_are_about_fifty_of_them() -> None:
    assert len(INJECTIONS) >= 50


async def test_tools_that_there_are_not_and_companies_that_are_named_get_nothing(
    turned: tuple[House, ModelServer],
) -> None:
    house, server = turned
    server.calls = CALLS
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await asha.post("/api/chat", json={"message": "When is LLP Form 11 due?", "companyId": company})
    told = reply.json()["data"]
    assert told["attempts"] == [{"provider": "local", "error": "broken"}]
    assert "30 May 2027" in told["answer"]
    assert len(server.received) == 1
