"""What is stored or sent in pieces: from a file, from one piece, from a beginning and the rest."""

from collections.abc import AsyncIterator
from typing import IO

CHUNK_BYTES = 262_144


async def once(content: bytes) -> AsyncIterator[bytes]:
    """The content in one piece."""
    yield content


async def of_file(whole: IO[bytes]) -> AsyncIterator[bytes]:
    """The file from its beginning, a quarter of a megabyte at a time."""
    whole.seek(0)
    while piece := whole.read(CHUNK_BYTES):
        yield piece


async def joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The first piece, then the rest."""
    yield first
    async for piece in rest:
        yield piece
