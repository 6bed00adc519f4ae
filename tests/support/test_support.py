"""The fixtures do what they promise."""

import socket
import warnings

import pytest
from pytest_socket import SocketConnectBlockedError
from redis import Redis
from sqlalchemy import inspect, text

from complianceai.storage.database import Database


async def _tables(url: str) -> list[str]:
    database = Database(url)
    async with database.reading() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await database.close()
    return names


async def test_a_fresh_database_has_the_present_tables(database_url: str) -> None:
    assert {"people", "companies", "alembic_version"} <= set(await _tables(database_url))


async def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    assert await _tables(empty_database_url) == []


@pytest.mark.parametrize("turn", [1, 2])
async def test_what_one_test_writes_the_next_does_not_see(database_url: str, turn: int) -> None:
    assert "scratch" not in await _tables(database_url), turn
    database = Database(database_url)
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE scratch (id INTEGER)"))
    await database.close()
    assert "scratch" in await _tables(database_url)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_caches_the_next_does_not_see(valkey_url: str, turn: int) -> None:
    with Redis.from_url(valkey_url) as store:
        assert store.get("turn") is None
        store.set("turn", turn)


def test_the_cache_stands_beside_postgresql_and_its_twin_beside_sqlite(
    engine: str, redis_url: str | None
) -> None:
    assert (redis_url is None) == (engine == "sqlite")


def test_a_connection_beyond_this_machine_is_refused() -> None:
    with socket.socket() as probe, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(SocketConnectBlockedError):
            probe.connect(("192.0.2.1", 80))
