"""What a PDF from elsewhere could do when it is opened: scripts, programs, files within it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from complianceai.drafting.errors import RefusedFile
from complianceai.drafting.limits import apart

MOST_BYTES = 25 * 1_048_576
MOST_OBJECTS = 200_000
_KEYS = {
    "/JavaScript": "it holds a script",
    "/JS": "it holds a script",
    "/XFA": "it holds a form that runs scripts",
    "/EmbeddedFiles": "another file is embedded in it",
    "/RichMedia": "it plays media",
}
_ACTIONS = {
    "/JavaScript": "it holds a script",
    "/Launch": "it starts another program",
    "/ImportData": "it fetches data from elsewhere",
    "/SubmitForm": "it sends what is typed into it elsewhere",
    "/GoToE": "another file is embedded in it",
    "/RichMediaExecute": "it plays media",
}


def check_pdf(data: bytes) -> None:
    """Nothing, where a PDF only shows its pages.

    Errors: RefusedFile, with what it would do; TooMuch.
    """
    if len(data) > MOST_BYTES:
        raise RefusedFile(why=f"it is larger than {MOST_BYTES // 1_048_576} MB.")
    if found := apart("examine_pdf", data):
        raise RefusedFile(why=f"{found[0]}; print it to a new PDF and bring that.")


def dangers(data: bytes) -> list[str]:
    """What it could do, each said once.

    Errors: RefusedFile where it is no PDF, is broken, or locked.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only in the child
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise RefusedFile(why="it is no PDF.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise RefusedFile(why="it is locked by a password; save it without.")
        return sorted({said for each in _objects(reader) for said in _of_object(each)})
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError) as error:
        raise RefusedFile(why="it is broken; print it to a new PDF and bring that.") from error


def _objects(reader: Any) -> Iterator[Any]:
    """Every dictionary of the file, those within others too."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - as above

    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise RefusedFile(why="it has far too many parts.")
    pending = [
        reader.trailer,
        *(IndirectObject(number, 0, reader).get_object() for number in sorted(numbers)),
    ]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            yield each
            pending += [value for value in dict.values(each) if isinstance(value, dict | list)]
        elif isinstance(each, list):
            pending += [value for value in list.__iter__(each) if isinstance(value, dict | list)]


def _of_object(each: Any) -> Iterator[str]:
    yield from (said for key, said in _KEYS.items() if key in each)
    action = each.raw_get("/S") if "/S" in each else None
    if isinstance(action, str) and action in _ACTIONS:
        yield _ACTIONS[action]
