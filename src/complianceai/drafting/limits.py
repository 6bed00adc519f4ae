"""Work that nobody vouches for, in a process of its own with limits on time, memory and what it may open."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

from complianceai.drafting.errors import TooMuch

CPU_SECONDS = 2
WALL_SECONDS = 10
MEMORY_BYTES = 512 * 1_048_576
MOST_REPLY_BYTES = 32 * 1_048_576
# What a child may be asked, and where it stands.
WORK = {
    "render": "complianceai.drafting.composing:render",
    "fill_docx": "complianceai.drafting.uploads:fill",
    "examine_docx": "complianceai.drafting.uploads:examine",
    "nothing": "complianceai.drafting.limits:nothing",
}


def apart(work: str, *arguments: Any) -> Any:
    """What the work gives, done in a child process; the child can only be asked what `WORK` lists.

    Errors: those of the work; TooMuch where it passes a limit.
    """
    asked = pickle.dumps((work, arguments))
    command = [sys.executable, "-m", "complianceai.drafting.apart"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=WALL_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise TooMuch(limit=f"at most {WALL_SECONDS} seconds") from None
    if done.returncode != 0:
        raise TooMuch(limit=_limit(done.returncode, done.stderr.decode(errors="replace")))
    # What comes back was pickled by our own child from plain values and our own errors.
    found, error = pickle.loads(done.stdout)  # noqa: S301  # nosec B301
    if error is not None:
        raise error
    return found


def _limit(code: int, said: str) -> str:
    if code in (-9, -24):  # SIGKILL, SIGXCPU
        return f"at most {CPU_SECONDS} seconds of work"
    if "MemoryError" in said:
        return f"at most {MEMORY_BYTES // 1_048_576} MB of memory"
    raise RuntimeError(said[-2000:])


def nothing(value: Any) -> Any:
    """The value itself: to see what a child costs."""
    return value
