"""Answers by a model while they are written: how soon the first word is there, and what a thousand readers hold.

The stand-in for a provider and the readers have processes of their own, so that neither takes of the worker's time.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx

from benches.measuring import BIN, Figure, environment, resident_mb
from benches.served import serving
from benches.streams_beside import QUESTION

READERS, PEOPLE, FIRST_RUNS, SECONDS = 1000, 10, 40, 240
COMMAND = (str(BIN / "complianceai"), "serve", "--port", "{port}")
_NS = 1e6


def measure() -> list[Figure]:
    """The first word within 20 ms of the provider's, and a thousand streams of one worker in 300 MB."""
    with _beside("provider", "0.02", "1") as server, _product(server) as (_, address):
        late = sorted(asyncio.run(_first_words(address, server)))
    with _beside("provider", "6.5", "40") as server, _product(server) as (pid, address):
        opened, held, taken = _readers(address, pid)
    return [
        Figure("first word behind the provider's, median", late[len(late) // 2], "ms", promise=20),
        Figure("streams open at once on one worker", opened, "streams", promise=READERS, more_is_better=True),
        Figure("what they hold together, process and all", held, "MB", promise=300),
        Figure("how long it took to open them", taken, "s", promise=SECONDS),
    ]


@contextmanager
def _beside(*told: str) -> Iterator["subprocess.Popen[str]"]:
    """The other program, until the block ends."""
    made = subprocess.Popen(
        [sys.executable, "-m", "benches.streams_beside", *told],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment(PYTHONPATH="script:."),
    )  # fmt: skip
    try:
        yield made
    finally:
        assert made.stdin is not None  # noqa: S101 - a pipe, as asked for
        made.stdin.close()
        made.wait(60)


def _line(of: "subprocess.Popen[str]") -> str:
    assert of.stdout is not None  # noqa: S101 - a pipe, as asked for
    return of.stdout.readline().strip()


@contextmanager
def _product(server: "subprocess.Popen[str]") -> Iterator[tuple[int, str]]:
    names = {
        "AI_PROVIDERS": "local,simple", "LOCAL_BASE_URL": f"http://127.0.0.1:{_line(server)}/v1",
        "LOCAL_SECONDS": "290", "AI_SECONDS": "295", "RATE_LIMIT": "1000000/minute", "LOG_LEVEL": "error",
    }  # fmt: skip
    with serving(COMMAND, "/api/health/live", {}, **names) as served:
        yield served.pid, f"http://127.0.0.1:{served.port}"


async def _first_words(address: str, server: "subprocess.Popen[str]") -> list[float]:
    late = []
    async with httpx.AsyncClient(base_url=address, timeout=280) as client:
        who = {
            "name": "Asha Rao",
            "email": f"a{uuid4().hex[:12]}@example.com",
            "password": "Monsoon-Ledger!7",
        }
        (await client.post("/api/auth/register", json=who)).raise_for_status()
        for _ in range(FIRST_RUNS):
            async with _stream(client) as reply:
                async for line in reply.aiter_lines():
                    if line.startswith("event: token"):
                        arrived = time.perf_counter_ns()
                        late.append((arrived - int(_line(server))) / _NS)
                        break
    return late[1:]  # the first one loads what speaks to models


def _readers(address: str, pid: int) -> tuple[int, float, float]:
    """How many streams were open together, what the worker held then, and the seconds that opening them took."""
    began = time.monotonic()
    with _beside("readers", address, str(PEOPLE), str(READERS), str(SECONDS)) as reading:
        while not (line := _line(reading)).startswith("held"):
            if not line:
                raise RuntimeError("The readers ended before their streams were open.")
        return int(line.split()[1]), resident_mb(pid), time.monotonic() - began


def _stream(client: httpx.AsyncClient) -> Any:
    return client.stream("POST", "/api/chat", json=QUESTION, headers={"Accept": "text/event-stream"})
