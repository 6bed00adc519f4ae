"""The health of the product, told to whoever watches over it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from complianceai.operations.health import examine
from complianceai.storage.beats import workers
from complianceai.storage.database import Database
from complianceai.storage.outbox import claim, give_up, put_in_outbox, try_again
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
        "worker": "not running",
        "mail": "not configured",
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


async def test_the_state_of_the_worker_tells_of_death_delay_and_failure(database_url: str) -> None:
    database = Database(database_url)
    now = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)

    async def state() -> str:
        return (await examine(database, None, {}, now)).services["worker"]

    assert await state() == "not running"
    async with database.transaction() as connection:
        beat = {"id": "worker", "started_at": now, "beat_at": now - timedelta(seconds=20)}
        await connection.execute(insert(workers).values(beat))
        await put_in_outbox(connection, "mail", {}, now - timedelta(minutes=4))
    assert await state() == "healthy"
    async with database.transaction() as connection:
        job_id = await put_in_outbox(connection, "mail", {}, now - timedelta(minutes=6))
    assert await state() == "unhealthy"
    async with database.transaction() as connection:
        job = await claim(connection, job_id, 0, now)
        assert job is not None
        await give_up(connection, job, "no such mailbox", now - timedelta(hours=25))
    assert await state() == "healthy"
    async with database.transaction() as connection:
        assert await try_again(connection, job_id, now)
        job = await claim(connection, job_id, 1, now)
        assert job is not None
        await give_up(connection, job, "no such mailbox", now)
    assert await state() == "unhealthy"
    await database.close()
