"""Each neighbour is looked at with its own limit, kept once, thinned, and shown to who runs the site alone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from complianceai.base.ids import new_id
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.entry.neighbours import neighbours
from complianceai.entry.settings import Settings
from complianceai.entry.worker import make_tools
from complianceai.jobs.registry import Registry
from complianceai.operations.status import looking, work
from complianceai.operations.status.history import read_history
from complianceai.operations.status.keeping import keep, thin
from complianceai.operations.status.looking import Found, look_around, mail_look, razorpay_look
from complianceai.operations.status.tables import service_checks, service_days
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.outbox import Job
from tests.cast import ASHA, BILAL, House, open_house
from tests.support.operators import register_operator

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made


async def test_what_is_silent_is_left_after_its_limit_and_what_breaks_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 0.1)

    async def silent() -> None:
        await asyncio.sleep(60)

    async def broken() -> None:
        raise OSError("redis://:password@host")

    async def says() -> str:
        return "key refused"

    async def well() -> None:
        return None

    found = await look_around({"silent": silent, "broken": broken, "says": says, "well": well})
    assert [(each.service, each.is_up, each.fault) for each in found] == [
        ("silent", False, "no answer in 0 s"),
        ("broken", False, "OSError"),
        ("says", False, "key refused"),
        ("well", True, None),
    ]
    assert all(each.milliseconds < 1000 for each in found)


async def test_every_neighbour_of_the_settings_is_looked_at(tmp_path: Any, free_tcp_port: int) -> None:
    settings = Settings(
        _env_file=None,
        redis_url="redis://127.0.0.1:9/0",
        smtp_url=f"smtp://127.0.0.1:{free_tcp_port}",
        openai_api_key="sk-1",
        openai_base_url="http://127.0.0.1:9/v1",
    )
    looks = neighbours(settings, Files(tmp_path.as_uri()), None)
    assert set(looks) == {"files", "cache", "mail", "model openai"}
    found = {each.service: each for each in await look_around(looks)}
    assert found["files"].is_up
    assert [found[name].is_up for name in ("cache", "mail", "model openai")] == [False, False, False]
    assert found["model openai"].fault == "unreachable"


async def test_a_mail_server_that_greets_is_up_and_has_had_no_mail(free_tcp_port: int) -> None:
    class Nobody:
        async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - the library's name for it
            raise AssertionError

    server = Controller(Nobody(), "127.0.0.1", free_tcp_port)
    server.start()
    try:
        [found] = await look_around({"mail": mail_look(f"smtp://127.0.0.1:{free_tcp_port}")})
    finally:
        server.stop()
    assert (found.is_up, found.fault) == (True, None)


async def test_a_look_is_kept_once_and_days_are_its_sums(database: Database) -> None:
    for number in range(3):
        found = [Found("mail", number != 1, 10 * (number + 1), None if number != 1 else "no answer in 3 s")]
        for _ in range(2):
            async with database.transaction() as connection:
                await keep(connection, found, NOW + number * MINUTE)
    async with database.reading() as connection:
        [service] = await read_history(connection, NOW + 3 * MINUTE)
    [day] = [each for each in service.days if each]
    assert (day.checks, day.failures, day.milliseconds, day.slowest) == (3, 1, 60, 30)
    assert service.is_up(NOW + 3 * MINUTE) is True
    assert service.is_up(NOW + timedelta(hours=1)) is None
    assert round(service.uptime or 0, 1) == 66.7
    assert [each.fault for each in service.failures] == ["no answer in 3 s"]
    assert len(service.line(NOW + 3 * MINUTE).split()) == 3


async def test_failures_stay_ninety_days_and_what_went_well_two(database: Database) -> None:
    ages = (timedelta(days=91), timedelta(days=89), timedelta(days=3), timedelta(hours=1))
    for age in ages:
        async with database.transaction() as connection:
            found = [Found("mail", True, 1, None), Found("cache", False, 1, "ConnectionError")]
            await keep(connection, found, NOW - age)
    async with database.transaction() as connection:
        await thin(connection, NOW)
        counted = select(service_checks.c.service, func.count()).group_by(service_checks.c.service)
        left = [(name, count) for name, count in await connection.execute(counted)]
        assert sorted(left) == [("cache", 3), ("mail", 1)]
        days = await connection.execute(select(func.count()).select_from(service_days))
        assert days.scalar_one() == 6


async def test_the_minutes_work_looks_around_and_keeps_what_it_found(database: Database) -> None:
    registry = Registry()

    async def well() -> None:
        return None

    work.add_to(registry, {"files": well})
    handler = registry.kinds[work.MINUTELY].outside
    assert handler is not None
    tools = make_tools(Settings(_env_file=None), database)
    tick = {"tick": NOW.isoformat()}
    for _ in range(2):
        await handler(tools, Job(new_id(), work.MINUTELY, tick, NOW, 0, 1))
    async with database.reading() as connection:
        rows = (await connection.execute(select(service_checks).order_by(service_checks.c.service))).all()
    assert [(row.service, row.is_up, row.at) for row in rows] == [
        ("database", True, NOW), ("files", True, NOW), ("jobs", True, NOW),
    ]  # fmt: skip


async def test_an_operator_sees_it_and_nobody_else_does(house: House) -> None:
    operator = await register_operator(house, BILAL)
    empty = await operator.get("/operator/status")
    assert "Nobody has looked yet" in empty.text
    now = house.watch.now
    async with house.database.transaction() as connection:
        for number in range(5):
            found = [Found("mail", number != 2, number, "<b>odd</b>" if number == 2 else None)]
            await keep(connection, found, now - number * MINUTE)
    page = (await operator.get("/operator/status")).text
    for words in ("80.00 % of all looks", "Answers", "&lt;b&gt;odd&lt;/b&gt;", "<polyline", "<title>"):
        assert words in page
    told = (await operator.get("/operator/status.json")).json()["data"]
    assert [(each["service"], each["state"], each["uptime"]) for each in told] == [("mail", "up", 80.0)]
    asha = await house.register(ASHA)
    for address in ("/operator/status", "/operator/status.json"):
        assert (await asha.get(address)).status_code == 404


async def test_razorpay_is_asked_for_one_payment_and_for_nothing_that_costs() -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    class Till(Razorpay):
        """A gateway that notes what is asked of it."""

        def __init__(self) -> None:
            """Without keys."""

        async def get(self, path: str, **query: Any) -> dict[str, Any]:
            asked.append((path, query))
            return {"items": []}

    [found] = await look_around({"razorpay": razorpay_look(Till())})
    assert found.is_up
    assert asked == [("payments", {"count": 1})]
