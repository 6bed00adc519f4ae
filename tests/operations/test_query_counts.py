"""No page and no reply asks the database oftener because there is more to show.

Every address that is read is counted twice, among ten rows of everything and among many more: sixty always, so that one
look would not do where a page has fifty, and a thousand where there is time (`--slow`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import iter_route_contexts
from httpx import AsyncClient
from sqlalchemy import event

from complianceai.base.ids import new_id
from complianceai.tenancy.policies import Role
from tests.cast import House, open_house
from tests.operations.carrying.conftest import live_in
from tests.operations.filling import DAY, NOW, canonical, copied, fill, first_of

FEW = 10
# Where there is more than the plan has room for, or than a page, that may cost one look, and never one for each.
ONE_MORE = 1
# Not read a page at a time but whole, as a file, or without an end.
WHOLE = ("/live", ".jsonl", "/export", "/export.json", "/openapi.json", ".ics", ".csv", ".xlsx")


# Set where a request is made, so that what a process does beside its requests is not counted with them.
_said: ContextVar[list[str] | None] = ContextVar("said", default=None)


@contextmanager
def counting() -> Iterator[list[str]]:
    said: list[str] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    said = _said.get()
    if said is not None:
        said.append(statement)


class Lived:
    """A person with companies, a practice and its clients, and as much of everything as one likes."""

    def __init__(self, house: House, asha: AsyncClient, company: str, practice: str, person: str) -> None:
        self.house, self.asha, self.company, self.practice = house, asha, company, practice
        self.ids = {"company_id": UUID(company), "practice_id": UUID(practice), "person_id": UUID(person)}

    async def grow(self, numbers: range) -> None:
        """Nothing; there are so many more of everything that is shown in lists."""
        async with self.house.database.transaction() as connection:
            for part in (self._people, self._company, self._person, self._clients):
                await part(connection, numbers)

    async def _people(self, connection: Any, numbers: range) -> None:
        ids = {number: new_id() for number in numbers}
        email = {"email": lambda n: f"p{n}@example.com", "email_key": lambda n: f"p{n}@example.com"}
        await fill(connection, "people", numbers, id=ids.get, language="en", **email)
        company, practice = self.ids["company_id"], self.ids["practice_id"]
        await fill(connection, "members", numbers, company_id=company, person_id=ids.get, role="viewer")
        of_practice = {"practice_id": practice, "person_id": ids.get, "role": "staff"}
        await fill(connection, "practice_members", numbers, **of_practice)

    async def _company(self, connection: Any, numbers: range) -> None:
        own = {"company_id": self.ids["company_id"]}
        tasks = first_of("tasks", **own, state="to_do")
        made = await copied(connection, tasks, "tasks", numbers, key=lambda n: f"copy {n}")
        await fill(
            connection, "alerts", numbers, **own, recipient_id=self.ids["person_id"], channel="app",
            task_id=made[0], kind="before", due_on=DAY,
            said={"form": "GSTR-1", "title": "GSTR-1", "period": "Oct 2026", "due": "2026-12-20", "days": 3},
        )  # fmt: skip
        papers = first_of("documents", **own, kind="text")
        kept = {"state": "draft", "approved_version": None, "approved_hash": None, "approved_by": None}
        kept |= {"approved_name": None, "approved_at": None, "version": 1}
        written = await copied(connection, papers, "documents", numbers, title=lambda n: f"Paper {n}", **kept)
        by_number = dict(zip(numbers, written, strict=True))
        text = first_of("document_versions", name=None)
        await copied(connection, text, "document_versions", numbers, document_id=by_number.get, number=1)
        await fill(connection, "custom_duties", numbers, **own, first_on=DAY, repeats="once")
        await fill(connection, "notices", numbers, **own, state="open", dated=DAY, received_on=DAY)
        await copied(
            connection, first_of("invitations", **own), "invitations", numbers,
            email=lambda n: f"i{n}@example.com", email_key=lambda n: f"i{n}@example.com",
            token_hash=lambda n: f"{n:064}",
        )  # fmt: skip
        await fill(
            connection, "audit", range(numbers.start + 10_000, numbers.stop + 10_000), **own,
            number=lambda n: n, deed="task.edited", before=canonical, after=canonical,
        )  # fmt: skip

    async def _person(self, connection: Any, numbers: range) -> None:
        mine = {"person_id": self.ids["person_id"]}
        talk = {number: new_id() for number in numbers}
        await fill(
            connection, "conversations", numbers, id=talk.get, **mine, company_id=self.ids["company_id"]
        )
        await fill(connection, "feeds", numbers, **mine, company_id=self.ids["company_id"])
        await fill(connection, "tokens", numbers, **mine, scopes="read", expires_at=NOW.replace(year=2030))
        await fill(connection, "sessions", numbers, **mine, expires_at=NOW.replace(year=2030))
        await fill(connection, "saved_views", numbers, **mine, query="state=to_do")
        await fill(connection, "happenings", numbers, **mine, what="signed_in")

    async def _clients(self, connection: Any, numbers: range) -> None:
        ids = {number: new_id() for number in numbers}
        pattern = first_of("companies", id=self.ids["company_id"])
        named = {"name": lambda n: f"Client {n}"}
        made = await copied(connection, pattern, "companies", numbers, **named)
        ids = dict(zip(numbers, made, strict=True))
        kept = first_of("registers", company_id=self.ids["company_id"])
        await copied(connection, kept, "registers", numbers, company_id=ids.get)
        mine = {"person_id": self.ids["person_id"], "role": Role.OWNER.value}
        await fill(connection, "members", numbers, company_id=ids.get, **mine)
        served = {"practice_id": self.ids["practice_id"], "access": "everyone", "starts_on": NOW.date()}
        await fill(connection, "engagements", numbers, company_id=ids.get, **served)
        task = first_of("tasks", company_id=self.ids["company_id"], state="to_do")
        await copied(connection, task, "tasks", numbers, company_id=ids.get)
        await fill(connection, "teams", numbers, practice_id=self.ids["practice_id"])


def read_addresses(house: House, lived: Lived) -> list[str]:
    """Every address that is read and named by nothing but a company, a practice or nothing at all."""
    places = {"{company_id}": lived.company, "{practice_id}": lived.practice}
    found = set()
    for route in iter_route_contexts(house.app.routes):
        path = route.path or ""
        for name, value in places.items():
            path = path.replace(name, value)
        is_page = "GET" in (route.methods or ()) and path.startswith(("/app", "/api"))
        if is_page and "{" not in path and not path.endswith(WHOLE):
            found.add(path)
    return sorted(found)


async def counted(lived: Lived, addresses: list[str]) -> dict[str, tuple[int, int]]:
    """Of each address its status and how many statements it took, once what is made once is made."""
    found, broken = {}, []
    for address in addresses:
        first = await lived.asha.get(address)
        if first.status_code >= 500:
            broken.append(f"{address} {first.status_code}")
        with counting() as said:
            reply = await lived.asha.get(address)
        found[address] = (reply.status_code, len(said))
    assert broken == []
    return found


@pytest.mark.parametrize("most", [60, pytest.param(1000, marks=pytest.mark.slow)])
async def test_nothing_that_is_read_asks_oftener_where_there_is_more(
    database_url: str, redis_url: str | None, tmp_path: Path, most: int
) -> None:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute", data_dir=tmp_path) as house:
        begun = await live_in(house)
        event.listen(house.database.engine.sync_engine, "before_cursor_execute", _note)
        practice = await begun.asha.post("/api/practices", json={"name": "Rao and Co", "kind": "ca"})
        person = (await begun.asha.get("/api/auth/me")).json()["user"]["id"]
        lived = Lived(house, begun.asha, begun.company, practice.json()["data"]["id"], person)
        await lived.grow(range(1, 1 + FEW))
        addresses = read_addresses(house, lived)
        few = await counted(lived, addresses)
        await lived.grow(range(1 + FEW, 1 + most))
        many = await counted(lived, addresses)
    assert len([address for address, (status, _) in few.items() if status == 200]) > 60
    assert {address: many[address][0] for address in few} == {
        address: status for address, (status, _) in few.items()
    }
    grown = {
        address: (few[address][1], many[address][1])
        for address in addresses
        if few[address][1] + ONE_MORE < many[address][1]
    }
    assert grown == {}
    assert max(count for _, count in many.values()) <= 40
