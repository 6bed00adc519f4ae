"""Settings are checked by name before anything starts, and shown without their secrets."""

import json
from pathlib import Path

import pytest

from complianceai.entry.errors import BadSettings
from complianceai.entry.settings import DEVELOPMENT_KEY, Settings, load_settings
from complianceai.entry.showing import MASK, print_settings, shown

GOOD_KEY = "a-random-text-of-more-than-thirty-two-characters"
ELSEWHERE = {
    "OIDC_NAME": "Example", "OIDC_ISSUER": "https://id.example/", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "x",
}  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def faults(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    try:
        load_settings()
    except BadSettings as error:
        return str(error).splitlines()
    return []


def test_nothing_need_be_set_for_a_trial(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.database == f"sqlite:///{tmp_path / 'data' / 'complianceai.db'}"
    assert settings.ai_providers == ("openai", "perplexity", "huggingface", "simple")
    assert settings.keys == {"mail": False, "openai": False, "razorpay": False}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:hidden@h/d"),
        ("DATABASE_POOL_SIZE", "none"),
        ("REDIS_URL", "http://hidden"),
        ("ENVIRONMENT", "staging"),
        ("DEBUG", "perhaps"),
        ("LOG_LEVEL", "chatty"),
        ("ALLOWED_ORIGINS", "https://a.example,hidden"),
        ("ALLOWED_ORIGINS", "https://a.example/path"),
        ("TRUSTED_PROXIES", "*"),
        ("PUBLIC_URL", "ftp://hidden"),
        ("PUBLIC_URL", "https://host:port"),
        ("RATE_LIMIT", "often"),
        ("SMTP_URL", "hidden"),
        ("MAIL_FROM", "hidden"),
        ("STORAGE_URL", "hidden"),
        ("AI_PROVIDERS", "openai,oracle"),
        ("OPENAI_BASE_URL", "hidden"),
        ("RAZORPAY_BASE_URL", "hidden"),
        ("SELLER_GSTIN", "27AAPFU0939F1ZW"),
        ("SELLER_SAC", "997"),
        ("SELLER_SAC", "123456"),
        ("SELLER_TURNOVER", "6"),
        ("OIDC_ISSUER", "hidden"),
        ("OIDC_ISSUER", "https://id.example/?hidden"),
        ("OIDC_DOMAINS", "example.com,hidden"),
        ("OIDC_DOMAINS", "hidden@example.com"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    lines = faults(monkeypatch, **{name: value})
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}: ")
    assert "hidden" not in lines[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://u:p@h:5432/d?sslmode=require"),
        ("REDIS_URL", "valkey://h:6379/1"),
        ("LOG_LEVEL", "DEBUG"),
        ("ALLOWED_ORIGINS", "https://a.example, http://localhost:3000"),
        ("TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8,::1"),
        ("SMTP_URL", "smtps://u:p@mail.example:465"),
        ("MAIL_FROM", "ComplianceAI <no-reply@example.com>"),
        ("STORAGE_URL", "s3://bucket/prefix"),
        ("STORAGE_URL", "file:///var/files"),
        ("AI_PROVIDERS", "simple"),
        ("RATE_LIMIT", "5/second"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY_PREVIOUS", "one, another"),
        ("OIDC_DOMAINS", "Example.com, @example.co.in"),
    ],
)
def test_usual_values_are_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    assert faults(monkeypatch, **{name: value}) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "SECRET_KEY: is needed"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: is shorter"),
        ({"SECRET_KEY": GOOD_KEY, "DEBUG": "true"}, "DEBUG: is on"),
        ({"SECRET_KEY": GOOD_KEY, "SECRET_KEY_PREVIOUS": f"{GOOD_KEY}s,short"}, "SECRET_KEY_PREVIOUS: holds"),
        ({"SECRET_KEY": GOOD_KEY, "SECRET_KEY_PREVIOUS": DEVELOPMENT_KEY}, "SECRET_KEY_PREVIOUS: holds"),
        ({"SECRET_KEY": GOOD_KEY, **ELSEWHERE}, "PUBLIC_URL: is needed"),
        (
            {"SECRET_KEY": GOOD_KEY, **ELSEWHERE, "OIDC_ISSUER": "http://id.example"},
            "OIDC_ISSUER: is no address",
        ),
    ],
)
def test_production_is_refused_while_unsafe(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    lines = faults(monkeypatch, ENVIRONMENT="production", **settings)
    assert len(lines) == 1
    assert lines[0].startswith(told)


def test_production_starts_with_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, ENVIRONMENT="production", SECRET_KEY=GOOD_KEY) == []


