"""What a version holds: a text that is a paper, or a file that is what its name says."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import SEEK_END, BytesIO
from typing import IO, Any
from uuid import UUID

from complianceai import drafting
from complianceai.base.errors import InvalidInput
from complianceai.base.text import in_one_spelling
from complianceai.drafting.errors import FaultyText
from complianceai.register.acknowledgements.pdf import text_of_pdf
from complianceai.site.words import marked
from complianceai.storage.contents import check_content
from complianceai.storage.files import Files
from complianceai.storage.pieces import of_file
from complianceai.workspace.rendering import in_time

MOST_BYTES = 25 * 1_048_576
MOST_READ_BYTES = 8 * 1_048_576
MOST_LETTERS = 200_000
LONGEST_TEXT = 200_000
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY = marked("A document has at least one word. Write it.")
TOO_LONG = marked("A text has at most 200000 characters. Shorten it, or make two documents of it.")


@dataclass(frozen=True, slots=True)
class Content:
    """All that a version is but its number, its author and its time."""

    sha256: str
    text: str | None = None
    answers: Mapping[str, Any] | None = None
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    said: str | None = None
    # The version of the company's own template that it was drafted from.
    template_version: int | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it."""

    name: str
    content: IO[bytes]


async def content_of_text(text: str, *, numbered: bool, answers: Mapping[str, Any] | None = None) -> Content:
    """The text as a version holds it, in one spelling and with one kind of line ends.

    Errors: InvalidInput, with each faulty line; TookTooLong.
    """
    spelt = in_one_spelling(text.replace("\r\n", "\n").replace("\r", "\n")).rstrip() + "\n"
    if not spelt.strip():
        raise InvalidInput({"text": EMPTY})
    if len(spelt) > LONGEST_TEXT:
        raise InvalidInput({"text": TOO_LONG})
    try:
        await in_time(drafting.read, spelt, numbered=numbered)
    except FaultyText as error:
        raise InvalidInput(faults_of_text(error)) from error
    return Content(sha256(spelt.encode()).hexdigest(), text=spelt, answers=answers)


def faults_of_text(error: FaultyText) -> dict[str, str]:
    """What is wrong with a text, by line; the whole under the name of the field."""
    told = " ".join(f"Line {fault.line}: {fault.says.rstrip('.')}." for fault in error.faults)
    return {"text": told or str(error)}


async def keep_upload(files: Files, company_id: UUID, upload: Upload) -> Content:
    """The file as a version holds it, once it is safe; its words are read so that they can be searched for.

    Errors: those of `storage.contents` and `storage.files`.
    """
    found = check_content(upload.name, upload.content)
    kept = await files.keep(str(company_id), of_file(upload.content), limit_bytes=MOST_BYTES)
    said = await _said(upload.content, found.media_type) if kept.size <= MOST_READ_BYTES else ""
    return Content(
        kept.hash, name=found.name, media_type=found.media_type, size=kept.size, said=said.replace("\x00", "")
    )


async def _said(stream: IO[bytes], media_type: str) -> str:
    stream.seek(0)
    if media_type == PDF:
        return await text_of_pdf(stream.read())
    if media_type == WORD:
        return await in_time(words_of_docx, stream.read())
    if media_type.startswith("text/"):
        return stream.read(MOST_LETTERS).decode("utf-8", "replace")
    return ""


def words_of_docx(content: bytes) -> str:
    """What a DOCX says, paragraphs and tables; empty where it cannot be read."""
    import docx  # noqa: PLC0415 - heavy, and only here
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - so too

    try:
        paper = docx.Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError):
        return ""
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])[:MOST_LETTERS]


def size_of(stream: IO[bytes]) -> int:
    """How long a file is. Units: bytes."""
    return stream.seek(0, SEEK_END)
