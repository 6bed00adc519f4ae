"""A file that is no sound database is named, and never written to."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from complianceai.storage.database import Database
from complianceai.storage.errors import DatabaseUnusable
from complianceai.storage.migrate import migrate, newest_revision


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.db"
    asyncio.run(_migrate(file))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


async def _migrate(file: Path) -> str:
    database = Database(f"sqlite:///{file}")
    try:
        return await migrate(database)
    finally:
        await database.close()


async def test_a_fresh_file_is_made_with_the_folders_above_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "a.db"
    assert await _migrate(file) == newest_revision()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_an_empty_file_is_a_fresh_one(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert await _migrate(tmp_path / "a.db") == newest_revision()


@pytest.mark.parametrize("kept", [50, 4096, 5000, 20_000])
def test_a_half_written_file_is_refused_and_left_as_it_is(sound: Path, kept: int) -> None:
    os.truncate(sound, kept)
    _assert_refused_and_untouched(sound, "Put a backup in its place")


def test_a_damaged_page_is_refused_and_left_as_it_is(sound: Path) -> None:
    with sound.open("r+b") as file:
        file.seek(4096 + 8)
        file.write(os.urandom(2000))
    _assert_refused_and_untouched(sound, "is damaged")


@pytest.mark.parametrize("content", [b"hello", b"{}" * 5000, b"\x00" * 8192])
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.db"
    file.write_bytes(content)
    _assert_refused_and_untouched(file, "is not a database")


def _assert_refused_and_untouched(file: Path, told: str) -> None:
    before = file.read_bytes()
    with pytest.raises(DatabaseUnusable, match=told) as refused:
        asyncio.run(_migrate(file))
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert file.read_bytes() == before


async def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    with pytest.raises(DatabaseUnusable, match="cannot be opened"):
        await _migrate(tmp_path / "a.db")


def test_a_copy_in_mid_write_opens_once_its_log_is_there(sound: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sound)) as writer:
        writer.execute("CREATE TABLE extra AS SELECT hex(randomblob(9000)) AS words")
        writer.commit()
        for ending in ("", "-wal"):
            shutil.copy(f"{sound}{ending}", f"{tmp_path / 'copy.db'}{ending}")
    assert asyncio.run(_migrate(tmp_path / "copy.db")) == newest_revision()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as reader:
        assert reader.execute("SELECT count(*) FROM extra").fetchone() == (1,)
