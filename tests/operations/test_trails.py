"""The check of trails, in the database and of one exported file."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from complianceai.base.ids import new_id
from complianceai.operations.trails import verify_trails
from complianceai.storage import verify_trail
from complianceai.storage.audit import Actor, Change, add_to_trail, closing_line, entries_after, line_of
from complianceai.storage.database import Database

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


async def _fill(database: Database, company: UUID, rows: int = 4) -> None:
    for number in range(rows):
        change = Change("company.edited", {"name": "राव"}, {"name": "राव", "turnover": number + 0.5})
        async with database.transaction() as connection:
            await add_to_trail(connection, company, Actor(new_id(), "Asha"), change, NOON)


async def _export(database: Database, company: UUID) -> bytes:
    async with database.reading() as connection:
        found = await entries_after(connection, company, 0, limit=100)
    return "\n".join([*map(line_of, found), closing_line(company, found[-1])]).encode()


async def _tamper(database: Database, engine: str, statement: str) -> None:
    # As somebody would who has the whole database in their hands.
    drop = (
        ["DROP TRIGGER audit_refuses ON audit"]
        if engine == "postgres"
        else ["DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete"]
    )
    async with database.transaction() as connection:
        for each in [*drop, statement]:
            await connection.execute(text(each))


async def test_trails_that_nobody_touched_are_whole(database: Database) -> None:
    first, second = new_id(), new_id()
    await _fill(database, first)
    await _fill(database, second)
    assert await verify_trails(database) == {first: [], second: []}
    assert await verify_trails(database, second) == {second: []}
    assert await verify_trails(database, new_id()) == {}


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit SET person = 'Bilal' WHERE number = 2", "row 2: its contents do not fit its hash"),
        ("UPDATE audit SET after = '{' WHERE number = 3", "row 3: is not as it was written"),
        ("DELETE FROM audit WHERE number = 2", "row 2: is numbered 3, where 2 comes next"),
        ("UPDATE audit SET previous = hash WHERE number = 4", "row 4: its contents do not fit its hash"),
    ],
)
async def test_whoever_gets_past_the_database_is_found_out(
    database: Database, engine: str, statement: str, fault: str
) -> None:
    company = new_id()
    await _fill(database, company)
    await _tamper(database, engine, statement)
    assert fault in (await verify_trails(database))[company]


async def test_any_flipped_bit_of_an_export_is_found_and_its_row_named(database: Database) -> None:
    company = new_id()
    await _fill(database, company)
    exported = await _export(database, company)
    assert list(verify_trail.faults_of(exported.split(b"\n"))) == []
    for place in range(len(exported)):
        flipped = bytearray(exported)
        flipped[place] ^= 1 << (place % 8)
        row = exported[:place].count(b"\n") + 1
        faults = list(verify_trail.faults_of(bytes(flipped).split(b"\n")))
        assert any(fault.startswith(f"row {row}: ") for fault in faults), (place, faults)


async def test_rows_cut_off_added_or_exchanged_are_missed(database: Database) -> None:
    company = new_id()
    await _fill(database, company)
    lines = (await _export(database, company)).split(b"\n")
    for spoilt in (lines[:-1], lines[1:], lines[:2] + lines[3:], [*lines, lines[0]], lines[:3] + lines[4:]):
        assert list(verify_trail.faults_of(spoilt)) != []
    exchanged = [lines[1], lines[0], *lines[2:]]
    assert any(fault.startswith("row 1: ") for fault in verify_trail.faults_of(exchanged))


async def test_the_verifier_stands_alone(database: Database, tmp_path: Path) -> None:
    company = new_id()
    await _fill(database, company)
    exported = await _export(database, company)
    files = {"good.jsonl": exported + b"\n", "bad.jsonl": exported.replace(b"Asha", b"Asia", 1)}
    ended = _verify_alone(tmp_path, files)
    assert [each.returncode for each in ended.values()] == [0, 1, 1]
    assert ended["good.jsonl"].stdout == "good.jsonl: whole, 4 rows\n"
    assert "row 1: its contents do not fit its hash" in ended["bad.jsonl"].stderr
    assert "cannot be read" in ended["absent.jsonl"].stderr


def _verify_alone(folder: Path, files: dict[str, bytes]) -> dict[str, subprocess.CompletedProcess[str]]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "alone.py").write_bytes(Path(verify_trail.__file__).read_bytes())
    # -I -S: neither this project nor any installed package is within its reach.
    command = [sys.executable, "-I", "-S", "alone.py"]
    return {
        name: subprocess.run([*command, name], cwd=folder, capture_output=True, text=True, check=False)
        for name in (*files, "absent.jsonl")
    }


async def test_the_command_says_which_trail_is_not_whole(
    database: Database, engine: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = new_id()
    await _fill(database, company)
    monkeypatch.setenv("DATABASE_URL", database_url)

    def verify(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "complianceai", "audit", "verify", *more]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (verify().returncode, verify().stdout) == (0, "1 trails, each whole\n")
    assert "there is no trail" in verify("--company", str(new_id())).stderr
    await _tamper(database, engine, "UPDATE audit SET deed = 'x' WHERE number = 1")
    found = verify("--company", str(company))
    assert found.returncode == 1
    assert f"{company}: row 1: its contents do not fit its hash" in found.stderr
    assert "Traceback" not in found.stderr
