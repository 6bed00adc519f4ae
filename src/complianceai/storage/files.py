"""Files as they came, kept under the hash of their content: on a disk, or in a store that speaks S3."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from complianceai.storage.errors import DiskFull, FileGone, FileSpoiled, FilesUnreachable, FileTooLarge
from complianceai.storage.failing import refusal_of
from complianceai.storage.pieces import CHUNK_BYTES
from complianceai.storage.scanning import scan

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

# What is longer than this waits on disk, not in memory, until its hash is known.
IN_MEMORY_BYTES = 1_048_576
RETRY_FOR = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safe now: the SHA-256 of its content in hexadecimal, and its size in bytes."""

    hash: str
    size: int


class Files:
    """Every file lies in an area, such as a company's: two areas share nothing, though the content be the same.

    So a company is exported or forgotten whole, and nobody learns by a hash what somebody else keeps.
    """

    def __init__(self, url: str, antivirus: str | None = None) -> None:
        """The place `file:///path` or `s3://bucket/prefix`; nothing is opened until it is used.

        With the address of a scanner for viruses (storage/scanning.py) nothing is kept that it has not seen.

        For S3 the key, region and endpoint come from the environment, by the names that Amazon gave them.
        """
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == "file" else None
        self._bucket, self._prefix = parts.netloc, parts.path.strip("/")
        self._antivirus = antivirus
        self._opened: LocalStore | S3Store | None = None

    @property
    def place(self) -> str:
        """Where the files are, as a person would say it."""
        return str(self._folder) if self._folder else f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    async def keep(self, area: str, chunks: AsyncIterable[bytes], *, limit_bytes: int) -> Kept:
        """What the file is known by from now on; when this returns it outlives a loss of power.

        Errors: FileTooLarge, read no further than the limit; FilesUnreachable; those of `storage.scanning`.
        """
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as spool:
            kept = await _spooled(spool, chunks, limit_bytes)
            if self._antivirus is not None:
                await scan(self._antivirus, spool)
            if not await self.holds(area, kept.hash):
                await self._put(_path(area, kept.hash), spool)
            return kept

    async def read(self, area: str, content_hash: str) -> AsyncIterator[bytes]:
        """The content in pieces. The last piece is handed out only once the whole has proved to be what was kept.

        Errors: FileGone; FileSpoiled; FilesUnreachable.
        """
        import obstore

        running, waiting = sha256(), b""
        with self._told():
            found = await obstore.get_async(self._store(), _path(area, content_hash))
            async for piece in found.stream(min_chunk_size=CHUNK_BYTES):
                if waiting:
                    yield waiting
                waiting = bytes(piece)
                running.update(waiting)
        if running.hexdigest() != content_hash:
            raise FileSpoiled(hash=content_hash)
        if waiting:
            yield waiting

    async def holds(self, area: str, content_hash: str) -> bool:
        """Whether the file is there.

        Errors: FilesUnreachable.
        """
        import obstore

        try:
            with self._told():
                await obstore.head_async(self._store(), _path(area, content_hash))
        except FileGone:
            return False
        return True

    async def list_all(self) -> list[tuple[str, str]]:
        """The area and the hash of every file, in order.

        Errors: FilesUnreachable.
        """
        import obstore

        found: list[tuple[str, str]] = []
        with self._told():
            async for listed in obstore.list(self._store()):
                paths = (each["path"].rsplit("/", 2) for each in listed)
                found += [(parts[0], parts[2]) for parts in paths if len(parts) == 3]
        return sorted(found)

    async def list_area(self, area: str) -> list[str]:
        """The hash of every file of the area, in order.

        Errors: FilesUnreachable.
        """
        import obstore

        found: list[str] = []
        with self._told():
            async for listed in obstore.list(self._store(), prefix=area):
                found += [each["path"].rsplit("/", 1)[-1] for each in listed]
        return sorted(found)

    async def forget(self, area: str, content_hash: str) -> None:
        """Nothing; the file is gone, whether or not it was there.

        Errors: FilesUnreachable.
        """
        await self._delete([_path(area, content_hash)])

    async def forget_area(self, area: str) -> None:
        """Nothing; every file of the area is gone.

        Errors: FilesUnreachable.
        """
        import obstore

        with self._told():
            async for found in obstore.list(self._store(), prefix=area):
                await self._delete([each["path"] for each in found])

    async def ping(self) -> None:
        """Nothing, once the place has answered.

        Errors: FilesUnreachable.
        """
        await self.holds("ping", "0" * 64)

    async def _delete(self, paths: list[str]) -> None:
        import obstore

        try:
            with self._told():
                await obstore.delete_async(self._store(), paths)
        except FileGone:
            return

    async def _put(self, path: str, content: IO[bytes]) -> None:
        import obstore

        content.seek(0)
        with self._told():
            await obstore.put_async(self._store(), path, content)
            if self._folder:
                await asyncio.to_thread(_settle, self._folder / path)

    def _store(self) -> "LocalStore | S3Store":
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> "LocalStore | S3Store":
        # The client is a megabyte or six that a process without files need not spend.
        from obstore.store import LocalStore, S3Store

        if self._folder:
            return LocalStore(self._folder, mkdir=True)
        return S3Store(
            self._bucket,
            prefix=self._prefix or None,
            client_options={
                "timeout": "30s",
                "connect_timeout": "5s",
                "allow_http": _endpoint().startswith("http://"),
            },
            retry_config={"max_retries": 3, "retry_timeout": RETRY_FOR},
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        from obstore.exceptions import BaseError, NotFoundError

        try:
            yield
        except (FileNotFoundError, NotFoundError) as error:
            raise FileGone from error
        except (OSError, BaseError) as error:
            # The store's own client tells of the system's errors in words only.
            if isinstance(refusal_of(error), DiskFull) or "No space left" in str(error):
                raise DiskFull from error
            raise FilesUnreachable(place=self.place) from error


async def _spooled(spool: IO[bytes], chunks: AsyncIterable[bytes], limit_bytes: int) -> Kept:
    running, size = sha256(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit_bytes:
            raise FileTooLarge(limit_bytes=limit_bytes)
        running.update(chunk)
        spool.write(chunk)
    return Kept(running.hexdigest(), size)


def _path(area: str, content_hash: str) -> str:
    return f"{area}/{content_hash[:2]}/{content_hash}"


def _settle(path: Path) -> None:
    # The store renames a finished file into place, and leaves it to the system when that reaches the disk.
    for each in (path, path.parent, path.parent.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _endpoint() -> str:
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
