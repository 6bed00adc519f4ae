"""A child of `press`: sets one paper after the other, until nobody asks any more."""

from __future__ import annotations

import json
import pickle  # nosec B403
import sys
from datetime import datetime
from importlib import import_module
from typing import IO, Any

from complianceai.drafting.apart import outcome
from complianceai.drafting.comparing import compare
from complianceai.drafting.model import Style
from complianceai.drafting.press import LENGTH, WORK
from complianceai.drafting.reading import read
from complianceai.drafting.redline_pages import redline_html
from complianceai.drafting.redline_prints import redline_pdf
from complianceai.drafting.redlines import redline_docx
from complianceai.drafting.writing_docx import write_docx
from complianceai.drafting.writing_html import write_html
from complianceai.drafting.writing_pdf import write_pdf

MEMORY_BYTES = 1024 * 1_048_576


def main() -> None:
    """Answers until the pipe is closed, which it is when the parent is gone."""
    limit()
    while True:
        head = sys.stdin.buffer.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        work, arguments = pickle.loads(sys.stdin.buffer.read(LENGTH.unpack(head)[1]))  # noqa: S301  # nosec B301
        say(sys.stdout.buffer, work, arguments)


def say(pipe: IO[bytes], work: str, arguments: tuple[Any, ...]) -> None:
    """Nothing; what came of the work is written."""
    module, _, name = WORK[work].partition(":")
    found = outcome(getattr(import_module(module), name), arguments, as_bytes=True)
    kind, body = (b"B", found) if isinstance(found, bytes) else (b"J", json.dumps(found).encode())
    pipe.write(LENGTH.pack(kind, len(body)) + body)
    pipe.flush()


def paper(kind: str, text: str, numbered: bool, style: Style) -> bytes:  # noqa: FBT001 - as `read` takes it
    """The paper of a text as `pdf`, `docx` or `html`.

    Errors: FaultyText; TooMuch.
    """
    made = read(text, numbered)
    match kind:
        case "docx":
            return write_docx(made, style)
        case "html":
            return write_html(made, style.language).encode()
        case _:
            return write_pdf(made, style)


def redline(kind: str, old: str, new: str, numbered: bool, style: Style, when: datetime) -> bytes:  # noqa: FBT001
    """What became of a text, as `pdf`, `docx` (changes tracked as the style's author's) or `html`."""
    found = compare(old, new, numbered=numbered, language=style.language)
    match kind:
        case "docx":
            return redline_docx(found, style.author, when, style.title)
        case "html":
            return redline_html(found).encode()
        case _:
            return redline_pdf(found, style.title)


def limit() -> None:
    """Nothing; from now on this process has a limit on its memory and writes no files, where the system knows any."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
