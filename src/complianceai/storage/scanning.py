"""Whether a scanner for viruses finds anything in a file: ClamAV's own daemon, or another that speaks as it does.

Source: clamd(8), the command INSTREAM.
"""

import asyncio
from typing import IO
from urllib.parse import urlsplit

import structlog

from complianceai.storage.errors import FileHasVirus, ScannerUnreachable
from complianceai.storage.pieces import CHUNK_BYTES

PATIENCE_SECONDS = 25
LENGTH_BYTES = 4
log = structlog.get_logger(__name__)


async def scan(address: str, content: IO[bytes]) -> None:
    """Nothing, where the scanner at `tcp://host:port` or `unix:///path` finds nothing; the stream is read to its end.

    Errors: FileHasVirus; ScannerUnreachable, since what nobody looked at is not kept.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            said = await _asked(address, content)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        log.warning("antivirus.unreachable", error=repr(error))
        raise ScannerUnreachable from error
    if said.endswith("FOUND"):
        log.warning("antivirus.found", said=said[:200])
        raise FileHasVirus
    if not said.endswith("OK"):
        log.error("antivirus.unreachable", error=said[:200])
        raise ScannerUnreachable


async def _asked(address: str, content: IO[bytes]) -> str:
    parts = urlsplit(address)
    opened = (
        asyncio.open_unix_connection(parts.path)
        if parts.scheme == "unix"
        else asyncio.open_connection(parts.hostname, parts.port)
    )
    reader, writer = await opened
    try:
        writer.write(b"zINSTREAM\0")
        content.seek(0)
        while chunk := content.read(CHUNK_BYTES):
            writer.write(len(chunk).to_bytes(LENGTH_BYTES) + chunk)
            await writer.drain()
        writer.write(bytes(LENGTH_BYTES))
        await writer.drain()
        said = await reader.readuntil(b"\0")
    finally:
        writer.close()
    return said.rstrip(b"\0").decode(errors="replace").strip()
