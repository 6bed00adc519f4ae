"""A paper that all have signed is a deed of whoever asked for it: counted, and asked about, wherever it was sealed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from complianceai.insights.counting.tables import actions_done
from complianceai.insights.surveys.tables import surveys
from complianceai.tenancy.tables import people
from tests.cast import ASHA, House, open_house
from tests.jobs.processes import start_worker, until
from tests.support.mails import mails_of
from tests.workspace.signing.signing import CHITRA_SIGNS, approved, ask, sign, token_in


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute", tracking="on") as made:
        yield made


async def asked_after_a_signature(house: House) -> list[str]:
    """Whom a question waits for that came of a signature, by name."""
    wanted = select(people.c.name).join_from(surveys, people).where(surveys.c.moment == "document_signed")
    async with house.database.reading() as connection:
        return list((await connection.execute(wanted)).scalars())


async def signed(house: House) -> int:
    """How many signed papers were counted."""
    wanted = select(actions_done.c.id).where(actions_done.c.kind == "document_signed")
    async with house.database.reading() as connection:
        return len((await connection.execute(wanted)).all())


async def test_whoever_asked_is_asked_how_it_went_once_all_have_signed_and_not_before(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token = token_in((await mails_of(house))[0])
    await house.app.state.insights.counter.flush()
    assert (await signed(house), await asked_after_a_signature(house)) == (0, [])
    assert await sign(house, await house.visitor(), token) == 303
    await mails_of(house)
    await house.app.state.insights.counter.flush()
    assert (await signed(house), await asked_after_a_signature(house)) == (1, [ASHA.name])
    told = (await asha.get("/api/survey")).json()["data"]
    assert (told["question"], told["lowest"], told["highest"]) == ("csat", 1, 5)


async def test_a_worker_of_its_own_counts_what_it_did(house: House, tmp_path: Path) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    assert await sign(house, await house.visitor(), token_in((await mails_of(house))[0])) == 303

    async def is_asked() -> bool:
        return await asked_after_a_signature(house) == [ASHA.name]

    worker = start_worker(tmp_path, house.settings.database, 9)
    try:
        await until(is_asked, 90)
    finally:
        worker.terminate()
        await asyncio.to_thread(worker.wait)
    await house.app.state.insights.refresh()
    assert (await asha.get("/api/survey")).status_code == 200
