"""Nothing is kept that the scanner for viruses has not seen; the scanner here speaks as clamd does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from complianceai.storage.errors import FileHasVirus, ScannerUnreachable
from complianceai.storage.files import Files

# Not a virus, and taken for one by agreement, as scanners are tested; written in two so that none finds it here.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@asynccontextmanager
async def scanner(said: bytes | None = None) -> AsyncIterator[str]:
    """A scanner that knows one virus; `said` is its answer whatever comes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        whole = b""
        while length := int.from_bytes(await reader.readexactly(4)):
            whole += await reader.readexactly(length)
        found = b"stream: Eicar-Test-Signature FOUND" if TEST_VIRUS in whole else b"stream: OK"
        writer.write((found if said is None else said) + b"\0")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def _kept_in(folder: Path) -> int:
    return sum(each.is_file() for each in folder.rglob("*"))


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def test_a_file_without_a_virus_is_kept_and_one_with_it_is_not(tmp_path: Path) -> None:
    async with scanner() as address:
        files = Files(tmp_path.as_uri(), address)
        kept = await files.keep("a", _pieces(b"an honest file"), limit_bytes=1000)
        assert await files.holds("a", kept.hash)
        with pytest.raises(FileHasVirus):
            await files.keep("a", _pieces(b"before ", TEST_VIRUS, b" after"), limit_bytes=1000)
    assert _kept_in(tmp_path) == 1


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: perhaps"])
async def test_what_the_scanner_has_not_cleared_is_not_kept(tmp_path: Path, said: bytes) -> None:
    async with scanner(said) as address:
        files = Files(tmp_path.as_uri(), address)
        with pytest.raises(ScannerUnreachable):
            await files.keep("a", _pieces(b"x"), limit_bytes=1000)


async def test_without_an_answer_nothing_is_kept(tmp_path: Path) -> None:
    files = Files(tmp_path.as_uri(), "tcp://127.0.0.1:9")
    with pytest.raises(ScannerUnreachable):
        await files.keep("a", _pieces(b"x"), limit_bytes=1000)
    assert _kept_in(tmp_path) == 0
