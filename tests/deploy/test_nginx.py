"""The proxy's own configuration, run by nginx in front of the application: what it passes on, and what it stops."""

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from tests.security.serving import served
from tests.support.certificates import certificate
from tests.support.servers import accepts, free_port, stop

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
HOST = "compliance.example"
PERSON = {"name": "Asha Rao", "email": "asha@proxy.example", "password": "Correct-horse-9!"}

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")


class _Naming(httpx.HTTPTransport):
    """Asks for the host by name while it shakes hands, though it calls the loopback address."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, "sni_hostname": HOST}
        return super().handle_request(request)


class Proxy(NamedTuple):
    """A running nginx: its two ports, and the file of the certificate that it shows."""

    plain: int
    secure: int
    certificate: Path

    def client(self) -> httpx.Client:
        """A browser that comes through the proxy by its name."""
        tls = ssl.create_default_context(cafile=self.certificate)
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.secure}",
            headers={"Host": HOST, "Sec-Fetch-Site": "same-origin"},
            transport=_Naming(verify=tls),
            timeout=30,
        )


def _configuration(home: Path, upstream: int, proxy: Proxy) -> Path:
    """The shipped file with this test's ports and certificate, inside the least that nginx wants around it."""
    text = CONFIGURATION.read_text("utf-8")
    for shipped, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{proxy.secure} ssl"),
        (f"/etc/letsencrypt/live/{HOST}/fullchain.pem", str(proxy.certificate)),
        (f"/etc/letsencrypt/live/{HOST}/privkey.pem", str(proxy.certificate)),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    text = re.sub(r" *listen \[::\].*\n", "", text)
    folders = "".join(
        f"{name}_temp_path {home / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = home / "nginx.conf"
    file.write_text(
        f"daemon off;\nmaster_process off;\npid {home / 'pid'};\nerror_log {home / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}{text}}}\n"
    )
    return file


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Nginx before the application, which believes what this one proxy says of a caller's address."""
    home = tmp_path_factory.mktemp("nginx")
    database = f"sqlite:///{home / 'data.db'}"
    asyncio.run(_migrate(database))
    with served(database, trusted_proxies="127.0.0.1") as address:
        made = Proxy(free_port(), free_port(), certificate(home, HOST))
        file = _configuration(home, int(address.rpartition(":")[2]), made)
        with (home / "output").open("w") as output:
            program = [str(NGINX), "-e", str(home / "error.log"), "-p", str(home), "-c", str(file)]
            running = subprocess.Popen(program, stdout=output, stderr=output)
            try:
                _wait(running, made, home / "output")
                yield made
            finally:
                running.terminate()
                stop(running)


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


def _wait(running: "subprocess.Popen[bytes]", proxy: Proxy, output: Path) -> None:
    end = time.monotonic() + 15
    while not accepts(proxy.secure):
        assert running.poll() is None, output.read_text()
        assert time.monotonic() < end, output.read_text()
        time.sleep(0.05)


def _status(proxy: Proxy, request: bytes) -> bytes:
    tls = ssl.create_default_context(cafile=proxy.certificate)
    with (
        socket.create_connection(("127.0.0.1", proxy.secure), timeout=10) as line,
        tls.wrap_socket(line, server_hostname=HOST) as secure,
    ):
        secure.sendall(request)
        return secure.recv(4096).split(b"\r\n", 1)[0]


def test_nginx_finds_no_fault_with_the_shipped_file(tmp_path: Path) -> None:
    file = _configuration(tmp_path, 8000, Proxy(8080, 8443, certificate(tmp_path, HOST)))
    program = [str(NGINX), "-t", "-e", str(tmp_path / "error.log"), "-p", str(tmp_path), "-c", str(file)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_a_person_registers_and_reads_through_the_proxy(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.post("/api/auth/register", json=PERSON).status_code == 200
        assert client.get("/api/auth/me").json()["user"]["email"] == PERSON["email"]
        page = client.get("/app", follow_redirects=True, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["server"] == "nginx"


def test_no_caller_writes_their_own_address(proxy: Proxy) -> None:
    claimed = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"}
    with proxy.client() as client:
        person = PERSON | {"email": "claims@proxy.example"}
        assert client.post("/api/auth/register", json=person, headers=claimed).status_code == 200
        [session] = client.get("/api/auth/sessions", headers=claimed).json()["data"]
        assert session["address"] == "127.0.0.1"


def test_what_comes_in_the_clear_is_led_over_or_told_so(proxy: Proxy) -> None:
    address = f"http://127.0.0.1:{proxy.plain}"
    page = httpx.get(f"{address}/law?a=1", headers={"Host": HOST})
    assert (page.status_code, page.headers["location"]) == (308, f"https://{HOST}/law?a=1")
    assert httpx.get(f"{address}/api/health", headers={"Host": HOST}).status_code == 403


_HIDING = {
    "two lengths": f"Host: {HOST}\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{{}}",
    "a length and pieces": f"Host: {HOST}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two hosts": f"Host: {HOST}\r\nHost: other.example\r\n\r\n",
}


@pytest.mark.parametrize("name", _HIDING)
def test_a_request_that_could_hide_a_second_one_is_refused(proxy: Proxy, name: str) -> None:
    request = f"POST /api/auth/login HTTP/1.1\r\n{_HIDING[name]}"
    assert _status(proxy, request.encode()) == b"HTTP/1.1 400 Bad Request"


def test_trace_is_refused(proxy: Proxy) -> None:
    assert b" 405 " in _status(proxy, b"TRACE / HTTP/1.1\r\nHost: compliance.example\r\n\r\n")


def test_whoever_asks_for_another_host_finds_nothing(proxy: Proxy) -> None:
    tls = ssl.create_default_context(cafile=proxy.certificate)
    tls.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", proxy.secure), timeout=10) as line,
        pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"),
    ):
        tls.wrap_socket(line, server_hostname="other.example")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_recent_tls_is_spoken(proxy: Proxy, version: ssl.TLSVersion) -> None:
    tls = ssl.create_default_context(cafile=proxy.certificate)
    tls.minimum_version = tls.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", proxy.secure), timeout=10) as line,
        tls.wrap_socket(line, server_hostname=HOST) as secure,
    ):
        assert secure.version() == version.name.replace("_", ".")


def test_a_body_beyond_every_limit_is_refused_in_the_applications_words(proxy: Proxy) -> None:
    with proxy.client() as client:
        answer = client.post(
            "/api/auth/login", content=b"x" * 3_000_000, headers={"Content-Type": "application/json"}
        )
    assert answer.status_code == 413
    assert answer.json()["success"] is False
