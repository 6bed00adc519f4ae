"""Many people at once, as one small program: raw sockets, so that little of the machine goes into asking.

Each person holds a live stream and reads a page every so often. Started by `load`, which tells it by JSON on its
standard input whom to play; what it saw goes out as JSON.
"""

import asyncio
import json
import random
import resource
import sys
import time
from typing import Any, NamedTuple

HOST = "127.0.0.1"
# Opened at this pace, so that the hand-shake of thousands is not what is measured.
OPENED_A_SECOND = 150
# As many lines to the product as nginx keeps, whoever is in front of it.
KEPT_LINES = 64


class Asked(NamedTuple):
    """One reading."""

    ms: float
    status: int


class Crowd:
    """The people of one program."""

    def __init__(self, told: dict[str, Any]) -> None:
        """People who have not begun."""
        self.port, self.people = int(told["port"]), told["people"]
        self.every, self.seconds, self.live = told["every"], told["seconds"], told["live"]
        self.asked: list[Asked] = []
        self.faults: dict[str, int] = {}
        self.streams, self.heard, self.reopened = 0, 0, 0
        self.lines: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.measures = asyncio.Event()
        self.ends_at = 0.0

    async def play(self) -> dict[str, Any]:
        """What was seen, once everybody is there and the time is over."""
        tasks = []
        for number, (cookie, path) in enumerate(self.people):
            if self.live:
                tasks.append(asyncio.create_task(self._hold(cookie)))
            tasks.append(asyncio.create_task(self._read(cookie, path, number)))
            await asyncio.sleep(1 / OPENED_A_SECOND)
        if self.live:
            await self._until_all_listen()
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)  # begin together
        used = time.process_time()
        self.ends_at = time.monotonic() + self.seconds
        self.measures.set()
        await asyncio.sleep(self.seconds)
        held = self.streams
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return {
            "asked": [[each.ms, each.status] for each in self.asked],
            "faults": self.faults, "streams": held, "heard": self.heard, "reopened": self.reopened,
            "cpu_seconds": time.process_time() - used,
        }  # fmt: skip

    async def _until_all_listen(self) -> None:
        end = time.monotonic() + 120
        while self.streams < len(self.people) and time.monotonic() < end:  # noqa: ASYNC110 - thousands would set it
            await asyncio.sleep(0.2)

    async def _hold(self, cookie: str) -> None:
        """Holds a stream, and opens it anew when it ends, as a browser does."""
        while True:
            try:
                reader, writer = await asyncio.open_connection(HOST, self.port, limit=4096)
                writer.write(_request("/app/alerts/live", cookie, "text/event-stream"))
                head = await reader.readuntil(b"\r\n\r\n")
                if not head.startswith(b"HTTP/1.1 200"):
                    self._note(f"stream {head[9:12].decode()}")
                    writer.close()
                    await asyncio.sleep(2)
                    continue
                self.streams += 1
                try:
                    while await reader.read(1024):
                        self.heard += 1
                finally:
                    self.streams -= 1
                    writer.close()
                self.reopened += 1
            except (OSError, asyncio.IncompleteReadError) as error:
                self._note(f"stream {type(error).__name__}")
                await asyncio.sleep(2)

    async def _read(self, cookie: str, path: str, number: int) -> None:
        """Reads a page at a moment of its own in each span."""
        await self.measures.wait()
        await asyncio.sleep(self.every * (number + random.random()) / len(self.people))  # noqa: S311 # nosec B311
        while time.monotonic() < self.ends_at:
            began = time.monotonic()
            try:
                status = await asyncio.wait_for(self._ask(_request(path, cookie, "application/json")), 30)
                self.asked.append(Asked((time.monotonic() - began) * 1000, status))
            except (OSError, asyncio.IncompleteReadError) as error:
                self._note(f"reading {type(error).__name__}")
            await asyncio.sleep(max(0.0, began + self.every - time.monotonic()))

    async def _ask(self, request: bytes) -> int:
        """The status of the reply, once it was read whole, over a line that others used before and will again."""
        line = (
            self.lines.pop()
            if self.lines
            else await asyncio.open_connection(HOST, self.port, limit=1_000_000)
        )
        reader, writer = line
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at >= 0:
            await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
        if len(self.lines) < KEPT_LINES:
            self.lines.append(line)
        else:
            writer.close()
        return int(head[9:12])

    def _note(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1


def _request(path: str, cookie: str, accepts: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accepts}\r\nCookie: complianceai={cookie}\r\n"
        "User-Agent: load\r\n\r\n"
    ).encode()


def main() -> None:
    """Plays the people that standard input tells of."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    from uvloop import run  # noqa: PLC0415 - stands in the lock

    seen = run(Crowd(json.loads(sys.stdin.readline())).play())
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
