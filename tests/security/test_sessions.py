"""Sessions: how many, how long, and what ends them."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from complianceai.tenancy.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT, MOST_AT_ONCE, new_token
from tests.cast import ASHA, House, open_house

GIVEN = {"email": ASHA.email, "password": ASHA.password}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute") as made:
        yield made


async def _signed_in(house: House) -> AsyncClient:
    client = await house.visitor()
    assert (await client.post("/api/auth/login", json=GIVEN)).status_code == 200
    return client


async def _status(client: AsyncClient) -> int:
    return (await client.get("/api/auth/me")).status_code


async def test_of_too_many_sessions_the_one_seen_longest_ago_ends(house: House) -> None:
    first = await house.register(ASHA)
    others = []
    for _ in range(MOST_AT_ONCE - 1):
        house.watch.move(minutes=1)
        others.append(await _signed_in(house))
    assert [await _status(each) for each in (first, *others)] == [200] * MOST_AT_ONCE
    house.watch.move(minutes=10)
    assert await _status(others[0]) == 200  # seen again, so the next in line goes before it
    newest = await _signed_in(house)
    # `first` was looked at last a while ago.
    statuses = [await _status(each) for each in (first, *others, newest)]
    assert statuses.count(401) == 1
    assert statuses[1] == statuses[-1] == 200


async def test_a_session_ends_by_idleness_and_by_age(house: House) -> None:
    idle = await house.register(ASHA)
    house.watch.now += IDLE_LIMIT
    assert await _status(idle) == 401
    busy = await _signed_in(house)
    began = house.watch.now
    while house.watch.now - began < ABSOLUTE_LIMIT - IDLE_LIMIT / 2:
        house.watch.now += IDLE_LIMIT / 2
        assert await _status(busy) == 200, house.watch.now - began
    house.watch.now = began + ABSOLUTE_LIMIT
    assert await _status(busy) == 401


async def test_no_session_opens_without_somebody_signing_in(house: House) -> None:
    client = await house.visitor()
    for path in ("/", "/login", "/register", "/law", "/app", "/api/health"):
        reply = await client.get(path)
        assert "set-cookie" not in reply.headers, path


async def test_the_token_goes_in_the_cookie_and_nowhere_else(house: House) -> None:
    client = await house.register(ASHA)
    reply = await client.post("/api/auth/login", json=GIVEN)
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert client.cookies["complianceai"] not in reply.text
    for path in ("/app", "/app/account/sessions", "/api/auth/sessions", "/api/auth/export"):
        assert client.cookies["complianceai"] not in (await client.get(path)).text


def test_tokens_are_of_256_random_bits_and_never_alike() -> None:
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert min(map(len, made)) >= 43
