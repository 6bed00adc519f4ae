"""One instance takes over from another behind nginx, under load, and nothing that was asked goes unanswered."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

import httpx
import pytest

from tests.entry.test_serve import serving
from tests.support.servers import accepts, free_port, stop

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
LOADERS = 6
SETTINGS = {"RATE_LIMIT": "1000000/minute"}
ASKED = [("GET", "/api/health/live"), ("GET", "/login"), ("POST", "/api/auth/logout")]


class Load:
    """Several callers that ask without a pause, each by a connection of its own, and note what they did not get."""

    def __init__(self, address: str) -> None:
        """Callers that have not begun."""
        self.answered, self.lost = 0, list[str]()
        self._address, self._over, self._lock = address, threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(LOADERS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Nothing; whatever was asked has been answered or lost, and no more is asked."""
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def _ask(self) -> None:
        while not self._over.is_set():
            for method, path in ASKED:
                fault = self._fault(method, path)
                with self._lock:
                    self.answered += fault is None
                    self.lost += [fault] if fault else []

    def _fault(self, method: str, path: str) -> str | None:
        try:
            got = httpx.request(method, f"{self._address}{path}", headers={"Connection": "close"}, timeout=30)
        except httpx.HTTPError as error:
            return f"{method} {path}: {error!r}"
        return f"{method} {path}: {got.status_code}" if got.status_code >= 500 else None


class Proxy:
    """A running nginx that leads to one instance, and can be led to another."""

    def __init__(self, home: Path, port: int, running: "subprocess.Popen[bytes]") -> None:
        """The proxy of that folder, by its master process."""
        self.home, self.port, self._running = home, port, running

    def lead_to(self, upstream: int) -> None:
        """Nothing; from now on every request goes there, and those under way to the other have ended."""
        before = self._workers()
        _write(self.home, self.port, upstream)
        self._running.send_signal(signal.SIGHUP)
        _wait(lambda: (now := self._workers()) != set() and not now & before)

    def _workers(self) -> set[str]:
        number = self._running.pid
        return set(Path(f"/proc/{number}/task/{number}/children").read_text().split())


def _write(home: Path, port: int, upstream: int) -> None:
    folders = "".join(
        f"{name}_temp_path {home / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\npid {home / 'pid'};\nworker_processes 1;\n"
        f"error_log {home / 'error.log'};\nevents {{}}\nhttp {{\naccess_log off;\n{folders}"
        f"upstream complianceai {{ server 127.0.0.1:{upstream}; keepalive 64; }}\nserver {{\n"
        f"listen 127.0.0.1:{port};\nlocation / {{ proxy_pass http://complianceai; proxy_http_version 1.1;\n"
        'proxy_set_header Host $host; proxy_set_header Connection ""; }\n}\n}\n'
    )


def _wait(done: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def _nginx(home: Path, upstream: int) -> Iterator[Proxy]:
    port = free_port()
    _write(home, port, upstream)
    program = [str(NGINX), "-e", str(home / "error.log"), "-p", str(home), "-c", str(home / "nginx.conf")]
    running = subprocess.Popen(program)
    try:
        _wait(lambda: accepts(port))
        yield Proxy(home, port, running)
    finally:
        running.terminate()
        stop(running)


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


@contextmanager
def _half_asked(port: int) -> Iterator[socket.socket]:
    """A line on which a request has begun, whose body is still to come."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(
            b"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 2\r\n\r\n{"
        )
        yield line


@pytest.mark.slow
@pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")
def test_nothing_is_lost_while_one_instance_takes_over_from_another(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("one", "proxy")]
    for home in homes:
        home.mkdir()
    one, proxy_home = homes
    with (
        serving(one, "--workers", "2", "--no-worker", **SETTINGS) as (old, process),
        _nginx(proxy_home, _port(old)) as proxy,
        Load(f"http://127.0.0.1:{proxy.port}") as load,
        serving(one, "--workers", "2", "--no-worker", **SETTINGS) as (new, _),
    ):
        with_old = load.answered
        proxy.lead_to(_port(new))
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)
        assert not accepts(_port(old))
        after = load.answered
        _wait(lambda: load.answered > after + 50 or load.lost)
        load.end()  # before the new one, which is stopped first
    assert load.lost == []
    assert with_old > 20
    assert load.answered > after + 50


def test_what_was_begun_is_answered_though_the_server_was_told_to_stop(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "--workers", "2", "--no-worker", **SETTINGS) as (address, process),
        _half_asked(_port(address)) as line,
    ):
        time.sleep(0.3)  # until a worker has read what there is
        process.send_signal(signal.SIGTERM)
        _wait(lambda: not accepts(_port(address)))
        assert process.poll() is None
        line.sendall(b"}")
        reply = line.recv(65536)
        assert reply.startswith(b"HTTP/1.1 422 ")
        process.wait(timeout=20)


def test_a_line_without_requests_is_kept_longer_than_proxies_keep_theirs(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-worker", **SETTINGS) as (address, _), _line(address) as line:
        ports = [_ask_on(line)]
        time.sleep(
            6
        )  # by itself the server below hangs up after five seconds, in the middle of somebody's POST
        ports.append(_ask_on(line))
        assert ports[0] == ports[1]


def _line(address: str) -> closing[HTTPConnection]:
    return closing(HTTPConnection("127.0.0.1", _port(address), timeout=10))


def _ask_on(line: HTTPConnection) -> int:
    """Our own end's port, which is another one where the line had to be opened anew."""
    line.request("GET", "/api/health/live")
    assert line.getresponse().read()
    port: int = line.sock.getsockname()[1]
    return port
