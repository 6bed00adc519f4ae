"""Answers by a model while they are written: how soon the first word is there, and what a thousand readers hold."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx

from benches.measuring import BIN, Figure, resident_mb
from benches.served import serving
from tests.support.models import ModelServer

READERS, PEOPLE, FIRST_RUNS = 1000, 10, 40
WORDS = "The accounts of a company go to the Registrar after the annual general meeting of its members [mca-aoc-4]. "
QUESTION = {"message": "When is AOC-4 due?"}
COMMAND = (str(BIN / "complianceai"), "serve", "--port", "{port}")


class Paced(ModelServer):
    """The scripted server, which notes when it says its first word and goes on for as long as it is told."""

    def __init__(self, pause: float, times: int) -> None:
        super().__init__(text=WORDS * times, pause=pause)
        self.first_said: list[float] = []

    def _lines(self, cue: str) -> list[bytes]:
        self.first_said.append(time.perf_counter())
        return super()._lines(cue)


@contextmanager
def paced(pause: float, times: int) -> Iterator[Paced]:
    """The server in a thread of its own, so that nobody who reads it waits for it."""
    server, loop = Paced(pause, times), asyncio.new_event_loop()

    async def listen() -> None:
        made = await asyncio.start_server(server.handle, "127.0.0.1", 0, backlog=2000)
        server.port = made.sockets[0].getsockname()[1]

    loop.run_until_complete(listen())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def measure() -> list[Figure]:
    """The first word within 20 ms of the provider's, and a thousand streams of one worker in 300 MB."""
    with paced(0.02, 1) as server, _product(server) as (pid, address):
        late = asyncio.run(_first_words(address, server))
    with paced(6.5, 40) as server, _product(server) as (pid, address):
        opened, held = asyncio.run(_readers(address, pid))
    late.sort()
    return [
        Figure("first word behind the provider's, median", late[len(late) // 2], "ms", promise=20),
        Figure("streams open at once on one worker", opened, "streams", promise=READERS, more_is_better=True),
        Figure("what they hold together, process and all", held, "MB", promise=300),
    ]


@contextmanager
def _product(server: Paced) -> Iterator[tuple[int, str]]:
    names = {
        "AI_PROVIDERS": "local,simple", "LOCAL_BASE_URL": server.base_url, "LOCAL_SECONDS": "290",
        "AI_SECONDS": "295", "RATE_LIMIT": "1000000/minute", "LOG_LEVEL": "error",
    }  # fmt: skip
    with serving(COMMAND, "/api/health/live", {}, **names) as served:
        yield served.pid, f"http://127.0.0.1:{served.port}"


async def _person(address: str, limits: httpx.Limits) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=address, timeout=280, limits=limits)
    who = {"name": "Asha Rao", "email": f"a{uuid4().hex[:12]}@example.com", "password": "Monsoon-Ledger!7"}
    (await client.post("/api/auth/register", json=who)).raise_for_status()
    return client


async def _first_words(address: str, server: Paced) -> list[float]:
    client = await _person(address, httpx.Limits())
    late = []
    for _ in range(FIRST_RUNS):
        async with _stream(client) as reply:
            async for line in reply.aiter_lines():
                if line.startswith("event: token"):
                    late.append((time.perf_counter() - server.first_said[-1]) * 1000)
                    break
    await client.aclose()
    return late[1:]  # the first one loads what speaks to models


async def _readers(address: str, pid: int) -> tuple[int, float]:
    limits = httpx.Limits(max_connections=READERS, max_keepalive_connections=READERS)
    people = [await _person(address, limits) for _ in range(PEOPLE)]
    began, all_there = [0], asyncio.Event()

    async def read(client: httpx.AsyncClient) -> None:
        async with _stream(client) as reply:
            async for line in reply.aiter_lines():
                if line.startswith("event: token"):
                    began[0] += 1
                    break
            await all_there.wait()

    reading = [asyncio.create_task(read(people[at % PEOPLE])) for at in range(READERS)]
    until = time.monotonic() + 240
    while began[0] < READERS and time.monotonic() < until:  # noqa: ASYNC110 - a thousand tasks are not to wake this one
        await asyncio.sleep(0.5)
    opened, held = began[0], resident_mb(pid)
    for each in reading:
        each.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    for client in people:
        await client.aclose()
    return opened, held


def _stream(client: httpx.AsyncClient) -> Any:
    return client.stream("POST", "/api/chat", json=QUESTION, headers={"Accept": "text/event-stream"})
