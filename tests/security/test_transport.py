"""Nothing goes anywhere unencrypted in production, and secrets come from where secrets are kept."""

import re
from pathlib import Path

import pytest

from complianceai.entry.errors import BadSettings
from complianceai.entry.settings import Settings, load_settings

KEY = "a-random-text-of-more-than-thirty-two-characters"
PROXY = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text("utf-8")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("SECRET_KEY", KEY)


def faults(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    try:
        load_settings()
    except BadSettings as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("name", "plain", "encrypted"),
    [
        (
            "DATABASE_URL",
            "postgresql://u:hidden@db.example/d",
            "postgresql://u:p@db.example/d?sslmode=verify-full",
        ),
        ("DATABASE_URL", "postgresql://u:hidden@db/d?sslmode=prefer", "postgresql://u:p@db/d?ssl=require"),
        ("REDIS_URL", "redis://:hidden@cache.example:6379/0", "rediss://:p@cache.example:6379/0"),
        ("OPENAI_BASE_URL", "http://models.example/v1", "https://models.example/v1"),
        ("RAZORPAY_BASE_URL", "http://pay.example", "https://pay.example"),
    ],
)
def test_production_goes_to_no_other_machine_unencrypted(
    monkeypatch: pytest.MonkeyPatch, name: str, plain: str, encrypted: str
) -> None:
    told = faults(monkeypatch, **{name: plain})
    assert told.startswith(f"{name}: would go to ")
    assert "hidden" not in told
    assert faults(monkeypatch, **{name: encrypted}) == ""
    host = re.split(r"[@/:?]+", plain.partition("://")[2].rpartition("@")[2])[0]
    assert faults(monkeypatch, **{name: plain, "PRIVATE_HOSTS": host}) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:p@127.0.0.1/d"),
        ("DATABASE_URL", "sqlite:////var/lib/complianceai.db"),
        ("DATABASE_URL", "postgresql:///d?host=/run/postgresql"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("REDIS_URL", "unix:///run/valkey.sock"),
    ],
)
def test_on_this_machine_nothing_needs_encryption(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert faults(monkeypatch, **{name: value}) == ""


def test_secrets_may_come_from_the_files_of_a_vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY")
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "secret_key").write_text(KEY + KEY)
    monkeypatch.setenv("SECRETS_DIR", str(folder))
    assert load_settings().secret_key.get_secret_value() == KEY + KEY
    assert KEY not in repr(load_settings())


def test_the_proxy_speaks_only_recent_tls_and_prefers_the_best() -> None:
    assert re.search(r"ssl_protocols TLSv1\.2 TLSv1\.3;", PROXY)
    ciphers = re.search(r"ssl_ciphers ([^;]+);", PROXY)
    assert ciphers is not None
    for each in ciphers[1].split(":"):
        assert each.startswith("ECDHE-")
        assert "GCM" in each or "POLY1305" in each
    assert "256" in ciphers[1].split(":")[0]


def test_the_proxy_leads_pages_over_to_https_and_no_program() -> None:
    [plain] = [each for each in PROXY.split("server {") if "listen 80;" in each]
    assert "location /api/ { return 403; }" in plain
    assert "location / { return 308 https://" in plain
    assert "proxy_pass" not in plain


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded"]
)
def test_the_proxy_writes_anew_what_a_caller_could_claim(name: str) -> None:
    found = re.search(rf"proxy_set_header {name} ([^;]+);", PROXY)
    assert found is not None
    assert found[1] in {"$remote_addr", "https", '""'}


def test_the_proxy_passes_on_whole_requests_only_and_no_trace() -> None:
    assert "proxy_request_buffering on;" in PROXY
    assert "if ($request_method = TRACE) { return 405; }" in PROXY
    assert "autoindex" not in PROXY
