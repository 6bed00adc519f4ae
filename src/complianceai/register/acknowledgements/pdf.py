"""The text of a PDF, taken out by a process of its own that may use little time and memory and has nothing to lose."""

import asyncio
import sys
from io import BytesIO
from pathlib import Path

MOST_PAGES = 30
MOST_LETTERS = 200_000
SECONDS = 15
MEMORY_BYTES = 1 << 30


async def text_of_pdf(content: bytes) -> str:
    """What the PDF says; empty where it is a picture, is locked, is broken, or would take too long to read."""
    reader = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(Path(__file__))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await reader.communicate(content)
    except TimeoutError:
        return ""
    finally:
        if reader.returncode is None:
            reader.kill()
            await reader.wait()
    return said.decode("utf-8", "replace") if reader.returncode == 0 else ""


def _main() -> None:
    _limit()
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits

    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return
    left = MOST_LETTERS
    for page in reader.pages[:MOST_PAGES]:
        said = page.extract_text()[:left]
        left -= len(said)
        sys.stdout.buffer.write(said.encode("utf-8", "replace") + b"\n")


def _limit() -> None:
    if sys.platform == "win32":  # it has no such limits; the clock of whoever asked remains
        return
    import resource  # noqa: PLC0415 - not everywhere

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    _main()
