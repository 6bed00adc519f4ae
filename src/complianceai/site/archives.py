"""An archive as a reply."""

from collections.abc import Iterator
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from complianceai.storage.pieces import CHUNK_BYTES

ZIP = "application/zip"


def archive_reply(archive: IO[bytes], name: str) -> StreamingResponse:
    """The archive for keeping under a name, kept by nobody on the way, and closed once it is sent."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    closing = BackgroundTask(archive.close)
    return StreamingResponse(_pieces(archive), media_type=ZIP, headers=headers, background=closing)


def _pieces(archive: IO[bytes]) -> Iterator[bytes]:
    while piece := archive.read(CHUNK_BYTES):
        yield piece
