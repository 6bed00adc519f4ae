"""A bundle as an archive, written piece by piece so that its size is the disk's business and not the memory's."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from importlib.resources import files as resources
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from complianceai.register.bundle.gathering import Gathered
from complianceai.storage.errors import FileGone, FileSpoiled
from complianceai.storage.files import Files
from complianceai.storage.pieces import joined, once

_READ_ME = """What {company} filed between {first} and {last}, and what proves it. Made on {made} by ComplianceAI.

tasks.json    every duty of that time: dates, state, what was filed, who prepared and who approved it
files/        what was attached, each under the SHA-256 of its content
trail.jsonl   every change to the company's register from the beginning, each row bound to the one before it
manifest.json the SHA-256 of every part

To check it, with Python and without a network: python verify.py THE-ARCHIVE.zip
"""


@dataclass(frozen=True, slots=True)
class Label:
    """Whose bundle it is, of which time, and when it was made."""

    company_id: UUID
    company: str
    first: date
    last: date
    made_at: datetime


@dataclass(slots=True)
class _Archive:
    archive: ZipFile
    at: datetime
    parts: dict[str, str] = field(default_factory=dict)

    async def add(self, name: str, pieces: AsyncIterator[bytes], *, is_packed: bool = False) -> None:
        running = sha256()
        info = ZipInfo(name, self.at.timetuple()[:6])
        info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as part:
            async for piece in pieces:
                running.update(piece)
                part.write(piece)
        self.parts[name] = running.hexdigest()


async def pack(
    into: IO[bytes], label: Label, gathered: Gathered, trail: AsyncIterator[str], files: Files
) -> str:
    """The manifest's hash; the archive stands in the stream. A file that is lost is named in it, not left out unsaid.

    Errors: FilesUnreachable.
    """
    missing: list[str] = []
    with ZipFile(into, "w") as archive:
        made = _Archive(archive, label.made_at)
        told = _READ_ME.format(
            company=label.company, first=label.first, last=label.last, made=label.made_at.date()
        )
        await made.add("README.txt", once(told.encode()))
        await made.add("verify.py", once(_source("complianceai.register.bundle", "verify.py")))
        await made.add("verify_trail.py", once(_source("complianceai.storage", "verify_trail.py")))
        await made.add("tasks.json", once(_text({"tasks": gathered.tasks, "files": gathered.files})))
        for name, found in _by_content(gathered).items():
            missing += await _add_file(made, name, str(label.company_id), found, files)
        await made.add("trail.jsonl", _encoded(trail))
        manifest = _manifest(label, made.parts, missing)
        await made.add("manifest.json", once(_text(manifest)))
    return str(manifest["hash"])


def _by_content(gathered: Gathered) -> Mapping[str, str]:
    """Each content once, under its hash and the name by which it came first."""
    first: dict[str, str] = {}
    for each in gathered.files:
        first.setdefault(each["sha256"], each["name"])
    return {f"files/{content}/{name}": content for content, name in first.items()}


async def _add_file(made: _Archive, name: str, area: str, content: str, files: Files) -> list[str]:
    pieces = files.read(area, content)
    try:
        first = await anext(pieces, b"")
    except (FileGone, FileSpoiled):
        return [content]
    await made.add(name, joined(first, pieces), is_packed=True)
    return []


def _manifest(label: Label, parts: Mapping[str, str], missing: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "company": str(label.company_id),
        "first": label.first.isoformat(),
        "last": label.last.isoformat(),
        "made_at": label.made_at.isoformat(),
        "missing": sorted(missing),
        "parts": dict(parts),
    }
    return {**told, "hash": sha256(_text(told)).hexdigest()}


def _text(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _source(package: str, name: str) -> bytes:
    return resources(package).joinpath(name).read_bytes()


async def _encoded(lines: AsyncIterator[str]) -> AsyncIterator[bytes]:
    async for line in lines:
        yield line.encode()
