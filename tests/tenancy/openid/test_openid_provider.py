"""A provider that is down, slow, or tells nonsense of itself, and what a process loads for it."""

import asyncio
import subprocess
import sys
import time
from typing import Any

import pytest

from complianceai.tenancy.openid import fetching
from tests.cast import House, Watch, open_house
from tests.support.provider import (
    Standin,
    provider,
)
from tests.tenancy.openid.trips import (
    come,
    is_in,
    leave,
    settings,
)


async def test_a_provider_that_is_down_or_broken_is_told_on_a_clear_page(
    house: House, standin: Standin
) -> None:
    standin.status = 503
    client = await house.visitor()
    reply = await client.get("/login/elsewhere?next=/law")
    assert reply.status_code == 503
    assert "Example cannot be reached just now" in reply.text
    assert 'name="password"' in reply.text
    standin.status = 404
    assert (await client.get("/login/elsewhere")).status_code == 401
    standin.status = 200
    back = await leave(client)
    standin.status = 500
    assert (await client.get(back)).status_code == 503
    assert not await is_in(client)


async def test_a_slow_provider_holds_nobody_up_for_long(
    house: House, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "EACH_SECONDS", 0.3)
    standin.slow_seconds = 3
    client, began = await house.visitor(), time.monotonic()
    slow = asyncio.create_task(client.get("/login/elsewhere"))
    other = await (await house.visitor()).get("/login")
    assert (other.status_code, slow.done()) == (200, False)
    assert (await slow).status_code == 503
    assert time.monotonic() - began < 2


async def test_a_provider_that_nobody_answers_for_is_down(database_url: str, redis_url: str | None) -> None:
    with provider(Watch()) as standin:
        pass
    async with open_house(database_url, redis_url, **settings(standin)) as house:
        assert (await (await house.visitor()).get("/login/elsewhere")).status_code == 503


@pytest.mark.parametrize(
    "told",
    [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": "file:///etc/passwd"},
     {"authorization_endpoint": "javascript:alert(1)"}, {"authorization_endpoint": 5}],
)  # fmt: skip
async def test_a_provider_that_tells_nonsense_of_itself_is_not_used(
    house: House, standin: Standin, told: dict[str, Any]
) -> None:
    standin.told = told
    assert (await (await house.visitor()).get("/login/elsewhere")).status_code == 401


async def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    house: House, standin: Standin
) -> None:
    standin.told = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert (await come(await house.visitor())).status_code == 303


def test_a_process_that_nobody_signs_in_to_in_these_ways_loads_nothing_of_them() -> None:
    code = "import sys, complianceai.entry.asgi; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "complianceai.tenancy.openid.provider" in loaded
    assert {"webauthn", "cbor2", "joserfc", "authlib"} & set(loaded) == set()
