"""Thousands of people at once on PostgreSQL and Valkey, each reading every 30 s and holding a live stream of notices.

The machine is shared by the product, its database, its cache and those who ask, so what each used of it is told: CPU
is counted by process, latency is what an asker saw and takes in all that stood in its way.

    LOAD_STEPS=500,1000,2000,5000,10000   people at once (default: 500,1000,2000)
    LOAD_WORKERS=1,2                      with so many serving processes (default: 1,2)
    LOAD_SECONDS=40                       how long each step is measured
    LOAD_BARE=1                           the yardstick instead of the product, which is asked for lists alone
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benches.load_sample import Guest, fill_with_people
from benches.measuring import BIN, Figure, resident_mb
from benches.served import TICKS, Served, serving

EVERY_SECONDS, ASKERS, PAUSE_SECONDS = 30, 2, 3
HERE = Path(__file__).parents[1]
PRODUCT = (str(BIN / "complianceai"), "serve", "--no-worker", "--port", "{port}", "--workers")
BARE = (
    *(sys.executable, "-m", "uvicorn", "benches.bare_load:app", "--port", "{port}"),
    *("--no-access-log", "--no-server-header", "--workers"),
)
# As many as the sample has.
COMPANIES = 500
LIST, DASHBOARD = "tasks?size=20", "dashboard"


class Step(NamedTuple):
    """What one step of the load gave."""

    people: int
    workers: int
    asked: list[float]
    bad: int
    faults: dict[str, int]
    streams: int
    server_cpu: float
    database_cpu: float
    cache_cpu: float
    askers_cpu: float
    all_cpu: float
    memory_mb: float
    seconds: float

    def line(self) -> str:
        """The step as one line to read."""
        count, times = max(1, len(self.asked)), sorted(self.asked) or [0.0]
        mine = self.server_cpu + self.database_cpu + self.cache_cpu + self.askers_cpu
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95, 0.99))
        return (
            f"{self.people:>6,} people, {self.workers} serving: {len(self.asked) / self.seconds:5.0f}/s, "
            f"median {p50:.1f} p95 {p95:.1f} p99 {p99:.1f} ms, {self.bad} not 200, faults {self.faults or 'none'}, "
            f"{self.streams:,} streams, {self.memory_mb:.0f} MB; CPU a request {self.server_cpu * 1000 / count:.2f} ms "
            f"+ database {self.database_cpu * 1000 / count:.2f} + cache {self.cache_cpu * 1000 / count:.2f} "
            f"(askers {self.askers_cpu * 1000 / count:.2f}); of {os.cpu_count()} cores ours {mine / self.seconds:.2f}, "
            f"others {max(0.0, self.all_cpu - mine) / self.seconds:.2f}"
        )


def measure() -> list[Figure]:
    """At p95 under 100 ms and no errors, up to where the machine is used up; told step by step."""
    sys.path.insert(0, str(HERE.parent))
    from tests.support.neighbours import cache, postgres  # noqa: PLC0415 - servers that the tests start as well

    steps = [int(each) for each in os.environ.get("LOAD_STEPS", "500,1000,2000").split(",")]
    crews = [int(each) for each in os.environ.get("LOAD_WORKERS", "1,2").split(",")]
    seconds, is_bare = int(os.environ.get("LOAD_SECONDS", "40")), "LOAD_BARE" in os.environ
    done: list[Step] = []
    with postgres() as database, cache() as counts:
        guests = asyncio.run(fill_with_people(database.url, max(steps)))
        pids = (_pid(database), _pid(counts))
        for workers in crews:
            with _serving(workers, database.url, counts.url, guests[0], is_bare=is_bare) as served:
                _warm(served, guests[:COMPANIES], is_bare=is_bare)
                for people in steps:
                    done.append(_step(served, guests[:people], workers, seconds, pids, is_bare=is_bare))
                    print(("bare " if is_bare else "") + done[-1].line(), flush=True)
                    time.sleep(PAUSE_SECONDS)
    return [_figure(each) for each in done]


def _warm(served: Served, guests: Sequence[Guest], *, is_bare: bool) -> None:
    """Each company is read once: its register comes in step then, which otherwise a night's work does."""
    for guest in guests:
        headers = {"Cookie": f"complianceai={guest.token}"}
        parts = (LIST,) if is_bare else (LIST, DASHBOARD)
        served._replace(headers=headers).times_ms(
            [f"/api/companies/{guest.company_id}/{part}" for part in parts]
        )


