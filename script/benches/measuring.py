"""What a measurement gives, and the clocks it uses: CPU time, which a busy neighbour disturbs least."""

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Figure:
    """One thing measured, beside what was promised and beside a yardstick of the same run."""

    what: str
    value: float
    unit: str
    promise: float
    more_is_better: bool = False
    ratio: str = ""

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.promise if self.more_is_better else self.value <= self.promise

    def line(self) -> str:
        """The figure as one line to read."""
        sign = ">=" if self.more_is_better else "<="
        verdict = "ok    " if self.holds else "MISSED"
        return (
            f"{verdict} {self.what:<44} {self.value:>10,.2f} {self.unit:<16} "
            f"(promised {sign} {self.promise:,.0f})  {self.ratio}"
        ).rstrip()


class Measurement(Protocol):
    """A file of this folder."""

    @staticmethod
    def measure() -> list[Figure]:
        """What was found."""
        ...


def cpu_ms(work: Callable[[], object], repeats: int = 200) -> float:
    """The CPU milliseconds that the work takes: the least of many, since a busy neighbour only ever adds to it."""
    work()
    gc.collect()
    taken = []
    for _ in range(repeats):
        start = time.process_time_ns()
        work()
        taken.append((time.process_time_ns() - start) / 1e6)
    return min(taken)


def program_ms(command: Sequence[str], repeats: int = 9) -> float:
    """The CPU milliseconds that the program takes from start to end: the least of several, its files warm."""
    taken = []
    for _ in range(repeats + 1):
        before = _children_seconds()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append((_children_seconds() - before) * 1000)
    return min(taken[1:])


def bare_python_ms() -> float:
    """The yardstick for programs: the same interpreter, doing nothing."""
    return program_ms([sys.executable, "-c", "pass"])


def yardstick_ms() -> float:
    """The yardstick for work inside a process: a fixed piece of arithmetic, so that machines can be compared."""
    return cpu_ms(lambda: sum(number * number for number in range(100_000)), repeats=20)


def resident_mb(pid: int) -> float:
    """The megabytes that a process holds by itself: private pages, and its share of what it shares.

    Source: the field Pss of smaps_rollup, https://docs.kernel.org/filesystems/proc.html
    """
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(**names: str) -> dict[str, str]:
    """The present environment with these names set."""
    return {**os.environ, **names}
