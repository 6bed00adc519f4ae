"""A company goes out of one house and into another, and is there what it was here."""

import json
import subprocess
import sys
from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from complianceai.operations.carrying.errors import CannotImport
from complianceai.operations.carrying.exporting import export_company
from complianceai.operations.carrying.extent import TOLD
from complianceai.operations.carrying.gathering import About
from complianceai.operations.carrying.importing import import_company
from complianceai.operations.carrying.placing import Imported
from complianceai.operations.trails import verify_trails
from complianceai.storage.audit import Actor, audit
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.migrate import migrate
from complianceai.storage.urls import sqlite_url
from complianceai.tenancy.tables import companies, members, people
from tests.cast import ASHA, BILAL, open_house
from tests.operations.carrying.conftest import Lived, live_in


class Elsewhere(NamedTuple):
    """An installation, in which the company is not as a rule."""

    database: Database
    files: Files


@asynccontextmanager
async def elsewhere(url: str, folder: Path) -> AsyncIterator[Elsewhere]:
    made = Elsewhere(Database(url), Files((folder / "files").as_uri()))
    await migrate(made.database)
    try:
        yield made
    finally:
        await made.database.close()


async def taken_out(database: Database, files: Files, company_id: UUID, file: Path, now: datetime) -> About:
    with file.open("w+b") as into:
        return await export_company(database, files, company_id, into, Actor(None, None), now)


async def out_of(lived: Lived, file: Path) -> About:
    files: Files = lived.house.app.state.services.files
    return await taken_out(lived.house.database, files, lived.company_id, file, lived.house.watch.now)


async def into(place: Elsewhere, file: Path, lived: Lived) -> Imported:
    return await import_company(file, place.database, place.files, lived.house.watch.now)


def kept(about: About) -> dict[str, tuple[int, str]]:
    """What comes in, by table; the trail grows by a row with every journey."""
    return {name: told for name, told in about.tables.items() if name not in {*TOLD, "audit"}}


async def test_every_table_is_elsewhere_what_it_was_here(lived: Lived, tmp_path: Path) -> None:
    about = await out_of(lived, tmp_path / "out.zip")
    full = {name for name, (rows, _) in about.tables.items() if rows}
    assert full >= {
        "tasks",
        "task_evidence",
        "task_comments",
        "task_mentions",
        "documents",
        "document_comments",
    }
    assert full >= {"document_versions", "webhooks", "chats", "invitations", "members", "registers", "audit"}
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        made = await into(there, tmp_path / "out.zip", lived)
        again = await taken_out(
            there.database, there.files, lived.company_id, tmp_path / "again.zip", lived.house.watch.now
        )
        assert await verify_trails(there.database) == {lived.company_id: []}
        assert len(await there.files.list_area(lived.company)) == made.files == 2
    assert kept(again) == kept(about)
    assert (
        again.tables["audit"][0] == about.tables["audit"][0] + 2
    )  # that it came in, and that it was taken out
    assert sorted(made.new_people) == ["asha@example.com", "bilal@example.com", "chitra@example.com"]


async def test_from_sqlite_to_postgresql_and_back_it_is_the_same(server_url: str, tmp_path: Path) -> None:
    address = sqlite_url(tmp_path / "here.db")
    async with elsewhere(address, tmp_path / "x"):
        pass
    async with open_house(address, None, rate_limit="10000/minute", data_dir=tmp_path / "here") as house:
        lived = await live_in(house)
        first = await out_of(lived, tmp_path / "1.zip")
        async with elsewhere(server_url, tmp_path / "2") as server:
            await into(server, tmp_path / "1.zip", lived)
            second = await taken_out(
                server.database, server.files, lived.company_id, tmp_path / "2.zip", house.watch.now
            )
        async with elsewhere(sqlite_url(tmp_path / "back.db"), tmp_path / "3") as back:
            await into(back, tmp_path / "2.zip", lived)
            third = await taken_out(
                back.database, back.files, lived.company_id, tmp_path / "3.zip", house.watch.now
            )
    assert kept(first) == kept(second) == kept(third)


