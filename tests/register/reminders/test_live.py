"""The bell: its number is told when it changes, to its person alone, by one look for all who watch."""

import asyncio
from uuid import UUID

import pytest
from starlette.types import Message

from complianceai.register.reminders import live
from complianceai.register.reminders.live import Bell
from complianceai.register.reminders.queries.alerts import unread_of_one
from complianceai.storage.database import Database
from complianceai.tenancy.policies import Role
from tests.register.reminders.office import Office
from tests.register.reminders.test_telling import only


class Caller:
    """Somebody at the other end of a line: what they heard, and when they go."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[Message] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.takes = True

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if not self.takes:
            await asyncio.Event().wait()
        await self.heard.put(message)
        if not message["more_body"]:
            self.gone.set()  # as a server does once a reply is whole

    async def next(self) -> bytes:
        body: bytes = (await asyncio.wait_for(self.heard.get(), 20))["body"]
        return body

    def watch(self, bell: Bell, person: UUID) -> "asyncio.Task[None]":
        return asyncio.create_task(bell.tell(person, 0, self.receive, self.send))


def people_of(office: Office) -> tuple[UUID, UUID]:
    return UUID(office.firm.ids[Role.OWNER]), UUID(office.firm.ids[Role.REVIEWER])


async def test_the_number_is_told_at_once_and_whenever_it_changes(office: Office) -> None:
    await only(office)
    bell = Bell(office.tools.database, every_seconds=0.02)
    (owner, other), mine, theirs = people_of(office), Caller(), Caller()
    tasks = [mine.watch(bell, owner), theirs.watch(bell, other)]
    assert (await mine.next(), await theirs.next()) == (b"data: 0\n\n", b"data: 0\n\n")
    assert await unread_of_one(office.tools.database, owner) == 0
    await office.tick()
    assert await mine.next() == b"data: 1\n\n"
    assert await unread_of_one(office.tools.database, owner) == 1
    await office.firm.owner.post("/app/alerts/read", data={})
    assert await mine.next() == b"data: 0\n\n"
    await asyncio.sleep(0.1)
    assert theirs.heard.empty()
    for each in (mine, theirs):
        each.gone.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 10)
    # Nobody watches, so nothing is looked at.
    assert bell._looking is None
    assert not bell._watchers


async def test_it_ends_by_itself_so_that_the_browser_shows_again_who_it_is(office: Office) -> None:
    bell, caller = Bell(office.tools.database, every_seconds=0.02, lasts_seconds=0.1), Caller()
    await asyncio.wait_for(caller.watch(bell, people_of(office)[0]), 10)
    assert [await caller.next() for _ in range(2)] == [b"data: 0\n\n", b""]
    assert bell._looking is None


async def test_a_line_on_which_nothing_changes_is_kept_from_falling_asleep(office: Office) -> None:
    bell, caller = Bell(office.tools.database, every_seconds=0.02, silent_seconds=0.05), Caller()
    watching = caller.watch(bell, people_of(office)[0])
    assert [await caller.next() for _ in range(3)] == [b"data: 0\n\n", b":\n\n", b":\n\n"]
    caller.gone.set()
    await watching


async def test_nobody_waits_for_whoever_does_not_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SAID_WITHIN_SECONDS", 0.05)
    bell = Bell(office.tools.database, every_seconds=0.02, silent_seconds=0.05)
    (owner, other), stuck, well = people_of(office), Caller(), Caller()
    tasks = [stuck.watch(bell, owner), well.watch(bell, other)]
    assert await stuck.next() == await well.next() == b"data: 0\n\n"
    stuck.takes = False
    assert [await well.next() for _ in range(5)] == [b":\n\n"] * 5
    for each in (stuck, well):
        each.gone.set()
    await asyncio.gather(*tasks)


async def test_a_database_that_is_away_ends_no_stream(office: Office) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/none")
    bell, caller = Bell(away, every_seconds=0.02, silent_seconds=0.05), Caller()
    watching = caller.watch(bell, people_of(office)[0])
    assert [await caller.next() for _ in range(3)] == [b"data: 0\n\n", b":\n\n", b":\n\n"]
    caller.gone.set()
    await watching
    await away.close()


async def test_a_token_hears_no_bell_and_a_page_without_scripts_has_the_way(office: Office) -> None:
    visitor = await office.house.visitor()
    assert (await visitor.get("/app/alerts/live")).status_code == 303
    page = await office.firm.owner.get("/app")
    assert 'href="/app/alerts"' in page.text
    assert "Nothing yet" in (await office.firm.owner.get("/app/alerts")).text
