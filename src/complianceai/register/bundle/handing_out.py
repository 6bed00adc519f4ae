"""A bundle as a reply."""

from collections.abc import Iterator
from datetime import date
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from complianceai.register.errors import WindowFaulty

MOST_YEARS = 10
CHUNK_BYTES = 262_144
ZIP = "application/zip"


def check_window(first: date, last: date) -> None:
    """Nothing, where a bundle may be asked for of that time.

    Errors: WindowFaulty.
    """
    if not first <= last or last.year - first.year > MOST_YEARS:
        raise WindowFaulty(most_years=MOST_YEARS)


def archive_reply(archive: IO[bytes], first: date, last: date) -> StreamingResponse:
    """The archive for keeping, closed once it is sent."""
    return StreamingResponse(
        _pieces(archive),
        media_type=ZIP,
        headers={"Content-Disposition": f'attachment; filename="evidence-{first}-{last}.zip"'},
        background=BackgroundTask(archive.close),
    )


def _pieces(archive: IO[bytes]) -> Iterator[bytes]:
    while piece := archive.read(CHUNK_BYTES):
        yield piece
