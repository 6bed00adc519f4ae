"""Typst, kept warm: one compiler for the process, its own fonts and Devanagari, and nothing of the machine's."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complianceai.drafting.errors import TooMuch

if TYPE_CHECKING:
    from typst import Compiler

MOST_SOURCE_BYTES = 8 * 1_048_576
# One compiler works on one paper at a time; a page takes it about a millisecond.
_turn = threading.Lock()


def pdf(source: str, standards: Sequence[str] = ()) -> bytes:
    """The PDF that a source of typst is, tagged."""
    return _compiled(source, format="pdf", pdf_standards=list(standards))[0]


def pictures(source: str, ppi: float = 96) -> list[bytes]:
    """The pages as PNG: to look at them."""
    return _compiled(source, format="png", ppi=ppi)


def _compiled(source: str, **wanted: Any) -> list[bytes]:
    data = source.encode()
    if len(data) > MOST_SOURCE_BYTES:
        raise TooMuch(limit="a PDF is made of at most 8 MB of text")
    with _turn:
        made = _compiler().compile(data, **wanted)
    assert made is not None  # noqa: S101 - nothing is returned only where a file was asked for
    return made if isinstance(made, list) else [made]


@lru_cache(maxsize=1)
def _compiler() -> Compiler:
    from importlib.util import find_spec  # noqa: PLC0415 - only where a PDF is made

    import typst  # noqa: PLC0415

    # The font is data in a package of its own.
    package = find_spec("fontpkg_noto_sans_devanagari")
    assert package is not None and package.origin  # noqa: S101, PT018 - it stands in the lock
    folder = Path(package.origin).parent / "files"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    return typst.Compiler(b"", font_paths=fonts)


def quoted(text: str) -> str:
    """The text as a string of typst's code, in which nothing but the two marks escaped here means anything."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
