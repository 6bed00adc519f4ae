"""A shop that is open, and the stand-in of Razorpay that it asks."""

from collections.abc import AsyncIterator

import pytest

from tests.billing.till import SETTINGS, Shop, open_shop
from tests.cast import open_house
from tests.support.clocks import Watch
from tests.support.razorpay import razorpay


@pytest.fixture
async def shop(database_url: str, redis_url: str | None) -> AsyncIterator[Shop]:
    clock = Watch()
    with razorpay(lambda: clock.now) as standin:
        settings = {**SETTINGS, "razorpay_base_url": standin.url}
        async with open_house(database_url, redis_url, **settings) as house:
            standin.clock = house.watch
            yield await open_shop(house, standin)
