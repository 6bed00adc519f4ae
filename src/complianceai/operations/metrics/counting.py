"""What each process counts as it goes: requests by route and status, and how long they took.

Several processes behind one address share their figures through files in PROMETHEUS_MULTIPROC_DIR, which `complianceai
serve` sets; whichever of them is asked tells of all.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from complianceai.operations.metrics import SHARED

if TYPE_CHECKING:
    from complianceai.assistant.models.chain import Attempt

# Seconds; what people feel lies between the second and the fifth.
BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
WORK_BUCKETS = (0.01, 0.1, 1.0, 10.0, 60.0, 600.0)
# What no route answered, so that made-up addresses make no figures.
NO_ROUTE = "none"

log = structlog.get_logger(__name__)

_registry = CollectorRegistry()
_requests = Counter(
    "complianceai_requests",
    "Requests by method, route and status.",
    ["method", "route", "status"],
    registry=_registry,
)
_seconds = Histogram(
    "complianceai_request_seconds", "How long requests took.", ["route"], buckets=BUCKETS, registry=_registry
)
_work = Histogram(
    "complianceai_work_seconds",
    "How long named work took, and whether it went well.",
    ["kind", "name", "outcome"],
    buckets=WORK_BUCKETS,
    registry=_registry,
)
_looks = Counter(
    "complianceai_cache_looks",
    "Looks for a kept figure, by its name and whether it was there.",
    ["name", "found"],
    registry=_registry,
)
_answers = Counter(
    "complianceai_answers",
    "The assistant's answers by whose words they are, and whether they are one or a refusal.",
    ["provider", "outcome"],
    registry=_registry,
)
_unanswered = Counter(
    "complianceai_answers_failed",
    "Providers that were to answer and did not, by why; not_borne_out is an answer that verification broke.",
    ["provider", "error"],
    registry=_registry,
)
# Before the first answer whoever asks finds nought, and not nothing.
_answers.labels("simple", "answered")
_unanswered.labels("simple", "not_borne_out")
if SHARED not in os.environ:
    ProcessCollector(registry=_registry)


def count_request(method: str, route: str | None, status: int, seconds: float) -> None:
    """Nothing; the request is counted."""
    name = route or NO_ROUTE
    _requests.labels(method, name, str(status)).inc()
    _seconds.labels(name).observe(seconds)


def count_look(name: str, was_there: bool) -> None:  # noqa: FBT001 - as the cache tells it
    """Nothing; the look for a kept figure is counted."""
    _looks.labels(name, "yes" if was_there else "no").inc()


def count_answer(provider: str, refused: bool, attempts: "Sequence[Attempt]") -> None:  # noqa: FBT001 - as the desk tells it
    """Nothing; the answer is counted, and each provider that was to give it and did not."""
    _answers.labels(provider, "refused" if refused else "answered").inc()
    for each in attempts:
        _unanswered.labels(each.provider, each.error).inc()


@contextmanager
def count_work(kind: str, name: str) -> Iterator[None]:
    """Nothing; the piece of work is counted when it ends, and the log has its line."""
    began, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "done"
    finally:
        seconds = perf_counter() - began
        _work.labels(kind, name, outcome).observe(seconds)
        log.info("work", kind=kind, name=name, outcome=outcome, ms=round(seconds * 1000, 1))


def counted() -> str:
    """What this process, or all that share their figures, counted so far, in Prometheus' text format."""
    if SHARED not in os.environ:
        return generate_latest(_registry).decode()
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return generate_latest(shared).decode()
