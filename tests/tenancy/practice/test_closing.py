"""A practice is closed as quickly with many clients as with few; what they owe follows in the background."""

from uuid import UUID

from sqlalchemy import event, func, select

from complianceai.register.tasks.keeping import keep_all_in_step
from complianceai.register.tasks.tables import tasks
from complianceai.storage.outbox import State, outbox
from complianceai.tenancy.wishes import AT_ONCE, FOLLOW
from tests.cast import DEV, House
from tests.support.mails import mails_of
from tests.tenancy.practice.office import make_client, make_practice, sees, set_access


async def _closed(house: House, count: int) -> int:
    """How many statements closing a practice with so many clients took."""
    dev = await house.register(DEV._replace(email=f"dev{count}@example.com"))
    practice = await make_practice(dev)
    day = house.watch.now.date().isoformat()
    made = [await make_client(dev, practice) for _ in range(count)]
    for each in made:
        assert (await set_access(dev, practice, each, "everyone", startsOn=day)).status_code == 200
    seen: list[str] = []
    engine = house.database.engine.sync_engine

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    assert (await dev.delete(practice)).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    assert {await sees(dev, each) for each in made} == {"owner"}
    return len(seen)


async def test_closing_takes_no_more_statements_for_more_clients(house: House) -> None:
    assert await _closed(house, 2) == await _closed(house, 7)


async def test_the_worker_brings_the_clients_in_step_a_few_at_a_time(house: House) -> None:
    count = AT_ONCE + 2
    await _closed(house, count)
    async with house.database.reading() as connection:
        wanted = select(outbox.c.payload).where(outbox.c.kind == FOLLOW, outbox.c.state != State.DONE.value)
        jobs = [len(each["companies"]) for each in (await connection.execute(wanted)).scalars()]
    assert sorted(jobs) == [2, AT_ONCE]
    await mails_of(house)
    async with house.database.reading() as connection:
        lapsed = select(func.count()).where(tasks.c.lapse == "before_engagement")
        assert (await connection.execute(lapsed)).scalar_one() == 0
    assert await keep_all_in_step(house.database, house.watch.now) == 0


async def test_a_client_is_shown_as_it_stands_before_the_worker_has_come(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    day = house.watch.now.date().isoformat()
    assert (await set_access(dev, practice, company, "everyone", startsOn=day)).status_code == 200
    bounded = (await dev.get(f"/api/companies/{company}/tasks")).json()["page"]["total"]
    assert (await dev.delete(practice)).status_code == 200
    assert (await dev.get(f"/api/companies/{company}/tasks")).json()["page"]["total"] > bounded
    async with house.database.reading() as connection:
        mine = tasks.c.company_id == UUID(company)
        lapsed = select(func.count()).where(mine, tasks.c.lapse == "before_engagement")
        assert (await connection.execute(lapsed)).scalar_one() == 0
