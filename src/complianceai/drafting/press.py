"""Papers set by children that are kept warm: what a paper costs is theirs, and one that takes too long is ended.

A serving process holds no typesetter and no Word library then, and its own requests go on meanwhile.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle  # nosec B403
import selectors
import struct
import subprocess
import sys
import threading
import time
from functools import lru_cache
from typing import IO, Any

from complianceai.drafting.errors import TooMuch
from complianceai.drafting.limits import ENVIRONMENT, answer

SECONDS = 12.0
CHILDREN = 2
# A child makes room for a fresh one after so many papers, whatever it may have gathered.
MOST_PAPERS = 1000
LENGTH = struct.Struct(">cQ")
# What a child may be asked, and where it stands.
WORK = {
    "paper": "complianceai.drafting.pressing:paper",
    "redline": "complianceai.drafting.pressing:redline",
    "row": "complianceai.drafting.bulk:row",
    "look": "complianceai.drafting.bulk:look",
}


class Press:
    """So many children at most, started when they are first needed."""

    def __init__(self, children: int = CHILDREN, seconds: float = SECONDS) -> None:
        self._free = threading.BoundedSemaphore(children)
        self._idle: list[_Child] = []
        self._guard = threading.Lock()
        self._seconds = seconds

    def make(self, work: str, *arguments: Any) -> Any:
        """What the work gives, from a child; whoever finds all of them busy waits, in the same time.

        Errors: those of the work; TooMuch where it takes longer than it may, or the child dies of it.
        """
        deadline = time.monotonic() + self._seconds
        if not self._free.acquire(timeout=self._seconds):
            raise TooMuch(limit=f"at most {self._seconds:g} seconds")
        try:
            return self._made(work, arguments, deadline)
        finally:
            self._free.release()

    def close(self) -> None:
        """Nothing; no idle child is left."""
        with self._guard:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def _made(self, work: str, arguments: tuple[Any, ...], deadline: float) -> Any:
        with self._guard:
            child = self._idle.pop() if self._idle else None
        if child is not None and not child.is_alive:
            child.end()
            child = None
        child = child or _Child()
        kept = False
        try:
            said = child.do((work, arguments), deadline)
            kept = child.papers < MOST_PAPERS
        except TimeoutError:
            raise TooMuch(limit=f"at most {self._seconds:g} seconds") from None
        except (EOFError, OSError) as error:
            raise TooMuch(limit="the memory that it may take") from error
        finally:
            if kept:
                with self._guard:
                    self._idle.append(child)
            else:
                child.end()
        return said if isinstance(said, bytes) else answer(said)


@lru_cache(maxsize=1)
def press() -> Press:
    """The press of this process."""
    made = Press()
    atexit.register(made.close)
    return made


class _Child:
    def __init__(self) -> None:
        told = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        command = [sys.executable, "-I", "-m", "complianceai.drafting.pressing"]
        self._program = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=told
        )
        self.papers = 0

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked."""
        return self._program.poll() is None

    def do(self, asked: tuple[str, tuple[Any, ...]], deadline: float) -> Any:
        """What the child says: bytes, or what JSON holds."""
        self.papers += 1
        data = pickle.dumps(asked)
        assert self._program.stdin is not None  # noqa: S101 - it was started with pipes
        assert self._program.stdout is not None  # noqa: S101
        # The child reads all of it before it works, so this waits for no paper.
        _write(self._program.stdin, LENGTH.pack(b"P", len(data)) + data)
        kind, length = LENGTH.unpack(_read(self._program.stdout, LENGTH.size, deadline))
        body = _read(self._program.stdout, length, deadline)
        return body if kind == b"B" else json.loads(body)

    def end(self) -> None:
        """Nothing; the child is gone, whatever it was at."""
        self._program.kill()
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe is not None:
                pipe.close()


def _write(pipe: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) :]


def _read(pipe: IO[bytes], length: int, deadline: float) -> bytes:
    """So many bytes.

    Errors: TimeoutError; EOFError where the child went away.
    """
    pieces: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while length:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise TimeoutError
            piece = os.read(pipe.fileno(), min(length, 1 << 20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
    return b"".join(pieces)
