"""A figure is made once, kept for a while, and right also where the store is gone."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from complianceai.storage import cache as module
from complianceai.storage.cache import Cache
from tests.support.servers import valkey

READERS = 50


class Figure:
    """Something costly that counts how often it was made."""

    def __init__(self) -> None:
        self.made = 0

    async def make(self) -> dict[str, int]:
        self.made += 1
        await asyncio.sleep(0.05)
        return {"tasks": 7}


@pytest.fixture
async def caches(redis_url: str | None) -> AsyncIterator[list[Cache]]:
    """The caches of two processes that share a store, or the one of a process that has none."""
    made = [Cache(redis_url) for _ in range(2 if redis_url else 1)]
    yield made
    for each in made:
        await each.close()


async def test_fifty_who_ask_at_once_make_it_once(caches: list[Cache]) -> None:
    figure = Figure()
    asked = (caches[number % len(caches)].get("stats", "1", 300, figure.make) for number in range(READERS))
    assert await asyncio.gather(*asked) == [{"tasks": 7}] * READERS
    assert figure.made == 1
    assert await caches[-1].get("stats", "1", 300, figure.make) == {"tasks": 7}
    assert figure.made == 1


async def test_another_key_and_the_end_of_its_time_make_it_anew(caches: list[Cache]) -> None:
    figure = Figure()
    await caches[0].get("stats", "1", 1, figure.make)
    await caches[0].get("stats", "2", 1, figure.make)
    assert figure.made == 2
    await asyncio.sleep(1.1)
    await caches[0].get("stats", "1", 1, figure.make)
    assert figure.made == 3


async def test_what_goes_wrong_is_told_to_all_who_wait_and_not_kept(caches: list[Cache]) -> None:
    calls = 0

    async def fail() -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0.05)
        raise LookupError

    asked = [caches[0].get("stats", "1", 300, fail) for _ in range(5)]
    assert [type(each) for each in await asyncio.gather(*asked, return_exceptions=True)] == [LookupError] * 5
    assert calls == 1
    assert await caches[-1].get("stats", "1", 300, Figure().make) == {"tasks": 7}


async def test_whoever_asked_first_and_went_away_leaves_nobody_waiting(caches: list[Cache]) -> None:
    figure = Figure()
    first = asyncio.create_task(caches[0].get("stats", "1", 300, figure.make))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(caches[0].get("stats", "1", 300, figure.make))
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second == {"tasks": 7}
    assert figure.made == 1


async def test_it_tells_what_was_there() -> None:
    said: list[tuple[str, bool]] = []
    cache = Cache(told=lambda name, was_there: said.append((name, was_there)))
    for _ in range(3):
        await cache.get("stats", "1", 300, Figure().make)
    assert said == [("stats", False), ("stats", True), ("stats", True)]


async def test_no_more_is_kept_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    cache, figure = Cache(), Figure()
    for key in ("1", "2", "3", "1", "4"):
        await cache.get("stats", key, 300, figure.make)
    assert figure.made == 4
    await cache.get("stats", "1", 300, figure.make)
    assert figure.made == 4
    await cache.get("stats", "2", 300, figure.make)
    assert figure.made == 5


async def test_without_its_store_it_answers_and_keeps_for_itself() -> None:
    cache, figure = Cache("redis://127.0.0.1:9/0"), Figure()
    for _ in range(3):
        assert await cache.get("stats", "1", 300, figure.make) == {"tasks": 7}
    await cache.close()
    assert figure.made == 1


async def test_a_store_killed_in_the_middle_gives_right_answers_and_serves_again(valkey_url: str) -> None:
    assert valkey_url  # there is such a server here; this test has one of its own to kill
    with valkey() as url:
        cache, figure = Cache(url), Figure()
        assert await cache.get("stats", "1", 300, figure.make) == {"tasks": 7}
        running = asyncio.create_task(cache.get("stats", "2", 300, figure.make))
        await asyncio.sleep(0.02)
    assert await running == {"tasks": 7}
    again = await asyncio.gather(*(cache.get("stats", "3", 300, figure.make) for _ in range(READERS)))
    assert again == [{"tasks": 7}] * READERS
    assert figure.made == 3
    await cache.close()
