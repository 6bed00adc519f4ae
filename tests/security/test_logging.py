"""The log says who did what, when and from where, and nothing that would harm anybody who is in it."""

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from complianceai.entry.logs import configure_logs
from complianceai.entry.settings import Settings
from tests.cast import ASHA, CHITRA, House, describe, open_house

GIVEN = {"email": ASHA.email, "password": ASHA.password}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="20/minute") as made:
        yield made


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """The file that the log goes to, as in production; afterwards everything is as it was."""
    root = logging.getLogger()
    handlers, level, kept = list(root.handlers), root.level, structlog.get_config()
    configure_logs(Settings(_env_file=None, log_dir=tmp_path))
    # A logger that was made ready here would stay so, and what later tests do would pass by their ears.
    structlog.configure(cache_logger_on_first_use=False)
    yield tmp_path / "combined.log"
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers, root.level = handlers, level
    structlog.configure(**kept)


def _lines(file: Path) -> list[str]:
    return [each for each in file.read_text("utf-8").splitlines() if each]


async def test_who_comes_in_and_who_is_kept_out_is_logged_with_place_and_way(house: House) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    with capture_logs() as logs:
        await client.post("/api/auth/login", json={**GIVEN, "password": "Wrong?Word-2026"})
        await client.post("/login", data={"email": "nobody@example.com", "password": "Wrong?Word-2026"})
        await client.post("/api/auth/login", json=GIVEN)
        await client.get("/api/auth/me")
    refused = [each for each in logs if each["event"] == "sign_in.refused"]
    assert [each["is_known"] for each in refused] == [True, False]
    assert {each["address"] for each in refused} == {"127.0.0.1"}
    assert refused[0]["log_level"] == "warning"
    [entered] = [each for each in logs if each["event"] == "account" and each["what"] == "signed_in"]
    assert entered["person"]
    requests = [each for each in logs if each["event"] == "request"]
    assert requests[-1]["person"] == entered["person"]
    assert requests[0]["person"] is None
    assert {each["address"] for each in requests} == {"127.0.0.1"}


async def test_what_is_refused_by_right_input_rate_or_origin_is_logged(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    stranger = await house.visitor()
    with capture_logs() as logs:
        await chitra.get(f"/api/companies/{company}")
        await stranger.get("/api/companies")
        await asha.post("/api/companies", json={"profile": 1})
        await asha.post("/api/companies", headers={"origin": "https://evil.example"})
        for _ in range(30):
            await stranger.get("/api/companies")
    codes = {each["code"] for each in logs if each["event"] == "refused"}
    assert {
        "tenancy.company_missing", "tenancy.not_signed_in", "base.invalid_input", "site.from_another_site",
        "base.too_many_requests",
    } <= codes  # fmt: skip


async def test_nothing_secret_and_nobody_s_name_is_logged(house: House, written: Path) -> None:
    asha = await house.register(ASHA)
    token = (await asha.post("/api/auth/tokens", json={"name": "p", "may": ["read"]})).json()["data"]["token"]
    await (await house.visitor(authorization=f"Bearer {token}")).get("/api/auth/me")
    await (await house.visitor()).post("/api/auth/login", json={**GIVEN, "password": "Wrong?Word-2026"})
    await asha.get("/login?next=/app&password=typed-into-the-address")
    await describe(asha)
    text = "\n".join(_lines(written))
    assert "request" in text
    secrets = (ASHA.password, "Wrong?Word", token, asha.cookies["complianceai"], "typed-into", "$argon2")
    for secret in (*secrets, ASHA.email, ASHA.name, "Rao Textiles"):
        assert secret not in text


async def test_no_text_of_anybody_begins_a_line_of_its_own(
    house: House, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = "%0A%0D2026-01-01 [info] forged%1b[31m%E2%80%A8x"
    for agent in ("x", "a\tb"):
        client = await house.visitor(**{"user-agent": agent})
        await client.get(f"/nowhere{forged}")
        await client.get(f"/api/companies/{forged}")
    lines = _lines(written)
    assert lines
    for line in lines:
        assert json.loads(line)["event"], line
    shown = capsys.readouterr().err
    assert not re.search(r"^2026-01-01", shown, re.MULTILINE)
    assert "\x1b[31m" not in shown


async def test_each_line_says_when_in_utc_which_request_and_how_bad(house: House, written: Path) -> None:
    await (await house.visitor()).get("/nowhere")
    lines = [json.loads(each) for each in _lines(written)]
    for line in lines:
        when = datetime.fromisoformat(line["timestamp"])
        assert when.utcoffset() is not None
        assert when.utcoffset().total_seconds() == 0  # type: ignore[union-attr]
        assert {"event", "level", "logger"} <= set(line)
    assert len({each["request_id"] for each in lines if "request_id" in each}) == 1
