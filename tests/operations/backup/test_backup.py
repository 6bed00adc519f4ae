"""What is backed up comes back as it was, and nothing else is taken for it."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select

from complianceai.operations.backup import keys
from complianceai.operations.backup.beside import beside
from complianceai.operations.backup.errors import (
    BackupFailed,
    BackupMissing,
    BackupUnreadable,
    BadBackupKey,
    DrillFailed,
    TargetNotEmpty,
)
from complianceai.operations.backup.fingerprints import differences
from complianceai.operations.backup.making import make_backup
from complianceai.operations.backup.places import Place
from complianceai.operations.backup.restoring import drill, restore
from complianceai.storage.files import Files
from complianceai.tenancy.tables import companies, people
from tests.cast import House
from tests.operations.backup.conftest import NOW


async def test_a_backup_comes_back_with_every_row_and_file(
    house: House, files: Files, place: Place, tmp_path: Path
) -> None:
    made = await make_backup(house.database, files, place, None, NOW)
    assert (
        [each.name for each in await place.list()] == [made.name] == ["complianceai-20261125T200000Z.tar.gz"]
    )
    async with beside(house.database, tmp_path) as (database, store):
        about = await restore(tmp_path / "backups" / made.name, database, store, None)
        async with database.reading() as connection:
            assert (await connection.execute(select(companies.c.name))).scalars().all() == ["अशोक Foods"]
        assert await store.list_all() == await files.list_all()
        assert len(await store.list_all()) == 2
    assert about.engine == ("sqlite" if house.database.is_sqlite else "postgresql")
    assert about.tables["people"][0] == 1


async def test_what_is_written_meanwhile_is_wholly_in_it_or_not_at_all(
    house: House, files: Files, place: Place, tmp_path: Path
) -> None:
    stopping = asyncio.Event()

    async def write() -> int:
        count = 0
        while not stopping.is_set():
            async with house.database.transaction() as connection:
                [one] = (await connection.execute(select(people))).mappings().all()[:1]
                for name in ("first", "second"):
                    mail = f"{name}-{count}@twins.example"
                    twin = {**one, "id": uuid4(), "email": mail, "email_key": mail, "name": name}
                    await connection.execute(insert(people).values(twin))
            count += 1
            await asyncio.sleep(0)
        return count

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    made = await make_backup(house.database, files, place, None, NOW)
    stopping.set()
    assert await writing > 0
    async with beside(house.database, tmp_path) as (database, store):
        await restore(tmp_path / "backups" / made.name, database, store, None)
        async with database.reading() as connection:
            counted = select(people.c.name, func.count().label("count")).group_by(people.c.name)
            found = {row.name: row[1] for row in await connection.execute(counted)}
    assert found["first"] == found["second"] > 0


async def test_only_the_holder_of_the_key_reads_it(
    house: House, files: Files, place: Place, tmp_path: Path
) -> None:
    pair, other = keys.make_pair(), keys.make_pair()
    made = await make_backup(house.database, files, place, pair.public, NOW)
    archive = tmp_path / "backups" / made.name
    assert made.is_encrypted
    assert archive.read_bytes().startswith(b"age-encryption.org/v1")
    for secret, error in (
        (None, BackupUnreadable),
        (other.secret, BackupUnreadable),
        ("no key", BadBackupKey),
    ):
        with pytest.raises(error):
            await drill(place, made, house.database, secret)
    assert (await drill(place, made, house.database, pair.secret)).tables["people"][0] == 1


async def test_a_key_for_nobody_is_refused_before_anything_is_written(
    house: House, files: Files, place: Place
) -> None:
    with pytest.raises(BadBackupKey):
        await make_backup(house.database, files, place, "age1nobody", NOW)
    assert await place.list() == []


@pytest.mark.parametrize("where", [0.02, 0.11, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 0.999])
async def test_a_flipped_bit_is_found_and_nothing_restored(
    house: House, files: Files, place: Place, tmp_path: Path, where: float
) -> None:
    made = await make_backup(house.database, files, place, None, NOW)
    archive = tmp_path / "backups" / made.name
    content = bytearray(archive.read_bytes())
    content[int(len(content) * where)] ^= 0x10
    archive.write_bytes(content)
    target = Files((tmp_path / "elsewhere").as_uri())
    async with beside(house.database, tmp_path) as (database, _):
        with pytest.raises(BackupUnreadable):
            await restore(archive, database, target, None)
    assert not (tmp_path / "elsewhere").exists()


async def test_a_half_copied_backup_is_no_backup(
    house: House, files: Files, place: Place, tmp_path: Path
) -> None:
    made = await make_backup(house.database, files, place, None, NOW)
    archive = tmp_path / "backups" / made.name
    archive.write_bytes(archive.read_bytes()[: made.size // 2])
    with pytest.raises(BackupUnreadable, match="Nothing was changed"):
        await drill(place, made, house.database, None)


async def test_nothing_is_restored_over_what_is_there(
    house: House, files: Files, place: Place, tmp_path: Path
) -> None:
    made = await make_backup(house.database, files, place, None, NOW)
    with pytest.raises(TargetNotEmpty, match="not empty"):
        await restore(tmp_path / "backups" / made.name, house.database, files, None)
    async with house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(people))).scalar_one() == 1


async def test_a_backup_that_comes_back_otherwise_does_not_count(
    house: House, files: Files, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from complianceai.operations.backup import restoring  # noqa: PLC0415

    async def lose_a_row(database: object, source: object) -> None:
        await loaded(database, source)  # type: ignore[arg-type]
        async with database.transaction() as connection:  # type: ignore[attr-defined]
            await connection.execute(people.update().values(name="Somebody else"))

    loaded = restoring.engines.load
    monkeypatch.setattr(restoring.engines, "load", lose_a_row)
    with pytest.raises(DrillFailed, match="people has other contents"):
        await make_backup(house.database, files, place, None, NOW)
    assert await place.list() == []


async def test_the_newest_is_taken_where_none_is_named(house: House, files: Files, place: Place) -> None:
    with pytest.raises(BackupMissing):
        await place.find(None)
    for days in (0, 2, 1):
        await make_backup(house.database, files, place, None, NOW + timedelta(days=days))
    assert (await place.find(None)).made_at == NOW + timedelta(days=2)
    with pytest.raises(BackupMissing):
        await place.find("complianceai-20200101T000000Z.tar.gz")


async def test_a_full_disk_leaves_no_half_backup(
    house: House, files: Files, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    monkeypatch.setattr("complianceai.operations.backup.archive.Writer.add", full)
    with pytest.raises(BackupFailed, match="No space left on device"):
        await make_backup(house.database, files, place, None, NOW)
    assert await place.list() == []


def test_a_table_that_differs_is_named() -> None:
    before = {"a": (1, "x"), "b": (2, "y"), "c": (3, "z"), "d": (4, "w")}
    after = {"a": (1, "x"), "b": (1, "y"), "c": (3, "q"), "e": (0, "0")}
    assert differences(before, after) == [
        "b has 1 rows instead of 2",
        "c has other contents",
        "d is missing",
        "e is new",
    ]


async def test_without_the_servers_programs_it_says_so(
    house: House, files: Files, place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if house.database.is_sqlite:
        assert (await make_backup(house.database, files, place, None, NOW)).size > 0
        return
    with pytest.raises(BackupFailed, match="pg_dump is not on the path"):
        await make_backup(house.database, files, place, None, NOW)
