"""A table as PDF, printed by a process of its own: a long one takes two hundred megabytes that a server would keep."""

import asyncio
import json
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from complianceai.register.lists.errors import NotPrinted

TEMPLATE = Path(__file__).with_name("paper.typ")
MOST_ROWS = 2000
SECONDS = 60
# Each takes a core for as long as it prints.
_at_once = asyncio.Semaphore(2)


async def print_paper(given: Mapping[str, Any]) -> bytes:
    """The PDF of what `showing.paper_of` made.

    Errors: NotPrinted.
    """
    async with _at_once:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            async with asyncio.timeout(SECONDS):
                made, said = await child.communicate(json.dumps(given).encode())
        except TimeoutError:
            child.kill()
            await child.wait()
            raise NotPrinted from None
    if child.returncode != 0:
        # Our own template or our own data: nobody's typing can cause it, so it is a bug to be seen whole.
        raise RuntimeError(said.decode(errors="replace")[-2000:])
    return made


def main() -> None:
    """Nothing; the PDF of the JSON on standard input is on standard output."""
    import typst  # noqa: PLC0415 - megabytes that only this process needs

    paper = typst.compile(
        str(TEMPLATE),
        sys_inputs={"given": sys.stdin.buffer.read().decode()},
        font_paths=[_fonts()],
        ignore_system_fonts=True,
    )
    sys.stdout.buffer.write(paper)


def _fonts() -> str:
    """Where the font of Devanagari lies; typst brings one for everything else."""
    found = find_spec("fontpkg_noto_sans_devanagari")
    if found is None or found.origin is None:
        raise RuntimeError("the wheel fontpkg-noto-sans-devanagari is not installed")
    return str(Path(found.origin).parent)


if __name__ == "__main__":
    main()
