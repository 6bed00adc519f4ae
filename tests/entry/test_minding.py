"""One command serves and works in the background: the worker comes, goes and dies with the server, and is replaced."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import pytest

from tests.cast import ASHA
from tests.entry.test_serve import serving

SECONDS = 90.0


def _worker_of(server: "subprocess.Popen[str]") -> int | None:
    """The process of the server's worker, once there is one."""
    found = subprocess.run(
        ["pgrep", "-P", str(server.pid), "-f", "complianceai worker"],
        capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    return int(found[0]) if found else None


def _until(found: Callable[[], object]) -> object:
    end = time.monotonic() + SECONDS
    while not (value := found()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return value


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _state(address: str) -> str:
    return str(httpx.get(f"{address}/api/health").json()["services"]["worker"])


def test_whoever_signs_up_finds_the_mail_as_a_file_and_the_log_says_where(tmp_path: Path) -> None:
    with serving(tmp_path) as (address, server):
        assert httpx.post(f"{address}/api/auth/register", json=ASHA.registration).status_code == 200
        (file,) = _until(lambda: list((tmp_path / "data" / "mail").glob("*.eml")))  # type: ignore[misc]
        worker = _until(lambda: _worker_of(server))
        assert _state(address) == "healthy"
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert address in mail.get_body(("plain",)).get_content()
        assert str(file) in (tmp_path / "err").read_text()
    assert isinstance(worker, int)
    assert not _lives(worker)
    assert "Traceback" not in (tmp_path / "err").read_text()


def test_a_worker_that_died_is_replaced(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, server):
        _until(lambda: "worker.ready" in (tmp_path / "err").read_text())
        first = _worker_of(server)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        second = _until(lambda: (found := _worker_of(server)) != first and found)
        _until(lambda: (tmp_path / "err").read_text().count("worker.ready") == 2)
        assert _worker_of(server) == second


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_server_however_that_ends(tmp_path: Path, end: signal.Signals) -> None:
    with serving(tmp_path) as (address, server):
        _until(lambda: _state(address) == "healthy")
        worker = _worker_of(server)
        assert worker is not None
        server.send_signal(end)
        assert server.wait(20) == (143 if end is signal.SIGTERM else -9)
        if end is signal.SIGTERM:
            assert not _lives(worker)
        _until(lambda: not _lives(worker))


def test_a_fleet_leaves_the_worker_to_others(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-worker") as (address, server):
        time.sleep(1)
        assert _worker_of(server) is None
        assert _state(address) == "not running"
