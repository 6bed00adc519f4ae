"""An archive that proves to be what was written, read part by part; nothing of it is laid out on the disk."""

import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Column

from complianceai.operations.carrying.errors import ArchiveUnreadable
from complianceai.operations.carrying.gathering import About, Somebody
from complianceai.operations.carrying.packing import (
    ABOUT,
    FILES,
    FORMAT,
    MANIFEST,
    PEOPLE,
    TABLES,
    TRAIL_LINES,
    sealed,
)
from complianceai.operations.carrying.spelling import read_value
from complianceai.storage.migrate import newest_revision
from complianceai.storage.verify_trail import faults_of

_CHUNK = 1 << 20
# A row is at most a document's text; what claims to be longer is no row of ours.
_LONGEST_LINE = 64 << 20
_MOST_SMALL = 64 << 20
_FAULTS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, NotImplementedError)


class Archive:
    """The parts of an archive; every hash in it was found right before this was made."""

    def __init__(self, name: str, archive: ZipFile) -> None:
        """The opened archive.

        Errors: ArchiveUnreadable.
        """
        self.name, self._archive = name, archive
        try:
            self._check_parts()
            self.about = _about(json.loads(self._small(ABOUT)))
        except _FAULTS as error:
            self.refuse(f"it is no whole archive of a company ({str(error)[:200]})")
        if self.about.revision > newest_revision():
            self.refuse(f"version {self.about.version} of this program made it, a newer one")
        if fault := next(faults_of(self._lines(TRAIL_LINES)), None):
            self.refuse(f"its trail is not whole ({fault})")

    def people(self) -> list[Somebody]:
        """Everybody that a row names and who had an account."""
        try:
            told = [json.loads(line) for line in self._small(PEOPLE).splitlines()]
            return [Somebody(UUID(each["id"]), str(each["name"]), str(each["email"])) for each in told]
        except _FAULTS as error:
            self.refuse(f"{PEOPLE} cannot be read ({error})")

    def rows(self, table: str, columns: Mapping[str, Column[Any]]) -> Iterator[dict[str, Any]]:
        """The rows of a table, each value as its column takes it; none of a table that the archive has not.

        Errors: ArchiveUnreadable, which names the line.
        """
        name = f"{TABLES}/{table}.jsonl"
        if name not in self._archive.NameToInfo:
            return
        keys: set[str] | None = None
        for number, line in enumerate(self._lines(name), 1):
            try:
                told = json.loads(line)
                if (keys := keys or set(told)) != set(told):
                    self.refuse(f"{name}, line {number}: other columns than in the first line")
                yield {key: read_value(columns[key], value) for key, value in told.items()}
            except (ValueError, AttributeError) as error:
                self.refuse(f"{name}, line {number}: {error}")
            except KeyError as error:
                self.refuse(f"{name}, line {number}: there is no column {error}")

    def trail(self) -> Iterator[dict[str, Any]]:
        """The rows of the trail as they stand in it, without the closing one."""
        for line in self._lines(TRAIL_LINES):
            row: dict[str, Any] = json.loads(line)
            if "closing" not in row:
                yield row

    def files(self) -> Iterator[tuple[str, int]]:
        """The hash and the size of every file."""
        for info in self._archive.infolist():
            folder, _, content = info.filename.partition("/")
            if folder == FILES:
                yield content, info.file_size

    def pieces(self, content: str) -> Iterator[bytes]:
        """A file in pieces."""
        with self._archive.open(f"{FILES}/{content}") as part:
            while piece := part.read(_CHUNK):
                yield piece

    def close(self) -> None:
        """Nothing; the file is let go."""
        self._archive.close()

    def refuse(self, fault: str) -> NoReturn:
        """Nothing: it raises, with what is wrong.

        Errors: ArchiveUnreadable.
        """
        raise ArchiveUnreadable(name=self.name, fault=fault)

    def _check_parts(self) -> None:
        told = json.loads(self._small(MANIFEST))
        parts = told["parts"]
        if sealed(parts) != self._small(MANIFEST):
            self.refuse(f"{MANIFEST} is not as it was written")
        names = [info.filename for info in self._archive.infolist()]
        if len(names) != len(set(names)) or {*parts, MANIFEST} != set(names):
            self.refuse("it has parts too many or too few")
        for name, expected in parts.items():
            if self._hash_of(name) != expected:
                self.refuse(f"{name} is not as it was written")

    def _hash_of(self, name: str) -> str:
        running = sha256()
        with self._archive.open(name) as part:
            while piece := part.read(_CHUNK):
                running.update(piece)
        return running.hexdigest()

    def _small(self, name: str) -> bytes:
        with self._archive.open(name) as part:
            content = part.read(_MOST_SMALL + 1)
        if len(content) > _MOST_SMALL:
            self.refuse(f"{name} is too long")
        return content

    def _lines(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as part:
            while line := part.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    self.refuse(f"{name} has a line without an end")
                yield line[:-1]


def open_archive(file: Path) -> Archive:
    """The archive in the file; whoever asked closes it.

    Errors: ArchiveUnreadable.
    """
    try:
        archive = ZipFile(file)
    except _FAULTS as error:
        raise ArchiveUnreadable(
            name=file.name, fault=f"it is no archive of a company ({str(error)[:200]})"
        ) from error
    try:
        return Archive(file.name, archive)
    except BaseException:
        archive.close()
        raise


def _about(told: Mapping[str, Any]) -> About:
    if told["format"] != FORMAT:
        message = "a newer version of this program made it"
        raise ValueError(message)
    tables = {str(name): (int(rows), str(total)) for name, (rows, total) in told["tables"].items()}
    return About(
        UUID(told["company_id"]),
        str(told["company"]),
        str(told["version"]),
        str(told["revision"]),
        datetime.fromisoformat(told["made_at"]),
        tables,
        [str(each) for each in told["missing"]],
    )
