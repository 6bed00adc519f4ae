"""What is read of a request, and how: numbers, names given twice, lengths, exports, addresses to call."""

import re
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from complianceai.register.exports import harmless
from complianceai.register.reminders.hooks.reaching import fault_in
from complianceai.site.description import METHODS
from complianceai.storage.contents import _plain_name
from tests.cast import ASHA, House, describe, open_house
from tests.security.serving import served

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute") as made:
        yield made


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30, -1, -(2**63), "1e400", "NaN", "0x10", "१२"])
async def test_numbers_beyond_every_column_are_refused(house: House, number: object) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for path in ("/api/companies", f"/api/companies/{company}/trail"):
        reply = await asha.get(path, params={"page": str(number), "size": str(number)})
        assert reply.status_code == 422, path
    reply = await asha.patch(f"/api/companies/{company}", json={"name": "B", "version": number})
    assert reply.status_code == 422
    profile = {"name": "A", "entity_type": "llp", "state": "MH", "turnover": number}
    assert (await asha.post("/api/companies", json={"profile": profile})).status_code in {201, 422}


async def test_a_name_given_twice_or_elsewhere_is_not_mixed(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    twice = await asha.get("/api/companies?size=1&size=999")
    assert twice.status_code == 422  # the last one counts, and is judged
    # What belongs in the body is not taken from the address, a form, a header or a cookie.
    sent = await asha.patch(f"/api/companies/{company}?name=Other", json={}, headers={"name": "Other"})
    assert sent.json()["data"]["name"] != "Other"
    assert (await asha.post("/api/auth/login?email=asha@example.com&password=x", json={})).status_code == 422
    assert (await asha.post("/api/companies", data={"name": "x"})).status_code == 422
    both = b'{"profile": {"name": "A", "entity_type": "llp", "state": "MH"}, "name": "A", "name": 1}'
    reply = await asha.post("/api/companies", content=both, headers={"content-type": "application/json"})
    assert reply.status_code == 422


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_of_an_export_is_a_formula(begins: str) -> None:
    assert harmless(begins) == f"'{begins}"
    assert harmless("1 April") == "1 April"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "https://user:password@example.com/", "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/",
        "http://example.com:22/", "http://metadata.internal/", "javascript:alert(1)", "http://exa mple.com/", "//x",
    ],
)  # fmt: skip
def test_an_address_inside_the_house_is_called_by_nobody(address: str) -> None:
    assert fault_in(address) is not None


def test_no_client_follows_where_it_is_led() -> None:
    found = 0
    for file in (ROOT / "src" / "complianceai").rglob("*.py"):
        for call in re.findall(r"httpx\.(?:Async)?Client\([^)]*\)", file.read_text("utf-8")):
            found += 1
            assert "follow_redirects=True" not in call, file
    assert found > 0
    # What they do where nothing is said.
    assert httpx.AsyncClient().follow_redirects is False


async def test_no_address_of_the_description_asks_for_a_secret(house: House) -> None:
    for path, item in house.app.openapi()["paths"].items():
        for method in METHODS & set(item):
            for asked in item[method].get("parameters", ()):
                assert not re.search("password|secret|^code|^session$|token$|key$", asked["name"]), (
                    path,
                    asked["name"],
                )


@pytest.mark.parametrize(
    "name",
    [
        "काग़ज़ ১.pdf",
        'a"; filename="evil.exe.pdf',
        "a\r\nX-Evil: 1.pdf",
        "../../etc/passwd.pdf",
        "a%0d%0ab.pdf",
    ],
)
def test_a_name_of_any_letters_breaks_no_header(name: str) -> None:
    told = f"attachment; filename*=UTF-8''{quote(_plain_name(name), safe='')}"
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[A-Za-z0-9%._~-]+", told)


def test_a_request_of_two_lengths_is_refused(database_url: str) -> None:
    smuggled = (
        b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"0\r\n\r\nGET /api/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    twice = (
        b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n"
        b"GET /api/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with served(database_url) as address:
        for raw in (smuggled, twice):
            with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=10) as line:
                line.sendall(raw)
                said = line.recv(65536)
            assert said.startswith(b"HTTP/1.1 400"), said[:200]
            assert b"smuggled" not in said


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    # What mail, provider and database use where nothing else is said.
    context = ssl.create_default_context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    # Debian's Python leaves the oldest version to OpenSSL, which from 3.0 on refuses those before 1.2 at this level.
    is_left_to_openssl = context.minimum_version is ssl.TLSVersion.MINIMUM_SUPPORTED
    is_safe_there = ssl.OPENSSL_VERSION_INFO >= (3,) and context.security_level >= 1
    assert is_safe_there if is_left_to_openssl else context.minimum_version >= ssl.TLSVersion.TLSv1_2
    for file in (ROOT / "src" / "complianceai").rglob("*.py"):
        text = file.read_text("utf-8")
        for risky in ("verify=False", "CERT_NONE", "check_hostname = False", "_create_unverified_context",
                      "validate_certs=False", "allow_invalid_certificates"):  # fmt: skip
            assert risky not in text, (file.name, risky)


def test_no_secret_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("there is no repository here")
    shapes = re.compile(
        r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}|sk-[A-Za-z0-9]{40}|rzp_live_[A-Za-z0-9]{14}"
        r"|ghp_[A-Za-z0-9]{36}|xox[bp]-[0-9A-Za-z-]{20}|cai_[A-Za-z0-9_-]{43}"
    )
    files = [each for each in listed.stdout.split("\0") if each]
    assert not any(Path(each).name == ".env" for each in files)
    for each in files:
        path = ROOT / each
        if path.is_file() and path.stat().st_size < 1_000_000:
            assert not shapes.search(path.read_text("utf-8", errors="ignore")), each


async def test_a_day_is_written_as_iso_has_it(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for day in ("0", "1764547200", "2026-4-1", "20260401", "2026-04-31", "१२", "2026-04-01T00:00:00"):
        reply = await asha.get(f"/api/companies/{company}/calendar", params={"from": day})
        assert reply.status_code == 422, day
    good = await asha.get(f"/api/companies/{company}/calendar", params={"from": date(2026, 4, 1).isoformat()})
    assert good.status_code == 200
