"""What stands on either side of the product while its streams are measured, each in a process of its own.

`provider PAUSE TIMES` prints its port and speaks a model's words; `readers ADDRESS PEOPLE READERS SECONDS` prints how
many have had their first word, line by line, and holds every stream open until its input ends.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.support.models import ModelServer

WORDS = "The accounts of a company go to the Registrar after the annual general meeting of its members [mca-aoc-4]. "
QUESTION = {"message": "When is AOC-4 due?"}
# As many at once as a browser's users would begin within a moment; more would only queue in the kernel.
AT_ONCE = 50


async def provider(pause: float, times: int) -> None:
    """Nothing; it listens until its input ends, and tells when each answer's first word was said."""
    server = _Telling(text=WORDS * times, pause=pause)
    made = await asyncio.start_server(server.handle, "127.0.0.1", 0, backlog=2000)
    print(made.sockets[0].getsockname()[1], flush=True)
    await _input_ends()


class _Telling(ModelServer):
    def _lines(self, cue: str) -> list[bytes]:
        print(time.perf_counter_ns(), flush=True)
        return super()._lines(cue)


async def readers(address: str, people: int, count: int, seconds: float) -> None:
    """Nothing; that many streams are opened and kept, and their number is told as it grows."""
    cookies = [await _person(address) for _ in range(people)]
    began, gate, ends = [0], asyncio.Semaphore(AT_ONCE), asyncio.Event()
    reading = [
        asyncio.create_task(_read(address, cookies[at % people], began, gate, ends)) for at in range(count)
    ]
    until, told = time.monotonic() + seconds, -1
    while began[0] < count and time.monotonic() < until:
        await asyncio.sleep(0.5)
        if began[0] != told:
            told = began[0]
            print(told, flush=True)
    print("held", began[0], flush=True)
    await _input_ends()
    ends.set()
    for each in reading:
        each.cancel()
    await asyncio.gather(*reading, return_exceptions=True)


async def _person(address: str) -> str:
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        who = {
            "name": "Asha Rao",
            "email": f"a{uuid4().hex[:12]}@example.com",
            "password": "Monsoon-Ledger!7",
        }
        (await client.post("/api/auth/register", json=who)).raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


async def _read(
    address: str, cookie: str, began: list[int], gate: asyncio.Semaphore, ends: asyncio.Event
) -> None:
    where = urlsplit(address)
    body = json.dumps(QUESTION).encode()
    async with gate:
        stream, writer = await asyncio.open_connection(where.hostname, where.port)
        writer.write(
            f"POST /api/chat HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookie}\r\n"
            "Accept: text/event-stream\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        await stream.readuntil(b"event: token")
    began[0] += 1
    await ends.wait()
    writer.close()


async def _input_ends() -> None:
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["provider", pause, times]:
            asyncio.run(provider(float(pause), int(times)))
        case ["readers", address, people, count, seconds]:
            asyncio.run(readers(address, int(people), int(count), float(seconds)))
