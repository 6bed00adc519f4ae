"""Fresh databases and caches for single tests, each by the name of its fixture."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest


@pytest.fixture
def empty_database_url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own, without tables."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        name = _create_database()
        yield _address_of(name)
        _drop_database(name)


@pytest.fixture
def server_url() -> Iterator[str]:
    """The address of an empty database on PostgreSQL; who asks for it runs only where there is one."""
    name = _create_database()
    yield _address_of(name)
    _drop_database(name)


@pytest.fixture
def database_url(engine: str, migrated_template: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own, with the present tables and no rows."""
    if engine == "sqlite":
        shutil.copyfile(migrated_template, tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
    else:
        name = _create_database(migrated_template)
        yield _address_of(name)
        _drop_database(name)


@pytest.fixture(scope="session")
def migrated_template(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What a fresh database is copied from, migrated once: a file, or the name of a database on the server."""
    if engine == "sqlite":
        file = tmp_path_factory.mktemp("template") / "template.db"
        asyncio.run(_migrate(f"sqlite:///{file}"))
        yield str(file)
    else:
        name = _create_database()
        asyncio.run(_migrate(_address_of(name)))
        yield name
        _drop_database(name)


@pytest.fixture
def redis_url(engine: str, request: pytest.FixtureRequest) -> str | None:
    """The address of an empty Valkey beside PostgreSQL; none beside SQLite, where its twin in the process serves."""
    return None if engine == "sqlite" else str(request.getfixturevalue("valkey_url"))


@pytest.fixture
def valkey_url(worker_id: str) -> str:
    """The address of an empty Valkey; a test that uses it is left out of a run on SQLite alone."""
    # Parallel workers must not wipe one another's keys; a server has sixteen numbered stores.
    number = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    given = urlsplit(os.environ["TEST_REDIS_URL"])
    url = given._replace(path=f"/{int(given.path.strip('/') or 0) + number}").geturl()
    from redis import Redis

    with Redis.from_url(url) as store:
        store.flushdb()
    return url


async def _migrate(url: str) -> None:
    from complianceai.storage.database import Database
    from complianceai.storage.migrate import migrate

    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


def _create_database(template: str = "template0") -> str:
    name = f"test_{uuid4().hex}"
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _drop_database(name: str) -> None:
    _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _address_of(name: str) -> str:
    return urlsplit(_server())._replace(path=f"/{name}").geturl()


def _server() -> str:
    return os.environ["TEST_DATABASE_URL"].replace("postgresql+asyncpg:", "postgresql:")


def _administer(statement: str) -> None:
    import asyncpg

    async def run() -> None:
        connection = await asyncpg.connect(_server())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())
