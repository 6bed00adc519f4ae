"""A disk that is full: a clear refusal, nothing half kept, and all is well again once there is room."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.deploy.writers import ASHA, PROFILE
from tests.entry.test_serve import serving
from tests.support.disks import Disk, small_disk
from tests.support.neighbours import Postgres, postgres
from tests.support.papers import pdf_of

SETTINGS = {"RATE_LIMIT": "1000000/minute"}
LONG = "All is as it was agreed, and the landlord has signed. " * 30


class Desk:
    """Asha at a task of hers, and the remarks that she was told are kept."""

    def __init__(self, client: httpx.Client) -> None:
        """Asha, who has just signed up."""
        self.client, self.kept = client, list[str]()
        assert client.post("/api/auth/register", json=ASHA).status_code == 200
        company = client.post("/api/companies", json={"profile": PROFILE}).json()["data"]["id"]
        duty = {"title": "Renew the lease", "dueDate": "2027-03-31"}
        task = client.post(f"/api/companies/{company}/tasks", json=duty).json()["data"]["id"]
        self.path = f"/api/companies/{company}/tasks/{task}"

    def remark(self) -> httpx.Response:
        """The reply to one more remark."""
        text = f"{len(self.kept)}. {LONG}".strip()
        got = self.client.post(f"{self.path}/comments", json={"text": text})
        if got.status_code == 201:
            self.kept.append(text)
        return got

    def prove(self, size: int) -> httpx.Response:
        """The reply to a file of at least that size."""
        content = (
            pdf_of(["Acknowledgement number 123456789012345"]) + b"\n%" + os.urandom(size).hex().encode()
        )
        file = {"file": ("proof.pdf", content + b"\n%%EOF", "application/pdf")}
        return self.client.post(f"{self.path}/evidence", files=file)

    def remark_until_refused(self) -> httpx.Response:
        """The first refusal."""
        for _ in range(5000):
            got = self.remark()
            if got.status_code != 201:
                return got
        raise AssertionError

    def check_all_there(self) -> None:
        """Nothing, where each remark that was kept can be read, and no other."""
        texts: list[str] = []
        page = 1
        while found := self._page(page):
            texts += [each["text"] for each in found]
            page += 1
        assert texts == self.kept

    def _page(self, number: int) -> list[Any]:
        reply = self.client.get(f"{self.path}/comments", params={"page": number, "size": 200})
        assert reply.status_code == 200, reply.text
        return list(reply.json()["data"])


def _is_told_plainly(reply: httpx.Response) -> None:
    assert (reply.status_code, reply.json().get("code")) == (503, "storage.disk_full"), reply.text
    assert reply.headers["retry-after"] == "300"
    assert reply.json()["error"].startswith("There is no room left to keep anything, so nothing was changed.")


def _until_kept(desk: Desk) -> None:
    end = time.monotonic() + 20
    while desk.remark().status_code != 201:
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def _served(home: Path, *arguments: str, **settings: str) -> Iterator[httpx.Client]:
    home.mkdir()
    with (
        serving(home, *arguments, **SETTINGS, **settings) as (address, _),
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_with_no_room_for_data_files_or_logs_all_is_told_and_nothing_is_half_kept(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 40) as disk:
        place = {name: disk.folder / name.lower() for name in ("DATA_DIR", "LOG_DIR", "TMPDIR")}
        place["TMPDIR"].mkdir()
        with _served(tmp_path / "home", **{name: str(each) for name, each in place.items()}) as client:
            desk = Desk(client)
            assert desk.remark().status_code == desk.prove(2_000).status_code == 201
            disk.fill()
            _is_told_plainly(desk.remark_until_refused())
            _is_told_plainly(desk.prove(3_000_000))  # it does not even fit where it waits for its hash
            desk.check_all_there()
            assert client.get("/law").status_code == client.get("/api/health").status_code == 200
            disk.make_room()
            _until_kept(desk)
            assert desk.prove(3_000_000).status_code == 201
            desk.check_all_there()
        _check_data(place["DATA_DIR"], len(desk.kept))
        _check_log(place["LOG_DIR"] / "combined.log")
    told = (tmp_path / "home" / "err").read_text()
    assert "Traceback" not in told
    assert "combined.log cannot be written: No space left on device" in told


def _check_data(folder: Path, remarks: int) -> None:
    with closing(sqlite3.connect(folder / "complianceai.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM task_comments").fetchone() == (remarks,)
    files = [each for each in (folder / "files").rglob("*") if each.is_file()]
    assert len(files) == 2
    assert {each.name for each in files} == {sha256(each.read_bytes()).hexdigest() for each in files}


def _check_log(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert "disk_full" in file.read_text("utf-8")


def test_a_store_of_files_without_room_keeps_no_half_of_one(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk:
        store = (disk.folder / "files").as_uri()
        with _served(tmp_path / "home", "--no-worker", STORAGE_URL=store) as client:
            desk = Desk(client)
            assert desk.prove(2_000).status_code == 201
            disk.fill(leaving=1_000_000)
            _is_told_plainly(desk.prove(2_000_000))
            assert len([each for each in (disk.folder / "files").rglob("*") if each.is_file()]) == 1
            disk.make_room()
            assert desk.prove(2_000_000).status_code == 201
            assert len(client.get(f"{desk.path}/evidence").json()["data"]) == 2


def _backup(home: Path, disk: Disk, *arguments: str) -> "subprocess.CompletedProcess[str]":
    settings = {"DATA_DIR": str(home / "data"), "BACKUP_URL": (disk.folder / "backups").as_uri()}
    return subprocess.run(
        [sys.executable, "-m", "complianceai", "backup", *arguments],
        cwd=home, env={**os.environ, **settings}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_backup_without_room_fails_in_one_line_and_does_not_count(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        with _served(tmp_path / "home", "--no-worker") as client:
            assert Desk(client).prove(2_000_000).status_code == 201
        disk.fill(leaving=300_000)
        done = _backup(tmp_path / "home", disk)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Traceback" not in done.stderr
        assert "no backups yet" in _backup(tmp_path / "home", disk, "list").stdout
        disk.make_room()
        done = _backup(tmp_path / "home", disk)
        assert done.returncode == 0, done.stderr


def test_a_server_of_the_database_without_room_is_told_the_same(tmp_path: Path) -> None:
    with (
        postgres() as server,
        small_disk(server.home / "small", 12) as disk,
        _served(tmp_path / "home", "--no-worker", DATABASE_URL=server.url) as client,
    ):
        desk = Desk(client)
        asyncio.run(_put_comments_on(server, disk.folder))
        assert desk.remark().status_code == 201
        disk.fill(leaving=200_000)
        _is_told_plainly(desk.remark_until_refused())
        desk.check_all_there()
        disk.make_room()
        _until_kept(desk)
        desk.check_all_there()
        server.kill()  # before its disk goes


async def _put_comments_on(server: Postgres, folder: Path) -> None:
    space = folder / "space"
    space.mkdir()
    os.chown(space, server.home.stat().st_uid, server.home.stat().st_gid)
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        await connection.execute("ALTER TABLE task_comments SET TABLESPACE small")
        await connection.execute("ALTER TABLE task_comments ALTER COLUMN text SET STORAGE PLAIN")
    finally:
        await connection.close()
