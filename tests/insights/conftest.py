"""A house for the tests of this room."""

from collections.abc import AsyncIterator

import pytest

from tests.cast import House, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made
