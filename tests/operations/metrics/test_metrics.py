"""Figures for whoever watches the product, read by Prometheus' own reader."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from complianceai.desk.models import Models
from complianceai.entry.asgi import create_app
from complianceai.storage.outbox import put_in_outbox
from tests.cast import ASHA, House, open_house
from tests.support.models import model_server

TOKEN = "a-token-of-the-watchers"
KEY = "a-random-text-of-more-than-thirty-two-characters"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, None, rate_limit="10000/minute", metrics_token=TOKEN) as made:
        yield made


async def _figures(client: AsyncClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    reply = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }


def _of(method: str, route: str, status: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return "complianceai_requests_total", (("method", method), ("route", route), ("status", status))


async def test_requests_are_counted_by_route_and_never_by_address(house: House) -> None:
    client = await house.register(ASHA)
    before = await _figures(client)
    for path in ("/law/gstr-3b-x", "/law/aoc-4-x", "/made-up/1", "/made-up/2"):
        await client.get(path)
    after = await _figures(client)
    law, none = _of("GET", "/law/{identity}", "404"), _of("GET", "none", "404")
    assert after[law] - before.get(law, 0) == 2
    assert after[none] - before.get(none, 0) == 2
    assert not [labels for _, labels in after if any("made-up" in value for _, value in labels)]
    counted = ("complianceai_request_seconds_count", (("route", "/law/{identity}"),))
    assert after[counted] >= 2


async def test_the_background_and_the_database_are_told_of(house: House) -> None:
    client = await house.visitor()
    async with house.database.transaction() as connection:
        for _ in range(3):
            await put_in_outbox(connection, "mail", {}, house.watch.now)
    house.watch.move(minutes=6)
    found = await _figures(client)
    assert found["complianceai_jobs", (("state", "waiting"),)] == 3
    assert found["complianceai_jobs_late", ()] == 3
    assert found["complianceai_worker_up", ()] == 0
    assert found["complianceai_database_bytes", ()] > 100_000
    assert found["complianceai_database_connections", (("state", "most"),)] > 0
    assert found["process_resident_memory_bytes", ()] > 1_000_000


def _answers(provider: str, **more: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    name = "complianceai_answers_failed_total" if "error" in more else "complianceai_answers_total"
    return name, tuple(sorted({"provider": provider, **more}.items()))


async def test_answers_are_counted_by_whose_words_they_are_and_so_are_those_that_verification_broke(
    house: House, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await house.register(ASHA)
    before = await _figures(client)

    async def ask(message: str) -> None:
        assert (await client.post("/api/chat", json={"message": message})).status_code == 200

    await ask("When is GSTR-9 due?")
    await ask("Who won the cricket match yesterday?")
    for text in ("GSTR-9 is due on 31 December [gst-gstr-9].", "GSTR-9 is due on 31 March [gst-gstr-9]."):
        async with model_server(text=text) as server:
            monkeypatch.setenv("LOCAL_BASE_URL", server.base_url)
            settings = type(house.settings)(
                _env_file=None, database_url=database_url, ai_providers="local,simple"
            )
            made: Models = create_app(settings).state.models
            house.app.state.models = made
            await ask("When is GSTR-9 due?")
    after = await _figures(client)
    for key, more in (
        (_answers("simple", outcome="answered"), 2),
        (_answers("simple", outcome="refused"), 1),
        (_answers("local", outcome="answered"), 1),
        (_answers("local", error="not_borne_out"), 1),
    ):
        assert after[key] - before.get(key, 0) == more, key
    assert not [labels for _, labels in after if any("GSTR" in value for _, value in labels)]


@pytest.mark.parametrize("given", ["", "Bearer wrong", TOKEN[:-1], "Basic YTpi"])
async def test_without_the_token_there_is_nothing(house: House, given: str) -> None:
    client = await house.visitor()
    assert (await client.get("/metrics", headers={"Authorization": given})).status_code == 404


async def test_in_production_without_a_token_set_there_is_nothing_for_anybody(database_url: str) -> None:
    async with open_house(database_url, None, environment="production", secret_key=KEY) as house:
        assert (await (await house.visitor()).get("/metrics")).status_code == 404


async def test_for_a_trial_no_token_is_needed(database_url: str) -> None:
    async with open_house(database_url, None) as house:
        assert (await (await house.visitor()).get("/metrics")).status_code == 200


async def test_life_is_told_without_asking_anybody_and_readiness_asks_the_database() -> None:
    async with open_house("postgresql://nobody@127.0.0.1:1/nothing", None) as house:
        client = await house.visitor()
        assert (await client.get("/api/health/live")).json() == {"status": "alive"}
        ready = await client.get("/api/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "unhealthy")
