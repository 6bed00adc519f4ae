"""The child of `limits`: takes its limits upon itself, does the one piece of work asked, says what came of it."""

from __future__ import annotations

import base64
import json
import pickle  # nosec B403
import sys
from importlib import import_module
from typing import Any

from complianceai.drafting.errors import FaultyText, RefusedFile, TooMuch
from complianceai.drafting.limits import CPU_SECONDS, MEMORY_BYTES, WORK


def main() -> None:
    """Reads what to do, does it, writes what came of it."""
    work, arguments = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # nosec B301 - from our own parent
    module, _, name = WORK[work].partition(":")
    do = getattr(import_module(module), name)
    limit()
    sys.stdout.write(json.dumps(outcome(do, arguments)))


def outcome(do: Any, arguments: tuple[Any, ...], *, as_bytes: bool = False) -> dict[str, Any] | bytes:
    """What the work gives or refuses, as JSON can hold it; bytes as they are, where they are wanted so."""
    try:
        found = do(*arguments)
    except FaultyText as error:
        return {"error": "faulty_text", "faults": [list(fault) for fault in error.faults]}
    except RefusedFile as error:
        return {"error": "refused_file", "why": str(error.fields["why"])}
    except TooMuch as error:
        return {"error": "too_much", "limit": str(error.fields["limit"])}
    except MemoryError:
        return {"error": "too_much", "limit": f"at most {MEMORY_BYTES // 1_048_576} MB of memory"}
    except RecursionError:
        return {"error": "too_much", "limit": "fewer things within one another"}
    if isinstance(found, bytes) and as_bytes:
        return found
    if isinstance(found, bytes):
        return {"error": None, "found": {"bytes": base64.b64encode(found).decode()}}
    return {"error": None, "found": found}


def limit() -> None:
    """Nothing; from now on this process has its limits, where the system knows any."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    limits = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_AS: (MEMORY_BYTES, MEMORY_BYTES),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for name, pair in limits.items():
        resource.setrlimit(name, pair)


if __name__ == "__main__":
    main()
