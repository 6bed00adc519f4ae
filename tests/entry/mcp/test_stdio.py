"""`complianceai mcp` asked by a real client of the protocol."""

import os
import sys
from typing import Any

from mcp import Client, StdioServerParameters

from tests.cast import ASHA, describe, open_house

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "complianceai", "mcp"])
PROFILE = {
    "entity_type": "llp",
    "state": "MH",
    "gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]},
}


NONSENSE = [
    ("calendar", {"profile": {"colour": "red"}, "first_day": "2026-05-01", "last_day": "2026-05-31"}, "colour"),
    ("calendar", {"profile": PROFILE, "first_day": "2026-05-01", "last_day": "2026-04-01"}, "last_day"),
    ("calendar", {"profile": PROFILE, "first_day": "yesterday", "last_day": "2026-04-01"}, "first_day"),
    ("penalty_for_lateness", {"form": "GSTR-99", "due_date": "2026-05-20"}, "GSTR-99"),
    ("explain", {"what": "the moon"}, "the moon"),
]  # fmt: skip


async def test_every_tool_says_what_it_does_and_only_reads() -> None:
    async with Client(SERVER) as client:
        offered = (await client.list_tools()).tools
    assert {tool.name for tool in offered} == {"calendar", "penalty_for_lateness", "explain"}
    assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in offered)


async def test_an_assistant_gets_dates_with_their_reasons() -> None:
    async with Client(SERVER) as client:
        found = await ask(client, "calendar", profile=PROFILE, first_day="2026-05-01", last_day="2026-05-31")
    returns = [each for each in found["occurrences"] if each["form"] == "GSTR-3B"]
    assert [each["due_date"] for each in returns] == ["2026-05-20"]
    assert returns[0]["citations"]
    assert returns[0]["trace"]


async def test_an_assistant_gets_the_cost_of_lateness_and_a_rule_explained() -> None:
    async with Client(SERVER) as client:
        late = {"form": "AOC-4", "due_date": "2026-10-30", "filed_on": "2026-11-20"}
        cost = await ask(client, "penalty_for_lateness", **late)
        told = await ask(client, "explain", what="GSTR-3B", on="2026-11-25")
    assert cost["total"] == 2100
    assert any(each["obligation"] == "gst-gstr-3b" for each in told["rules"])


async def test_nonsense_is_answered_with_what_is_wrong() -> None:
    async with Client(SERVER) as client:
        for tool, arguments, told in NONSENSE:
            reply = await client.call_tool(tool, arguments)
            assert reply.is_error
            assert told in str(reply.content)


async def test_with_a_token_an_assistant_sees_its_persons_tasks_too_until_it_is_revoked(
    database_url: str,
) -> None:
    async with open_house(database_url, rate_limit="10000/minute") as house:
        asha = await house.register(ASHA)
        hers = await describe(asha)
        made = (await asha.post("/api/auth/tokens", json={"name": "an assistant", "may": ["read"]})).json()[
            "data"
        ]
        told = {**os.environ, "DATABASE_URL": database_url, "COMPLIANCEAI_TOKEN": made["token"]}
        server = StdioServerParameters(command=sys.executable, args=["-m", "complianceai", "mcp"], env=told)
        async with Client(server) as client:
            offered = (await client.list_tools()).tools
            assert {"calendar", "companies", "company_calendar", "company_tasks"} <= {
                each.name for each in offered
            }
            found = await ask(client, "company_tasks", company_id=hers, state="all")
            assert found["total"] > 0
            assert (await asha.delete(f"/api/auth/tokens/{made['id']}")).is_success
            refused = await client.call_tool("company_tasks", {"company_id": hers})
            assert refused.is_error


async def ask(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    reply = await client.call_tool(tool, arguments)
    assert not reply.is_error, reply.content
    assert isinstance(reply.structured_content, dict)
    return reply.structured_content
