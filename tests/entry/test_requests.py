"""What surrounds every request."""

import re
from collections.abc import AsyncIterator

import pytest
from fastapi import Request
from structlog.testing import capture_logs

from tests.cast import House, open_house

SECRET = "the name of a table"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url) as made:

        @made.app.get("/api/bug/{name}")
        async def bug(name: str, request: Request) -> None:
            raise KeyError(SECRET)

        @made.app.get("/bug", include_in_schema=False)
        async def page_bug() -> None:
            raise KeyError(SECRET)

        yield made


async def test_every_reply_bears_an_id_that_the_log_bears_too(house: House) -> None:
    client = await house.visitor()
    with capture_logs() as logs:
        reply = await client.get("/api/health?q=typed")
    assert re.fullmatch(r"[0-9a-f-]{36}", reply.headers["x-request-id"])
    [line] = [each for each in logs if each["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/health", 200)
    assert "typed" not in str(line)


@pytest.mark.parametrize(
    ("given", "is_kept"), [("trace-1234.abc", True), ("x", False), ("a" * 65, False), ("a b c d e f", False)]
)
async def test_a_harmless_id_of_a_proxy_is_kept(house: House, given: str, *, is_kept: bool) -> None:
    reply = await (await house.visitor()).get("/api/health", headers={"x-request-id": given})
    assert (reply.headers["x-request-id"] == given) is is_kept


@pytest.mark.parametrize("path", ["/api/bug/x", "/bug"])
async def test_a_fault_of_ours_tells_the_caller_nothing_and_the_log_everything(
    house: House, path: str
) -> None:
    client = await house.visitor()
    with capture_logs() as logs:
        reply = await client.get(path)
    assert reply.status_code == 500
    assert SECRET not in reply.text
    assert "KeyError" not in reply.text
    assert reply.headers["x-request-id"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    [line] = [each for each in logs if each["event"] == "unexpected"]
    assert SECRET in repr(line["exc_info"])


async def test_the_description_of_the_api_is_there_and_names_every_operation(house: House) -> None:
    reply = await (await house.visitor()).get("/api/openapi.json")
    paths = reply.json()["paths"]
    assert {
        "/api/auth/register",
        "/api/auth/login",
        "/api/auth/logout",
        "/api/auth/me",
        "/api/health",
    } <= set(paths)
    assert {"get", "patch"} <= set(paths["/api/companies/{company_id}"])
    assert not [path for path in paths if not path.startswith("/api/")]
