"""How often anybody may ask: by address, by account and by token, told in every reply and shared between processes."""

import re
from typing import Any

import pytest
from httpx import AsyncClient, Response

from complianceai.base.errors import TooMany
from complianceai.storage.limits import MOST_ENTRIES, Limiter
from tests.cast import ASHA, BILAL, House, open_house

POLICY = re.compile(r'"(?P<name>[a-z]+)";q=(?P<most>\d+);w=(?P<seconds>\d+)')
LEFT = re.compile(r'"(?P<name>[a-z]+)";r=(?P<left>\d+);t=(?P<seconds>\d+)')


def told(reply: Response) -> tuple[str, int, int, int]:
    """The window's name, its size and length, and what is left of it, as a reply tells them."""
    policy, left = (
        POLICY.fullmatch(reply.headers["ratelimit-policy"]),
        LEFT.fullmatch(reply.headers["ratelimit"]),
    )
    assert policy is not None
    assert left is not None
    assert policy["name"] == left["name"]
    return policy["name"], int(policy["most"]), int(policy["seconds"]), int(left["left"])


async def test_a_stranger_is_told_a_hundred_in_a_quarter_of_an_hour(
    database_url: str, redis_url: str | None
) -> None:
    async with open_house(database_url, redis_url) as house:
        client = await house.visitor()
        assert told(await client.get("/api/auth/me")) == ("anonymous", 100, 900, 99)
        for _ in range(99):
            reply = await client.get("/api/auth/me")
        assert told(reply)[3] == 0
        refused = await client.get("/api/auth/me")
        assert (refused.status_code, refused.json()["code"]) == (429, "base.too_many_requests")
        assert 1 <= int(refused.headers["retry-after"]) <= 900
        # Nobody's pages are shut by that, and nobody who is signed in.
        assert told(await client.get("/")) == ("pages", 1000, 900, 999)
        assert (await client.get("/api/health")).status_code == 200


async def test_who_is_signed_in_is_counted_by_account_and_generously(
    database_url: str, redis_url: str | None
) -> None:
    async with open_house(database_url, redis_url) as house:
        asha, bilal = await house.register(ASHA), await house.register(BILAL)
        name, most, seconds, left = told(await asha.get("/api/auth/me"))
        assert (name, most, seconds) == ("account", 30_000, 900)
        assert most > MOST_ENTRIES
        second = await house.visitor()
        second.cookies = asha.cookies
        assert told(await second.get("/api/auth/me"))[3] == left - 1
        assert told(await bilal.get("/api/auth/me"))[3] >= left


async def test_a_token_is_counted_by_itself(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url) as house:
        asha = await house.register(ASHA)
        one, other = [await _program(house, asha) for _ in range(2)]
        assert told(await one.get("/api/auth/me"))[:2] == ("token", 30_000)
        assert told(await one.get("/api/auth/me"))[3] == 29_998
        assert told(await other.get("/api/auth/me"))[3] == 29_999


async def test_each_window_closes_when_it_is_full(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url, rate_limit="1/15minutes") as house:
        stranger = await house.visitor()
        for address, times in (("/api/companies", 1), ("/", 10)):
            for _ in range(times):
                assert (await stranger.get(address)).status_code != 429, address
            assert (await stranger.get(address)).status_code == 429, address
    async with open_house(database_url, redis_url, rate_limit="4/15minutes") as house:
        asha = await house.register(ASHA)
        statuses = [(await asha.get("/api/auth/me")).status_code for _ in range(1201)]
        assert statuses[:1190] == [200] * 1190
        assert statuses[-1] == 429


@pytest.mark.parametrize("token", ["cai_made-up", "cai_another", ""])
async def test_a_token_that_is_none_opens_no_window_of_its_own(database_url: str, token: str) -> None:
    async with open_house(database_url) as house:
        stranger = await house.visitor()
        assert told(await stranger.get("/api/auth/me"))[3] == 99
        made_up = await house.visitor(authorization=f"Bearer {token}", cookie="complianceai=made-up")
        assert told(await made_up.get("/api/auth/me")) == ("anonymous", 100, 900, 98)


@pytest.mark.parametrize(
    ("chain", "bucket"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.9, 192.0.2.7", "192.0.2.7"),  # the first is the caller's own word
        ("'; DROP TABLE people, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7, 10.0.0.4", "192.0.2.7"),  # the last is one more trusted proxy
    ],
)
async def test_the_last_untrusted_address_of_the_chain_counts(
    database_url: str, chain: str, bucket: str
) -> None:
    async with open_house(database_url, trusted_proxies="127.0.0.1,10.0.0.0/8") as house:
        first = await house.visitor(**{"x-forwarded-for": bucket})
        assert told(await first.get("/api/auth/me"))[3] == 99
        second = await house.visitor(**{"x-forwarded-for": chain})
        assert told(await second.get("/api/auth/me"))[3] == 98


async def test_without_a_trusted_proxy_no_header_changes_the_address(database_url: str) -> None:
    async with open_house(database_url) as house:
        left = []
        for number, name in enumerate(("x-forwarded-for", "x-real-ip", "forwarded", "client-ip")):
            client = await house.visitor(**{name: f"192.0.2.{number}"})
            left.append(told(await client.get("/api/auth/me"))[3])
        assert left == [99, 98, 97, 96]


async def test_a_home_of_many_ipv6_addresses_is_one_caller(database_url: str) -> None:
    async with open_house(database_url, trusted_proxies="127.0.0.1") as house:
        left = []
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"):
            client = await house.visitor(**{"x-forwarded-for": address})
            left.append(told(await client.get("/api/auth/me"))[3])
        assert left == [99, 98, 99]


async def test_two_processes_count_together_in_one_valkey(database_url: str, valkey_url: str) -> None:
    async with (
        open_house(database_url, valkey_url) as one,
        open_house(database_url, valkey_url) as other,
    ):
        first, second = await one.visitor(), await other.visitor()
        assert told(await first.get("/api/auth/me"))[3] == 99
        assert told(await second.get("/api/auth/me"))[3] == 98


async def test_a_wide_window_slides_in_one_valkey_as_it_does_here(valkey_url: str) -> None:
    for limiter in (Limiter("2/second", valkey_url), Limiter("2/second")):
        # Above MOST_ENTRIES nothing is kept of each call but two counts, so memory does not grow with the traffic.
        for _ in range(2 * 600):
            await limiter.count("a", times=600)
        refused = 0
        for _ in range(2 * 600):
            try:
                await limiter.count("a", times=600)
            except TooMany:
                refused += 1
        assert refused > 0
        await limiter.close()


async def _program(house: House, asha: AsyncClient) -> AsyncClient:
    wish: dict[str, Any] = {"name": "Program", "may": ["read", "account"]}
    made = (await asha.post("/api/auth/tokens", json=wish)).json()["data"]["token"]
    return await house.visitor(authorization=f"Bearer {made}")
