"""An archive that was tampered with, is older, newer or nonsense: told apart, and nothing half imported."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import inspect

from complianceai.operations.carrying.errors import ArchiveUnreadable, CannotImport
from complianceai.operations.carrying.importing import import_company
from complianceai.operations.carrying.packing import sealed
from complianceai.operations.carrying.spelling import line_of
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate, newest_revision
from complianceai.storage.urls import sqlite_url
from tests.operations.carrying.conftest import Lived
from tests.operations.carrying.test_carrying import (
    elsewhere,
    into,
    kept,
    nothing_is_there,
    out_of,
    taken_out,
)

Parts = dict[str, bytes]


def forged(source: Path, target: Path, change: Callable[[Parts], None]) -> Path:
    """The archive changed by somebody who knows how it is sealed."""
    with ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    change(parts)
    manifest = sealed({name: sha256(content).hexdigest() for name, content in parts.items()})
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in {**parts, "manifest.json": manifest}.items():
            archive.writestr(name, content)
    return target


def replacing(name: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


def telling(**told: Any) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts["about.json"] = line_of({**json.loads(parts["about.json"]), **told})

    return change


def dropping(name: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[name]

    return change


def first_line_off(name: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[name] = parts[name].partition(b"\n")[2]

    return change


FORGED = {
    "another file": (replacing("tables/tasks.jsonl", b'"state":"filed"', b'"state":"later"'), CannotImport),
    "a reviewer who prepared it": (first_line_off("tables/task_makers.jsonl"), CannotImport),
    "a lost row": (first_line_off("tables/task_comments.jsonl"), CannotImport),
    "a lost table": (dropping("tables/documents.jsonl"), CannotImport),
    "a row of the trail": (first_line_off("trail.jsonl"), ArchiveUnreadable),
    "a word in the trail": (replacing("trail.jsonl", b"task.approve", b"task.approvd"), ArchiveUnreadable),
    "a strange column": (replacing("tables/tasks.jsonl", b'"risk":', b'"rusk":'), ArchiveUnreadable),
    "no number": (replacing("tables/companies.jsonl", b'"version":1', b'"version":"1"'), ArchiveUnreadable),
    "no day": (
        replacing("tables/tasks.jsonl", b'"due_date":"2', b'"due_date":"two-'),
        ArchiveUnreadable,
    ),
    "no JSON": (replacing("tables/members.jsonl", b"{", b"["), ArchiveUnreadable),
    "a newer format": (telling(format=2), ArchiveUnreadable),
    "a newer schema": (telling(revision="9999"), ArchiveUnreadable),
    "no schema": (telling(revision="0000"), Exception),
    "another company": (
        telling(company_id="01a21023-3f4c-73b9-808e-3f0076b49641"),
        ArchiveUnreadable,
    ),
    "nothing about itself": (dropping("about.json"), ArchiveUnreadable),
}


@pytest.mark.parametrize("name", FORGED)
async def test_what_was_changed_by_who_knows_how_is_refused_and_nothing_is_there(
    lived: Lived, tmp_path: Path, name: str
) -> None:
    change, error = FORGED[name]
    await out_of(lived, tmp_path / "out.zip")
    forged(tmp_path / "out.zip", tmp_path / "forged.zip", change)
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        with pytest.raises(error):
            await into(there, tmp_path / "forged.zip", lived)
        await nothing_is_there(there)


@pytest.mark.parametrize("where", [0.01, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999])
async def test_a_flipped_bit_is_found(lived: Lived, tmp_path: Path, where: float) -> None:
    await out_of(lived, tmp_path / "out.zip")
    content = bytearray((tmp_path / "out.zip").read_bytes())
    content[int(len(content) * where)] ^= 0x10
    (tmp_path / "bent.zip").write_bytes(content)
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        try:
            made = await into(there, tmp_path / "bent.zip", lived)
        except ArchiveUnreadable:
            await nothing_is_there(there)
        else:  # the bit was in what tells a reader of archives the time, and no part of ours
            assert made.company_id == lived.company_id


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive", b"\x00" * 5000])
async def test_nonsense_is_no_archive(lived: Lived, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "nonsense.zip").write_bytes(content)
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        with pytest.raises(ArchiveUnreadable, match="no archive of a company"):
            await into(there, tmp_path / "nonsense.zip", lived)


async def as_of(revision: str, folder: Path, parts: Parts) -> None:
    """What an earlier program would have written: neither tables nor columns that came later."""
    database = Database(sqlite_url(folder / "earlier.db"))
    await migrate(database, revision)
    async with database.reading() as connection:
        there = await connection.run_sync(
            lambda each: {
                name: {column["name"] for column in inspect(each).get_columns(name)}
                for name in inspect(each).get_table_names()
            }
        )
    await database.close()
    for name in [each for each in parts if each.startswith("tables/")]:
        columns = there.get(name.removeprefix("tables/").removesuffix(".jsonl"))
        if columns is None:
            del parts[name]
            continue
        rows = [json.loads(line) for line in parts[name].splitlines()]
        lines = [line_of({key: row[key] for key in row if key in columns}) for row in rows]
        parts[name] = b"".join(line + b"\n" for line in lines)
    telling(revision=revision)(parts)


@pytest.mark.parametrize("revision", ["0015", "0017"])
async def test_an_archive_of_an_earlier_schema_comes_forward(
    lived: Lived, tmp_path: Path, revision: str
) -> None:
    about = await out_of(lived, tmp_path / "out.zip")
    with ZipFile(tmp_path / "out.zip") as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    await as_of(revision, tmp_path, parts)
    earlier = forged(
        tmp_path / "out.zip", tmp_path / "earlier.zip", lambda each: (each.clear(), each.update(parts))[0]
    )
    assert revision <= newest_revision()
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        made = await into(there, earlier, lived)
        again = await taken_out(
            there.database, there.files, lived.company_id, tmp_path / "again.zip", lived.house.watch.now
        )
    assert made.files == 2
    counted = {name: rows for name, (rows, _) in kept(about).items() if f"tables/{name}.jsonl" in parts}
    assert len(counted) > 25
    assert {name: rows for name, (rows, _) in kept(again).items() if name in counted} == counted


async def test_a_disk_that_is_full_leaves_nothing_half(
    lived: Lived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await out_of(lived, tmp_path / "out.zip")
    calls = 0

    async def full(*_: object, **__: object) -> None:
        nonlocal calls
        calls += 1
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("complianceai.operations.carrying.placing.add_to_trail", full)
    async with elsewhere(sqlite_url(tmp_path / "there.db"), tmp_path / "there") as there:
        with pytest.raises(OSError, match="No space"):
            await import_company(tmp_path / "out.zip", there.database, there.files, lived.house.watch.now)
        assert calls == 1
        await nothing_is_there(there)
