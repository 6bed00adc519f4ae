"""The bell: its number is told when it changes, to its person alone, by one look for all who watch."""

import asyncio
from uuid import UUID

import pytest

from complianceai.register.reminders.live import Bell
from complianceai.tenancy.policies import Role
from tests.register.reminders.office import Office
from tests.register.reminders.test_telling import only


async def test_the_number_is_told_at_once_and_whenever_it_changes(office: Office) -> None:
    await only(office)
    bell = Bell(office.tools.database, every_seconds=0.02)
    owner, other = UUID(office.firm.ids[Role.OWNER]), UUID(office.firm.ids[Role.REVIEWER])
    mine, theirs = bell.counts(owner, 20), bell.counts(other, 20)
    assert (await anext(mine), await anext(theirs)) == (0, 0)
    await office.tick()
    assert await anext(mine) == 1
    await office.firm.owner.post("/app/alerts/read", data={})
    assert await anext(mine) == 0
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(theirs), 0.2)
    await mine.aclose()
    await theirs.aclose()
    # Nobody watches, so nothing is looked at.
    assert bell._looking is None


async def test_it_ends_by_itself_so_that_the_browser_shows_again_who_it_is(office: Office) -> None:
    bell = Bell(office.tools.database, every_seconds=10)
    assert [count async for count in bell.counts(UUID(office.firm.ids[Role.OWNER]), 0.1)] == [0]
    assert bell._looking is None


async def test_a_token_hears_no_bell_and_a_page_without_scripts_has_the_way(office: Office) -> None:
    visitor = await office.house.visitor()
    assert (await visitor.get("/app/alerts/live")).status_code == 303
    page = await office.firm.owner.get("/app")
    assert 'href="/app/alerts"' in page.text
    assert "Nothing yet" in (await office.firm.owner.get("/app/alerts")).text
