"""A file as a reply: to be kept, never to be run in our name."""

from collections.abc import AsyncIterator
from typing import Protocol
from urllib.parse import quote

from starlette.responses import StreamingResponse

from complianceai.storage.files import Files

# Whatever a viewer makes of the file, it may do nothing with our pages.
_HARMLESS = "default-src 'none'; sandbox"


class Fetched(Protocol):
    """What there is to know of a file to hand it out."""

    @property
    def sha256(self) -> str:
        """The hash under which it lies."""
        ...

    @property
    def name(self) -> str:
        """How it is called."""
        ...

    @property
    def media_type(self) -> str | None:
        """What it is, where that is known."""
        ...


async def file_reply(files: Files, area: str, found: Fetched) -> StreamingResponse:
    """The file for keeping, once its first piece is at hand.

    Errors: FileGone; FilesUnreachable; FileSpoiled where a short file is not what was kept.
    """
    pieces = files.read(area, found.sha256)
    first = await anext(pieces, b"")
    return StreamingResponse(
        _all(first, pieces),
        media_type=found.media_type or "application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "Content-Security-Policy": _HARMLESS,
            "Cache-Control": "private, no-store",
            "ETag": f'"{found.sha256}"',
        },
    )


async def _all(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
