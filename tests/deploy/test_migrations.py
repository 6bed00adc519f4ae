"""Migrations only add, so that the version before runs on the schema of the version after (docs/shipping.md)."""

import re
from pathlib import Path

import pytest

from complianceai.storage import migrations

VERSIONS = sorted((Path(migrations.__path__[0]) / "versions").glob("[0-9]*.py"))
TAKING_AWAY = re.compile(
    r"(?i)\bdrop_(?:table|column)\(|\brename_table\(|new_column_name|\bDROP (?:TABLE|COLUMN)\b"
)


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_takes_nothing_away_that_the_version_before_uses(file: Path) -> None:
    assert TAKING_AWAY.findall(file.read_text("utf-8")) == []


def test_what_takes_away_would_be_seen() -> None:
    assert len(VERSIONS) >= 17
    assert TAKING_AWAY.search('batch.drop_column("name")')
    assert TAKING_AWAY.search("ALTER TABLE tasks DROP COLUMN name")
