from pathlib import Path

import pytest

from complianceai.storage.errors import BadDatabaseUrl
from complianceai.storage.urls import read_url, sqlite_file


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("sqlite+pysqlite:///a.db", "sqlite+aiosqlite"),
        ("postgres://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql://u:p@h:5432/d", "postgresql+asyncpg"),
        ("postgresql+psycopg://u@h/d", "postgresql+asyncpg"),
    ],
)
def test_common_spellings_are_read(given: str, driver: str) -> None:
    assert read_url(given).drivername == driver


def test_the_option_of_hosting_pages_is_renamed_for_the_driver() -> None:
    assert dict(read_url("postgres://u:p@h/d?sslmode=require").query) == {"ssl": "require"}


@pytest.mark.parametrize(
    "given",
    [
        "",
        "data.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://u:secret@h/d",
        "postgres://u:secret@h:port/d",
    ],
)
def test_other_addresses_are_refused_without_repeating_a_password(given: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="Write sqlite:///") as refused:
        read_url(given)
    assert "secret" not in str(refused.value)


def test_only_a_database_in_a_file_has_a_file() -> None:
    assert sqlite_file(read_url("sqlite:////var/a.db")) == Path("/var/a.db")
    assert sqlite_file(read_url("postgres://h/d")) is None