def _figure(step: Step) -> Figure:
    times = sorted(step.asked) or [float("inf")]
    return Figure(
        f"{step.people:,} people on {step.workers} processes, p95",
        times[int(len(times) * 0.95)],
        "ms",
        promise=100,
        ratio=f"{step.bad + sum(step.faults.values())} errors",
    )


@contextmanager
def _serving(workers: int, database: str, counts: str, guest: Guest, *, is_bare: bool) -> Iterator[Served]:
    names = {
        "DATABASE_URL": database,
        "REDIS_URL": counts,
        "RATE_LIMIT": "1000000/minute",
        "PYTHONPATH": f"{HERE}:{HERE.parent / 'src'}",
    }
    command = (*(BARE if is_bare else PRODUCT), str(workers))
    cookie = {"Cookie": f"complianceai={guest.token}"}
    with serving(command, f"/api/companies/{guest.company_id}/{LIST}", cookie, **names) as served:
        yield served


def _step(
    served: Served,
    guests: Sequence[Guest],
    workers: int,
    seconds: int,
    pids: tuple[int, int],
    *,
    is_bare: bool,
) -> Step:
    with ExitStack() as stack:
        askers = [
            stack.enter_context(_asker(served.port, guests[n::ASKERS], seconds, is_bare=is_bare))
            for n in range(ASKERS)
        ]
        for each in askers:
            _until_ready(each)
        before = _used(served.pid, *pids)
        for each in askers:
            _tell(each, "go\n")
        time.sleep(seconds)
        after, memory = _used(served.pid, *pids), sum(resident_mb(pid) for pid in _tree(served.pid))
        seen = [json.loads(each.communicate(timeout=60)[0]) for each in askers]
    server, database, counts, whole = (now - then for now, then in zip(after, before, strict=True))
    asked = [each for one in seen for each in one["asked"]]
    return Step(
        people=len(guests),
        workers=workers,
        asked=[ms for ms, status in asked if status == 200],
        bad=sum(status != 200 for _, status in asked),
        faults=_added(one["faults"] for one in seen),
        streams=sum(one["streams"] for one in seen),
        server_cpu=server,
        database_cpu=database,
        cache_cpu=counts,
        askers_cpu=sum(one["cpu_seconds"] for one in seen),
        all_cpu=whole,
        memory_mb=memory,
        seconds=seconds,
    )


@contextmanager
def _asker(
    port: int, guests: Sequence[Guest], seconds: int, *, is_bare: bool
) -> Iterator["subprocess.Popen[str]"]:
    parts = (LIST, LIST) if is_bare else (LIST, DASHBOARD)
    people = [
        (each.token, f"/api/companies/{each.company_id}/{parts[n % 2]}") for n, each in enumerate(guests)
    ]
    told = {"port": port, "people": people, "every": EVERY_SECONDS, "seconds": seconds, "live": True}
    command = [sys.executable, str(Path(__file__).with_name("load_client.py"))]
    asker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _tell(asker, json.dumps(told) + "\n")
        yield asker
    finally:
        asker.kill()
        asker.wait()


def _tell(asker: "subprocess.Popen[str]", text: str) -> None:
    assert asker.stdin is not None  # noqa: S101 - a pipe was asked for
    asker.stdin.write(text)
    asker.stdin.flush()


def _until_ready(asker: "subprocess.Popen[str]") -> None:
    assert asker.stdout is not None  # noqa: S101 - a pipe was asked for
    if asker.stdout.readline() != "ready\n":
        raise RuntimeError("those who ask did not begin")


def _added(counts: Iterator[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        for name, count in each.items():
            found[name] = found.get(name, 0) + count
    return found


def _pid(neighbour: Any) -> int:
    pid: int = neighbour._running.pid  # noqa: SLF001 - the tests' own server
    return pid


def _used(*pids: int) -> list[float]:
    """The CPU seconds used by each program with its children, and by the whole machine."""
    fields = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return [*(_cpu_seconds(pid) for pid in pids), (sum(fields[:8]) - fields[3] - fields[4]) / TICKS]


def _cpu_seconds(pid: int) -> float:
    total = 0
    for each in _tree(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])  # its own, and of children that have ended
    return total / TICKS


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _tree(int(child)))]
