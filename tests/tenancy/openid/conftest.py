"""A provider on a loopback port, and a house that takes its word."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.cast import House, Watch, open_house
from tests.support.provider import Standin, provider
from tests.tenancy.openid.trips import settings


@pytest.fixture
def standin() -> Iterator[Standin]:
    with provider(Watch()) as made:
        yield made


@pytest.fixture
async def house(database_url: str, redis_url: str | None, standin: Standin) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, **settings(standin)) as made:
        standin.clock = made.watch
        yield made