def test_the_keys_before_stand_after_the_key_that_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "new")
    assert load_settings().secret_keys == ("new",)
    monkeypatch.setenv("SECRET_KEY_PREVIOUS", "old, older")
    assert load_settings().secret_keys == ("new", "old", "older")


def test_an_account_elsewhere_is_set_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, **ELSEWHERE) == []
    assert load_settings().oidc_issuer == "https://id.example/"
    monkeypatch.delenv("OIDC_CLIENT_SECRET")
    (line,) = faults(monkeypatch)
    assert line.startswith("OIDC_ISSUER: OIDC_NAME, OIDC_ISSUER")


def test_the_signature_service_is_set_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    whole = {
        "ESIGN_URL": "https://esp.example/form", "ESIGN_ASP_ID": "ASP", "ESIGN_PEM": pem, "ESIGN_CERTIFICATE": pem,
        "CCA_ROOTS": pem, "PUBLIC_URL": "https://here.example",
    }  # fmt: skip
    assert faults(monkeypatch, **whole) == []
    for name, value in whole.items():
        monkeypatch.delenv(name)
        [line] = faults(monkeypatch)
        assert line.startswith("ESIGN_URL: ESIGN_URL, ESIGN_ASP_ID")
        monkeypatch.setenv(name, value)


def test_certificates_are_text_and_their_lists_lie_in_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    [line] = faults(monkeypatch, CCA_ROOTS="/etc/roots.pem")
    assert line.startswith("CCA_ROOTS: is no certificate in PEM")
    monkeypatch.delenv("CCA_ROOTS")
    [line] = faults(monkeypatch, CCA_CRL_DIR="/nowhere/at/all")
    assert line.startswith("CCA_CRL_DIR: is no folder")


def test_each_value_is_shown_with_where_it_came_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "OPENAI_API_KEY=sk-secret\nLOG_LEVEL=error\nSMTP_URL=smtp://u:secret@h:25\n"
    )
    monkeypatch.setenv("LOG_LEVEL", "warning")
    found = {row.name: (row.value, row.source) for row in shown(load_settings())}
    assert found["OPENAI_API_KEY"] == (MASK, ".env")
    assert found["LOG_LEVEL"] == ("warning", "environment")
    assert found["ENVIRONMENT"] == ("development", "default")
    assert found["SMTP_URL"] == ("smtp://u:***@h:25", ".env")
    assert found["SECRET_KEY"] == (MASK, "default")


@pytest.mark.parametrize("output", ["table", "json"])
def test_no_secret_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    secrets = ("OPENAI_API_KEY", "RAZORPAY_KEY_SECRET", "METRICS_TOKEN", "SECRET_KEY", "SECRET_KEY_PREVIOUS")
    for name in secrets:
        monkeypatch.setenv(name, "hidden-value")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hidden-value@h/d")
    print_settings(output)
    printed = capsys.readouterr().out
    assert "hidden-value" not in printed
    assert "RAZORPAY_KEY_SECRET" in printed
    if output == "json":
        assert {"name": "RATE_LIMIT", "value": "100/15minutes", "source": "default"} in json.loads(printed)


def test_an_env_file_that_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A")
    assert faults(monkeypatch) == [".env is not text in UTF-8. Save it as such, or remove it."]
