"""A program that serves, started for a measurement; how long its replies take, and how much CPU they cost it."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benches.measuring import environment

START_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")


class Served(NamedTuple):
    """A program that answers on a port of this machine."""

    pid: int
    port: int
    headers: Mapping[str, str]

    def times_ms(self, paths: Sequence[str]) -> list[float]:
        """The milliseconds from each request to its reply's last byte, over one connection."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
        try:
            return [_time_ms(connection, path, self.headers) for path in paths]
        finally:
            connection.close()

    def cpu_ms(self) -> float:
        """The CPU milliseconds that the program has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


@contextmanager
def serving(command: Sequence[str], path: str, headers: Mapping[str, str], **names: str) -> Iterator[Served]:
    """The program, once it answers at that path; `{port}` in its command is a free port.

    Shape: `headers` go with every request, `names` are set in the program's environment.
    """
    port = _free_port()
    with TemporaryDirectory() as folder:
        told = environment(DATA_DIR=folder, **names)
        with (Path(folder) / "output").open("w") as output:
            server = subprocess.Popen(
                [part.format(port=port) for part in command], env=told, stdout=output, stderr=output
            )
        try:
            served = Served(server.pid, port, headers)
            _wait_for(server, served, path, Path(folder) / "output")
            yield served
        finally:
            server.terminate()
            server.wait(START_SECONDS)


def _wait_for(server: "subprocess.Popen[bytes]", served: Served, path: str, output: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            served.times_ms([path])
        except OSError as error:
            if time.monotonic() > until or server.poll() is not None:
                raise RuntimeError(f"It does not answer, and said: {output.read_text()}") from error
            time.sleep(0.05)
        else:
            return


def _time_ms(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> float:
    began = time.perf_counter()
    connection.request("GET", path, headers=dict(headers))
    reply = connection.getresponse()
    body = reply.read()
    taken = (time.perf_counter() - began) * 1000
    if reply.status != 200:  # the figures would mean nothing
        raise RuntimeError(f"{path} was answered with {reply.status}: {body[:300]!r}")
    return taken


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
