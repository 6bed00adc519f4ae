"""The tools over HTTP, asked by a real client with a token, without one, and with somebody else's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from complianceai.entry.asgi import surrounded
from tests.cast import ASHA, CHITRA, House, describe, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def token_of(client: httpx.AsyncClient, *scopes: str) -> str:
    reply = await client.post("/api/auth/tokens", json={"name": "an assistant", "may": list(scopes)})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["token"])


@asynccontextmanager
async def assistant(house: House, token: str) -> AsyncIterator[Client]:
    transport = httpx2.ASGITransport(surrounded(house.app, house.settings))
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as http,
        Client(streamable_http_client("http://testserver/mcp", http_client=http)) as client,
    ):
        yield client


async def test_an_assistant_with_a_token_sees_its_persons_companies_and_nobody_elses(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    hers, others = await describe(asha), await describe(chitra, name="Nair Foods LLP")
    async with assistant(house, await token_of(asha, "read")) as client:
        listed = await client.call_tool("companies", {})
        assert listed.structured_content
        assert [each["id"] for each in listed.structured_content["companies"]] == [hers]
        window = {"first_day": "2026-04-01", "last_day": "2027-03-31"}
        year = await client.call_tool("company_calendar", {"company_id": hers, **window})
        assert year.structured_content
        assert "LLP Form 11" in {each["form"] for each in year.structured_content["occurrences"]}
        for missing in (others, str(uuid4())):
            refused = await client.call_tool("company_calendar", {"company_id": missing, **window})
            assert refused.is_error


async def test_an_assistant_sees_the_tasks_of_its_persons_companies_as_their_pages_do(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    hers, others = await describe(asha), await describe(chitra, name="Nair Foods LLP")
    async with assistant(house, await token_of(asha, "read")) as client:
        found = await told(client, company_id=hers, state="all")
        shown = (await asha.get(f"/api/companies/{hers}/tasks?state=all&size=50")).json()
        assert found["tasks"] == shown["data"]
        assert found["total"] == shown["page"]["total"] > 0
        assert found["hasMore"] == (found["total"] > len(found["tasks"]))
        first = found["tasks"][0]
        step = {"step": "waive", "reason": "Nil", "version": first["version"]}
        await asha.post(f"/api/companies/{hers}/tasks/{first['id']}/transitions", json=step)
        waived = await told(client, company_id=hers, state="waived")
        assert [each["id"] for each in waived["tasks"]] == [first["id"]]
        for wrong in ({"company_id": others}, {"company_id": hers, "state": "odd"}, {"company_id": "none"}):
            refused = await client.call_tool("company_tasks", wrong)
            assert refused.is_error, wrong


async def told(client: Client, **asked: object) -> dict[str, Any]:
    reply = await client.call_tool("company_tasks", asked)
    assert not reply.is_error, reply.content
    assert isinstance(reply.structured_content, dict)
    return reply.structured_content


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer cai_nobodys"}, {"Authorization": "Basic YTpi"}]
)
async def test_without_a_token_of_ours_nothing_is_told(house: House, header: dict[str, str]) -> None:
    stranger = await house.visitor(**header)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    assert (await stranger.post("/mcp", json=asked)).status_code == 401


async def test_a_browsers_cookie_does_not_open_this_door(house: House) -> None:
    asha = await house.register(ASHA)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    assert (await asha.post("/mcp", json=asked)).status_code == 401
