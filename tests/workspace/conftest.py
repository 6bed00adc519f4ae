"""The whole application on a database of its own, with a place for files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import House, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute", data_dir=tmp_path) as made:
        yield made
