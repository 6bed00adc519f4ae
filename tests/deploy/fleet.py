"""The product as several programs beside its neighbours, any of which is killed and started again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support.neighbours import Cache, Postgres
from tests.support.servers import free_port

START_SECONDS = 60
COMPLIANCEAI = (sys.executable, "-m", "complianceai")


class Program:
    """One program of the product."""

    def __init__(self, home: Path, name: str, settings: Mapping[str, str], *arguments: str) -> None:
        """A program that does not run yet; what it says goes to a file of the folder."""
        self.log = home / f"{name}.log"
        self._command, self._environment = (*COMPLIANCEAI, *arguments), {**os.environ, **settings}
        self._home, self._running = home, None

    _running: "subprocess.Popen[bytes] | None"

    def start(self) -> None:
        """Nothing; it is being started."""
        with self.log.open("a") as log:
            self._running = subprocess.Popen(
                self._command, env=self._environment, cwd=self._home, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Nothing; it is gone in the middle of whatever it did, and its children look after themselves."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()

    def tend(self) -> None:
        """Nothing; where it has ended by itself it is started again, as an orchestrator does."""
        if self._running is None or self._running.poll() is not None:
            self.start()

    def stop(self) -> None:
        """Nothing; it has ended what was under way."""
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(signal.SIGTERM)
            try:
                self._running.wait(45)
            except subprocess.TimeoutExpired:
                self.kill()
                raise

    def kill_a_child(self, chance: random.Random) -> None:
        """Nothing; one of the processes that it serves with is gone, where it has such."""
        assert self._running is not None
        number = self._running.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        serving = [each for each in children if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]
        if serving:
            os.kill(int(chance.choice(serving)), signal.SIGKILL)


@dataclass
class Fleet:
    """Two programs that serve, one that works, and their database and cache, where there are such."""

    serving: Mapping[str, Program]
    working: Program
    database: Postgres | None = None
    cache: Cache | None = None
    killed: list[str] = field(default_factory=list)

    @property
    def programs(self) -> list[Program]:
        """Those of the product."""
        return [*self.serving.values(), self.working]

    @property
    def addresses(self) -> list[str]:
        """Where it answers."""
        return list(self.serving)

    def tend(self) -> None:
        """Nothing; whatever ended is being started again."""
        for each in self.programs:
            each.tend()

    def strike(self, chance: random.Random) -> None:
        """Nothing; something was killed, and is being started again."""
        blows = self._blows(chance)
        name = chance.choice(list(blows))
        self.killed.append(name)
        blows[name]()

    def _blows(self, chance: random.Random) -> dict[str, Callable[[], None]]:
        first, second = self.serving.values()
        found: dict[str, Callable[[], None]] = {
            "web": second.kill,
            "web of two": first.kill,
            "one of two": lambda: first.kill_a_child(chance),
            "worker": self.working.kill,
        }
        if self.database is not None:
            found["database"] = lambda: self._restart(self.database)
            found["a line's end in the database"] = self.database.kill_one_of_its_processes
        if self.cache is not None:
            found["cache"] = lambda: self._restart(self.cache)
        return found

    def _restart(self, neighbour: Postgres | Cache | None) -> None:
        assert neighbour is not None
        neighbour.kill()
        time.sleep(0.5)
        neighbour.start()

    def wait_until_well(self) -> None:
        """Nothing, once each address says that it can serve."""
        end = time.monotonic() + START_SECONDS
        while not all(_is_well(each) for each in self.addresses):
            assert time.monotonic() < end, self.said
            self.tend()
            time.sleep(0.1)

    @property
    def said(self) -> str:
        """What the programs wrote to their logs."""
        return "\n".join(each.log.read_text() for each in self.programs if each.log.exists())


def _is_well(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def fleet(
    home: Path, database_url: str, database: Postgres | None = None, cache: Cache | None = None
) -> Iterator[Fleet]:
    """The programs, once they answer; stopped when the block ends."""
    settings = {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(home / "data"),
        "RATE_LIMIT": "10000000/minute",
        "DATABASE_POOL_SIZE": "12",
        "BACKUP_NIGHTLY": "false",
        **({"REDIS_URL": cache.url} if cache else {}),
    }
    ports = [str(free_port()), str(free_port())]
    ways = (("serve", "--no-worker", "--workers", "2"), ("serve", "--no-worker"))
    serving = {
        f"http://127.0.0.1:{port}": Program(home, f"web-{port}", settings, *way, "--port", port)
        for port, way in zip(ports, ways, strict=True)
    }
    made = Fleet(serving, Program(home, "worker", settings, "worker"), database, cache)
    try:
        made.tend()
        made.wait_until_well()
        yield made
    finally:
        for each in made.programs:
            each.stop()
