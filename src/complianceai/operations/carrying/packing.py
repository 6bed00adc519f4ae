"""A company as an archive, written piece by piece: its size is the disk's business and not the memory's."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from hashlib import sha256
from importlib.resources import files as resources
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import __version__
from complianceai.operations.carrying.errors import NoSuchCompany
from complianceai.operations.carrying.extent import LEFT, TOLD, TRAIL, names_a_person, parts_of
from complianceai.operations.carrying.gathering import About, name_of, people_of, rows_of, trail_of
from complianceai.operations.carrying.spelling import MODULUS, line_of, number_of
from complianceai.storage.database import Database
from complianceai.storage.errors import FileGone, FileSpoiled
from complianceai.storage.files import Files
from complianceai.storage.migrate import newest_revision
from complianceai.storage.pieces import joined, once

FORMAT = 1
ABOUT, PEOPLE, TRAIL_LINES, MANIFEST = "about.json", "people.jsonl", "trail.jsonl", "manifest.json"
TABLES, FILES = "tables", "files"
_READ_ME = """Everything that {company} has in ComplianceAI, as it was on {made}.

about.json       what this is, how many rows each table has, what is left out and why
tables/          every row of every table, one a line
people.jsonl     the name and the address of everybody that the rows name
files/           every file, each under the SHA-256 of its content
trail.jsonl      every change from the beginning, each row bound to the one before it
manifest.json    the SHA-256 of every part

To check the trail, with Python alone: python verify_trail.py trail.jsonl
To put it into another installation: complianceai company import THE-ARCHIVE.zip
"""


async def pack(database: Database, files: Files, company_id: UUID, into: IO[bytes], now: datetime) -> About:
    """What the archive says of itself; it stands in the stream, all of one moment.

    Errors: NoSuchCompany; FilesUnreachable.
    """
    with ZipFile(into, "w") as archive:
        writer = _Writer(archive, now)
        async with database.engine.connect() as connection:
            if not database.is_sqlite:  # where a transaction sees one state in any case
                await connection.execution_options(isolation_level="REPEATABLE READ")
            async with connection.begin():
                company = await name_of(connection, company_id)
                if company is None:
                    raise NoSuchCompany(company=str(company_id))
                tables = await _write_rows(writer, connection, company_id)
        missing = await _write_files(writer, files, str(company_id))
        about = About(company_id, company, __version__, newest_revision(), now, tables, missing)
        await _write_papers(writer, about)
    return about


class _Writer:
    def __init__(self, archive: ZipFile, at: datetime) -> None:
        self._archive, self._at = archive, at
        self.parts: dict[str, str] = {}

    async def add(self, name: str, pieces: AsyncIterator[bytes], *, is_packed: bool = False) -> None:
        running = sha256()
        info = ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        with self._archive.open(info, "w", force_zip64=True) as part:
            async for piece in pieces:
                running.update(piece)
                # Others are served meanwhile: to pack a thousand rows takes as long as several requests.
                await asyncio.to_thread(part.write, piece)
        self.parts[name] = running.hexdigest()

    async def add_lines(self, name: str, batches: AsyncIterator[list[bytes]]) -> tuple[int, str]:
        """How many lines there are, and the sum over them."""
        count = total = 0

        async def pieces() -> AsyncIterator[bytes]:
            nonlocal count, total
            async for lines in batches:
                count, total = count + len(lines), total + sum(map(number_of, lines))
                yield b"".join(line + b"\n" for line in lines)

        await self.add(name, pieces())
        return count, f"{total % MODULUS:016x}"


async def _write_rows(
    writer: _Writer, connection: AsyncConnection, company_id: UUID
) -> dict[str, tuple[int, str]]:
    tables: dict[str, tuple[int, str]] = {}
    ids: set[UUID] = set()
    for part in parts_of():
        persons = [each.name for each in part.columns if names_a_person(each)]

        async def lines(part: Any = part, persons: list[str] = persons) -> AsyncIterator[list[bytes]]:
            async for rows in rows_of(connection, part, company_id):
                ids.update(row[name] for row in rows for name in persons if row[name])
                yield [line_of(row) for row in rows]

        tables[part.table.name] = await writer.add_lines(f"{TABLES}/{part.table.name}.jsonl", lines())
    tables[TRAIL] = await writer.add_lines(TRAIL_LINES, trail_of(connection, company_id))
    known = await people_of(connection, ids)
    told = b"".join(line_of(each._asdict()) + b"\n" for each in known)
    await writer.add(PEOPLE, once(told))
    return tables


async def _write_files(writer: _Writer, files: Files, area: str) -> list[str]:
    missing = []
    for content in await files.list_area(area):
        pieces = files.read(area, content)
        try:
            first = await anext(pieces, b"")
        except (FileGone, FileSpoiled):
            missing.append(content)
            continue
        await writer.add(f"{FILES}/{content}", joined(first, pieces), is_packed=True)
    return missing


async def _write_papers(writer: _Writer, about: About) -> None:
    told = {**about._asdict(), "format": FORMAT, "left_out": dict(LEFT), "only_to_be_read": dict(TOLD)}
    await writer.add(ABOUT, once(line_of(told)))
    read_me = _READ_ME.format(company=about.company, made=about.made_at.date())
    await writer.add("README.txt", once(read_me.encode()))
    verifier = resources("complianceai.storage").joinpath("verify_trail.py").read_bytes()
    await writer.add("verify_trail.py", once(verifier))
    await writer.add(MANIFEST, once(sealed(writer.parts)))


def sealed(parts: Mapping[str, str]) -> bytes:
    """The manifest: the hash of every part, and of the manifest itself."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return line_of({"parts": dict(parts), "hash": sha256(text.encode()).hexdigest()})
