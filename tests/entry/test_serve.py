"""The product as a person starts it: the address once it answers, and one clear line where it cannot start."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.servers import free_port

READY_SECONDS = 15


@contextmanager
def serving(folder: Path, *arguments: str, **settings: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a server in that folder, as it says it itself, and its process."""
    port = free_port()
    command = [sys.executable, "-m", "complianceai", "serve", "--port", str(port), *arguments]
    with (folder / "err").open("w") as err:
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(**settings), stdout=subprocess.PIPE, stderr=err, text=True
        )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line == f"ComplianceAI is ready at http://127.0.0.1:{port}\n", (folder / "err").read_text()
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


def _environment(**settings: str) -> dict[str, str]:
    return {**os.environ, **settings}


def _refused(folder: Path, *arguments: str, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "complianceai", *arguments],
        cwd=folder, env=_environment(**settings), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_fresh_folder_is_served_soon_and_keeps_its_data(tmp_path: Path) -> None:
    began = time.monotonic()
    with serving(tmp_path) as (address, server):
        assert time.monotonic() - began < READY_SECONDS
        health = httpx.get(f"{address}/api/health").json()
        assert health["status"] == "healthy"
        assert health["services"]["database"] == "healthy"
        assert httpx.get(f"{address}/api/auth/me").status_code == 401
    assert server.returncode == 130  # as the shell expects of what Ctrl-C stopped
    assert (tmp_path / "data" / "complianceai.db").exists()


def test_whichever_of_several_processes_is_asked_tells_the_figures_of_all(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as (address, _):
        for _each in range(20):
            assert httpx.get(f"{address}/login").text.startswith("<!doctype html>")
        for _each in range(6):
            figures = httpx.get(f"{address}/metrics").text
            assert 'complianceai_requests_total{method="GET",route="/login",status="200"} 20.0' in figures


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = _refused(tmp_path, "serve", "--port", port)
    assert told == (
        f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or give another: "
        f"complianceai serve --port {int(port) + 1}\n"
    )


def test_an_address_of_another_machine_is_one_clear_line(tmp_path: Path) -> None:
    told = _refused(tmp_path, "serve", "--host", "192.0.2.1")
    assert told.startswith("192.0.2.1:8000 cannot be listened on")
    assert told.count("\n") == 1


def test_a_wrong_setting_is_one_clear_line(tmp_path: Path) -> None:
    assert _refused(tmp_path, "serve", RATE_LIMIT="often").startswith("RATE_LIMIT: is not a rate")
    assert _refused(tmp_path, "serve", ENVIRONMENT="production").startswith("SECRET_KEY: is needed")


def test_a_file_that_is_no_database_is_one_clear_line_and_stays(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "complianceai.db"
    file.write_text("my notes")
    told = _refused(tmp_path, "serve", "--port", str(free_port()))
    assert told.startswith(f"The database {file} is not a database.")
    assert told.count("\n") == 1
    assert file.read_text() == "my notes"


def test_the_demo_fills_a_fresh_database_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "complianceai", "demo"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "dev@example.com" in done.stdout
    assert "12 companies" in done.stdout
    assert "has people in it already" in _refused(tmp_path, "demo")
