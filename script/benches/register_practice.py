"""Pages and JSON of a practice at work on PostgreSQL, over HTTP: the list, the dashboard and the cockpit."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from benches.measuring import BIN, Figure
from benches.practice_sample import Sample, fill
from benches.served import Served, serving

REPEATS, WARM = 100, 15
# The CPU of a process is counted in hundredths of a second: enough requests for some hundred of those.
LISTS, ROUNDS = 500, 4
LIST = "tasks?size=20"
HERE = Path(__file__).parents[1]
PRODUCT = (str(BIN / "complianceai"), "serve", "--no-worker", "--port", "{port}")
BARE = (sys.executable, "-m", "uvicorn", "benches.bare_list:app", "--port", "{port}", "--no-access-log",
        "--no-server-header")  # fmt: skip


def measure() -> list[Figure]:
    """Each at p95 under 100 ms; the list at no more than twice the CPU of the same written by hand on asyncpg."""
    sys.path.insert(0, str(HERE.parent))
    from tests.support.servers import postgresql  # noqa: PLC0415 - a server that the tests start as well

    with postgresql() as url:
        sample = asyncio.run(fill(url))
        names = {"DATABASE_URL": url, "RATE_LIMIT": "1000000/minute", "PYTHONPATH": str(HERE)}
        cookie = {"Cookie": f"complianceai={sample.token}"}
        with (
            serving(PRODUCT, "/api/health", cookie, **names) as product,
            serving(BARE, _of(sample, "api/companies", LIST)[0], cookie, **names) as bare,
        ):
            return [*_times(product, sample), _cpu(product, bare, sample)]


def _times(product: Served, sample: Sample) -> Iterator[Figure]:
    size = f"{len(sample.clients)} clients, {sample.tasks:,} tasks"
    new = sample._replace(clients=sample.untouched)
    cockpit = f"practices/{sample.practice_id}/cockpit"
    for what, paths in (
        (f"the list as a page, {size}, p95", _of(sample, "app/companies", "tasks")),
        ("the list as JSON, 50 tasks, p95", _of(sample, "api/companies", "tasks")),
        ("the dashboard as a page, p95", _of(sample, "app/companies", "dashboard")),
        ("the dashboard as JSON, p95", _of(sample, "api/companies", "dashboard")),
        ("the dashboard, nothing filed yet, p95", _of(new, "app/companies", "dashboard")),
        ("the cockpit as a page, p95", [f"/app/{cockpit}"]),
        ("the cockpit as JSON, p95", [f"/api/{cockpit}"]),
    ):
        yield _figure(what, product.times_ms(list(islice(cycle(paths), WARM + REPEATS)))[WARM:])


def _figure(what: str, taken: Sequence[float]) -> Figure:
    ordered = sorted(taken)
    p95 = ordered[int(len(ordered) * 0.95)]
    return Figure(what, p95, "ms", promise=100, ratio=f"median {ordered[len(ordered) // 2]:.1f} ms")


def _cpu(product: Served, bare: Served, sample: Sample) -> Figure:
    """By turns, so that a busy neighbour weighs on both; the least of each, since it only ever adds."""
    paths = list(islice(cycle(_of(sample, "api/companies", LIST)), LISTS))
    turns = [(_cpu_ms(product, paths), _cpu_ms(bare, paths)) for _ in range(ROUNDS + 1)][1:]
    ours, theirs = (min(taken) for taken in zip(*turns, strict=True))
    return Figure(
        "CPU of the list, to asyncpg by hand",
        ours / theirs,
        "times",
        promise=2,
        ratio=f"{ours:.2f} ms to {theirs:.2f} ms a request",
    )


def _cpu_ms(served: Served, paths: Sequence[str]) -> float:
    before = served.cpu_ms()
    served.times_ms(paths)
    return (served.cpu_ms() - before) / len(paths)


def _of(sample: Sample, room: str, part: str) -> list[str]:
    return [f"/{room}/{each}/{part}" for each in sample.clients]
