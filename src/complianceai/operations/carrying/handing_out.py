"""An archive as a reply."""

from collections.abc import Iterator
from typing import IO
from uuid import UUID

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

CHUNK_BYTES = 262_144
ZIP = "application/zip"


def archive_reply(archive: IO[bytes], company_id: UUID) -> StreamingResponse:
    """The archive for keeping, closed once it is sent."""
    return StreamingResponse(
        _pieces(archive),
        media_type=ZIP,
        headers={
            "Content-Disposition": f'attachment; filename="company-{company_id}.zip"',
            "Cache-Control": "private, no-store",
        },
        background=BackgroundTask(archive.close),
    )


def _pieces(archive: IO[bytes]) -> Iterator[bytes]:
    while piece := archive.read(CHUNK_BYTES):
        yield piece
