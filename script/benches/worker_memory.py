"""The memory of a serving worker."""

import signal
import socket
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benches.measuring import BIN, Figure, environment, resident_mb

REQUESTS = 200
START_SECONDS = 30


def measure() -> list[Figure]:
    """Under 120 MB after some hundred requests; with every route made ready as well; and the time to be ready."""
    with TemporaryDirectory() as folder:
        address = f"http://127.0.0.1:{(port := _free_port())}"
        command = [str(BIN / "complianceai"), "serve", "--port", str(port)]
        names = {"DATA_DIR": folder, "LOG_DIR": folder, "RATE_LIMIT": "1000000/minute"}
        with (Path(folder) / "output").open("w") as output:
            began = time.monotonic()
            server = subprocess.Popen(
                command, env=environment(**names), cwd=folder, stdout=output, stderr=output
            )
        try:
            ready = _wait_for(f"{address}/api/health", began)
            for _ in range(REQUESTS):
                _get(f"{address}/")
            held = resident_mb(server.pid)
            _get(f"{address}/api/openapi.json")
            most = resident_mb(server.pid)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(START_SECONDS)
    return [
        Figure("memory of a serving worker", held, "MB", promise=120),
        Figure("the same, asked for every route and the description", most, "MB", promise=165),
        Figure("ready to serve, from nothing", ready, "s", promise=15),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, began: float) -> float:
    while True:
        try:
            _get(address)
        except OSError:
            if time.monotonic() - began > START_SECONDS:
                raise
            time.sleep(0.02)
        else:
            return time.monotonic() - began


def _get(address: str) -> None:
    with urlopen(address, timeout=START_SECONDS) as reply:  # nosec B310  # noqa: S310 - the address is our own, on this machine
        reply.read()