async def test_no_secret_is_in_it_and_its_trail_proves_itself(lived: Lived, tmp_path: Path) -> None:
    await out_of(lived, tmp_path / "out.zip")
    async with lived.house.database.reading() as connection:
        hashes = (await connection.execute(select(people.c.password_hash))).scalars().all()
    with ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "unfolded")
        everything = b"".join(archive.read(name) for name in archive.namelist())
        about = json.loads(archive.read("about.json"))
    for secret in (*hashes, "SEALED-HOOK", "SEALED-CHAT", "token_hash", "password_hash"):
        assert secret.encode() not in everything
    assert b"https://hooks.example/1" in everything  # that there was one, and whither, is told
    assert set(about["left_out"]) >= {"conversations", "engagements"}
    command = [sys.executable, "-I", "verify_trail.py", "trail.jsonl"]
    checked = await to_thread(
        subprocess.run, command, cwd=tmp_path / "unfolded", capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


async def test_whoever_is_known_by_their_address_is_themselves_and_others_may_come(
    lived: Lived, tmp_path: Path
) -> None:
    await out_of(lived, tmp_path / "out.zip")
    url = sqlite_url(tmp_path / "there.db")
    async with elsewhere(url, tmp_path / "there") as there:
        async with open_house(url, None, rate_limit="10000/minute", data_dir=tmp_path / "there") as house:
            asha = await house.register(ASHA)
            mine = (await asha.get("/api/auth/me")).json()["user"]["id"]
            made = await into(there, tmp_path / "out.zip", lived)
            assert sorted(made.new_people) == ["bilal@example.com", "chitra@example.com"]
            [company] = (await asha.get("/api/companies")).json()["data"]
            assert company["id"] == lived.company
            filed = await asha.get(f"/api/companies/{lived.company}/tasks", params={"state": "filed"})
            assert {each["form"] for each in filed.json()["data"]} == {"GSTR-1", "GSTR-3B"}
            bilal = await house.visitor()
            door = {"email": BILAL.email, "password": BILAL.password}
            assert (await bilal.post("/api/auth/login", json=door)).status_code == 401
        async with there.database.reading() as connection:
            roles = select(members.c.person_id, members.c.role)
            found = {str(each): role for each, role in await connection.execute(roles)}
    assert found[mine] == "owner"
    assert sorted(found.values()) == ["owner", "preparer", "reviewer"]


async def test_an_address_that_nobody_confirmed_gives_nobody_a_company(lived: Lived, tmp_path: Path) -> None:
    await out_of(lived, tmp_path / "out.zip")
    url = sqlite_url(tmp_path / "there.db")
    async with elsewhere(url, tmp_path / "there") as there:
        async with open_house(url, None, rate_limit="10000/minute", data_dir=tmp_path / "there") as house:
            await house.register(ASHA, verified=False)
        with pytest.raises(CannotImport, match="never showed that the address is theirs"):
            await into(there, tmp_path / "out.zip", lived)
        await nothing_is_there(there)
        now = lived.house.watch.now
        made = await import_company(
            tmp_path / "out.zip", there.database, there.files, now, accept_unverified=True
        )
        assert len(made.new_people) == 2


async def test_a_company_that_is_there_already_stands_in_the_way(lived: Lived, tmp_path: Path) -> None:
    await out_of(lived, tmp_path / "out.zip")
    here = Elsewhere(lived.house.database, lived.house.app.state.services.files)
    with pytest.raises(CannotImport, match="is here already"):
        await into(here, tmp_path / "out.zip", lived)
    assert len(await here.files.list_area(lived.company)) == 2
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        await into(there, tmp_path / "out.zip", lived)
        async with there.database.transaction() as connection:
            await connection.execute(companies.delete())
        with pytest.raises(CannotImport, match="its trail is here for good"):
            await into(there, tmp_path / "out.zip", lived)


async def nothing_is_there(there: Elsewhere) -> None:
    async with there.database.reading() as connection:
        for table in (companies, audit, members):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0
    assert await there.files.list_all() == []


async def test_an_owner_takes_it_out_in_the_browser_and_nobody_else_does(
    lived: Lived, tmp_path: Path
) -> None:
    address = f"/app/companies/{lived.company}/export"
    shown = await lived.asha.get(address)
    assert shown.status_code == 200
    taken = await lived.asha.post(address)
    assert taken.status_code == 200
    (tmp_path / "out.zip").write_bytes(taken.content)
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        assert (await into(there, tmp_path / "out.zip", lived)).files == 2
    trail = await lived.asha.get(f"/api/companies/{lived.company}/trail")
    assert trail.json()["data"][0]["deed"] == "company.exported"
    bilal = await lived.house.visitor()
    await bilal.post("/api/auth/login", json={"email": BILAL.email, "password": BILAL.password})
    for method, where, status in (("GET", address, 403), ("POST", address, 403)):
        assert (await bilal.request(method, where)).status_code == status
    assert (await bilal.post(f"/api/companies/{lived.company}/export")).json()[
        "code"
    ] == "carrying.owners_only"


async def test_who_signed_in_long_ago_shows_first_who_they_are(lived: Lived) -> None:
    lived.house.watch.now += timedelta(minutes=11)
    refused = await lived.asha.post(f"/api/companies/{lived.company}/export")
    assert refused.status_code == 403
    asked = await lived.asha.post(f"/app/companies/{lived.company}/export")
    assert asked.status_code == 303
    assert asked.headers["location"].startswith("/app/account/confirm")
