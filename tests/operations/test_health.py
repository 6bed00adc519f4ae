"""The health of the product, told to whoever watches over it."""

from datetime import datetime

import pytest

from complianceai.operations.health import examine
from complianceai.storage.database import Database
from tests.cast import open_house


async def test_a_sound_house_is_healthy(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url, openai_api_key="sk-1") as house:
        reply = await (await house.visitor()).get("/api/health")
        now = house.watch.now
    body = reply.json()
    assert (reply.status_code, body["status"]) == (200, "healthy")
    assert datetime.fromisoformat(body["timestamp"]) == now
    assert body["responseTime"].removesuffix("ms").isdecimal()
    assert body["services"] == {
        "database": "healthy",
        "redis": "healthy" if redis_url else "not configured",
        "openai": "configured",
        "razorpay": "not configured",
    }


async def test_without_its_database_it_is_unhealthy_and_says_no_more_than_that() -> None:
    async with open_house("postgresql://u:secret@127.0.0.1:9/d") as house:
        reply = await (await house.visitor()).get("/api/health")
    assert (reply.status_code, reply.json()["status"]) == (503, "unhealthy")
    assert reply.json()["services"]["database"] == "unhealthy"
    assert "127.0.0.1" not in reply.text


@pytest.mark.parametrize("has_keys", [True, False])
async def test_without_its_store_it_goes_on(database_url: str, *, has_keys: bool) -> None:
    database = Database(database_url)
    report = await examine(
        database, "redis://127.0.0.1:9/0", {"openai": has_keys}, datetime.fromtimestamp(0).astimezone()
    )
    await database.close()
    assert report.is_healthy
    assert report.services["redis"] == "unhealthy"
    assert report.services["openai"] == ("configured" if has_keys else "not configured")
