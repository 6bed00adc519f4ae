"""Where backups lie: a folder, or a bucket that speaks S3. Their names are their times, so they sort."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from complianceai.operations.backup.errors import BackupFailed, BackupMissing

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

_NAME = re.compile(r"complianceai-(\d{8}T\d{6}Z)\.tar\.gz(\.age)?")
_SHAPE = "%Y%m%dT%H%M%SZ"


class Found(NamedTuple):
    """A backup that lies there; its size in bytes."""

    name: str
    made_at: datetime
    size: int

    @property
    def is_encrypted(self) -> bool:
        """Whether it takes a key to read it."""
        return self.name.endswith(".age")


def name_at(now: datetime, *, is_encrypted: bool) -> str:
    """What a backup of that moment is called."""
    return f"complianceai-{now.astimezone(UTC):{_SHAPE}}.tar.gz{'.age' if is_encrypted else ''}"


class Place:
    """A place for backups: `file:///folder` or `s3://bucket/prefix`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == "file" else None
        self._bucket, self._prefix = parts.netloc, parts.path.strip("/")
        self.name = str(self._folder) if self._folder else f"s3://{self._bucket}/{self._prefix}"

    async def list(self) -> list[Found]:
        """Every backup that lies there, the newest first.

        Errors: BackupFailed where the place does not answer.
        """
        if self._folder and not self._folder.exists():
            return []
        listed = await self._asked(lambda store, obstore: obstore.list(store).collect())
        found = [(_NAME.fullmatch(each["path"]), each) for each in listed]
        return sorted(
            (
                Found(each["path"], datetime.strptime(match[1], _SHAPE).replace(tzinfo=UTC), each["size"])
                for match, each in found
                if match
            ),
            key=lambda each: each.made_at,
            reverse=True,
        )

    async def find(self, name: str | None) -> Found:
        """The backup of that name; the newest, where none is named.

        Errors: BackupMissing.
        """
        for each in await self.list():
            if name in (None, each.name):
                return each
        raise BackupMissing(place=self.name)

    async def put(self, file: Path, name: str) -> None:
        """Nothing; the file lies there whole under that name, or not at all.

        Errors: BackupFailed.
        """
        await self._asked(lambda store, obstore: obstore.put(store, name, file))

    async def fetch(self, name: str, target: Path) -> None:
        """Nothing; the target is a copy of that backup.

        Errors: BackupFailed.
        """

        def fetch(store: Any, obstore: Any) -> None:
            with target.open("wb") as file:
                for piece in obstore.get(store, name).stream(min_chunk_size=1 << 20):
                    file.write(bytes(piece))

        await self._asked(fetch)

    async def drop(self, names: Sequence[str]) -> None:
        """Nothing; those are gone.

        Errors: BackupFailed.
        """
        if names:
            await self._asked(lambda store, obstore: obstore.delete(store, list(names)))

    async def _asked(self, question: Any) -> Any:
        import obstore
        from obstore.exceptions import BaseError

        try:
            return await asyncio.to_thread(question, self._store(), obstore)
        except (OSError, BaseError) as error:
            raise BackupFailed(
                fault=f"{self.name} cannot be used: {str(error).splitlines()[0]}",
                cure="Check BACKUP_URL, its rights and the free space.",
            ) from error

    def _store(self) -> "LocalStore | S3Store":
        from obstore.store import LocalStore, S3Store

        if self._folder:
            return LocalStore(self._folder, mkdir=True)
        return S3Store(
            self._bucket, prefix=self._prefix or None, client_options={"timeout": timedelta(hours=1)}
        )


class Keep(NamedTuple):
    """How many days, weeks and months back one backup each is kept; the newest always is."""

    days: int = 7
    weeks: int = 5
    months: int = 12


def outlived(found: Sequence[Found], keep: Keep) -> list[Found]:
    """Those that nothing keeps: the newest of each of the last so many days, weeks and months that have one is kept."""
    kept: set[str] = {each.name for each in sorted(found, key=lambda each: each.made_at)[-1:]}
    for shape, count in (("%Y-%m-%d", keep.days), ("%G-%V", keep.weeks), ("%Y-%m", keep.months)):
        newest: dict[str, str] = {}
        for each in sorted(found, key=lambda each: each.made_at):
            newest[f"{each.made_at:{shape}}"] = each.name
        kept.update(newest[span] for span in sorted(newest)[-count:] if count)
    return [each for each in found if each.name not in kept]
