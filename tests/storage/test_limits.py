"""The same promises of the counter here and of the one that several processes share."""

import asyncio
import socket
from time import monotonic

import pytest

from complianceai.base.errors import TooMany
from complianceai.storage import limits
from complianceai.storage.limits import Limiter
from tests.support.neighbours import cache


async def test_a_full_window_refuses_and_says_when_to_come_back(engine: str, redis_url: str | None) -> None:
    limiter = Limiter("3/minute", redis_url)
    for _ in range(3):
        await limiter.count("address", "192.0.2.1")
    with pytest.raises(TooMany) as refused:
        await limiter.count("address", "192.0.2.1")
    assert 1 <= int(str(refused.value.fields["retry_after_seconds"])) <= 60
    await limiter.count("address", "192.0.2.2")
    await limiter.close()


async def test_two_processes_share_one_window(valkey_url: str) -> None:
    one, other = Limiter("2/minute", valkey_url), Limiter("2/minute", valkey_url)
    await one.count("a")
    await other.count("a")
    with pytest.raises(TooMany):
        await one.count("a")
    await one.close()
    await other.close()


async def test_without_its_store_each_process_counts_for_itself() -> None:
    limiter = Limiter("2/minute", "redis://127.0.0.1:9/0")
    await limiter.count("a")
    await limiter.count("a")
    with pytest.raises(TooMany):
        await limiter.count("a")
    await limiter.close()


async def test_a_caller_may_have_a_rate_of_its_own_and_be_forgiven(
    engine: str, redis_url: str | None
) -> None:
    limiter = Limiter("100/minute", redis_url)
    await limiter.count("sign-in", "a", rate="1/minute")
    with pytest.raises(TooMany):
        await limiter.count("sign-in", "a", rate="1/minute")
    await limiter.count("sign-in", "b", rate="1/minute")
    await limiter.forget("sign-in", "a", rate="1/minute")
    await limiter.count("sign-in", "a", rate="1/minute")
    await limiter.close()


async def test_a_silent_store_is_waited_for_once_in_a_while_and_not_each_time() -> None:
    listening = socket.create_server(("127.0.0.1", 0))  # it takes calls and says nothing
    limiter = Limiter("100/minute", f"redis://127.0.0.1:{listening.getsockname()[1]}/0")
    began = monotonic()
    await limiter.count("a")
    first = monotonic() - began
    for _ in range(20):
        await limiter.count("a")
    assert monotonic() - began - first < 1
    assert first > 1
    await limiter.close()
    listening.close()


async def test_a_store_that_is_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEFT_ALONE_SECONDS", 0.1)
    with cache() as server:
        one, other = Limiter("3/minute", server.url), Limiter("3/minute", server.url)
        await one.count("a")
        server.kill()
        await one.count("a")
        await asyncio.to_thread(server.start)
        await asyncio.sleep(0.2)
        # It has forgotten, as a store of counts may, and counts for both from now on.
        for each in (one, other, one):
            await each.count("a")
        with pytest.raises(TooMany):
            await other.count("a")
        await one.close()
        await other.close()
