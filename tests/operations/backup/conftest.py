"""A lived-in product of either engine, a place for its backups, and PostgreSQL's client programs on the path."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from complianceai.operations.backup.places import Place
from complianceai.storage.files import Files
from tests.cast import ASHA, House, describe, open_house
from tests.support.servers import client_programs

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
# No bit of it can be left out: of a long run of zeros several codes mean the same.
BULK = b"".join(sha256(str(number).encode()).digest() for number in range(40_000))
AREA = "5d1f3c6e-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, None, rate_limit="10000/minute") as made:
        asha = await made.register(ASHA)
        await describe(asha, name="अशोक Foods")
        yield made


@pytest.fixture
async def files(tmp_path: Path) -> Files:
    made = Files((tmp_path / "files").as_uri())
    for content in (b"a challan", BULK):
        await made.keep(AREA, _one(content), limit_bytes=1 << 24)
    return made


async def _one(content: bytes) -> AsyncIterator[bytes]:
    yield content


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place((tmp_path / "backups").as_uri())
