"""Whether a file is what its name says, of a kind that we keep, and safe to hand on."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile

from complianceai.base.text import in_one_spelling
from complianceai.storage.errors import FileHasMacros, FileNotAsNamed, FileNotKept, FileUnfolds

LONGEST_NAME = 200
HEAD_BYTES = 4096
# An honest document unfolds to some ten times its size; a bomb to a thousand.
MOST_UNFOLDED_BYTES = 400 * 1_048_576
MOST_TIMES = 200
MOST_PARTS = 10_000
# Control characters, and those that turn the direction of writing so that a name hides its end.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Content(NamedTuple):
    """A file's name as we keep it, and its type as it is announced to whoever fetches it."""

    name: str
    media_type: str


class _Kind(NamedTuple):
    media_type: str
    is_such: Callable[[bytes, IO[bytes]], bool]


def check_content(name: str, content: IO[bytes]) -> Content:
    """What the file is, once its content bears its name out; the stream stands at its beginning again.

    Errors: FileNotKept; FileNotAsNamed; FileHasMacros; FileUnfolds.
    """
    plain = _plain_name(name)
    kind = KINDS.get(PurePosixPath(plain).suffix.lower())
    if kind is None:
        raise FileNotKept(kinds=", ".join(sorted({suffix.removeprefix(".") for suffix in KINDS})))
    content.seek(0)
    head = content.read(HEAD_BYTES)
    content.seek(0)
    if not kind.is_such(head, content):
        raise FileNotAsNamed(name=plain)
    content.seek(0)
    return Content(plain, kind.media_type)


def _plain_name(name: str) -> str:
    """The last part of a path of either kind of machine, on one line, no longer than may be."""
    last = _UNSEEN.sub("", in_one_spelling(re.split(r"[/\\]", name)[-1])).strip(" .")
    stem, suffix = PurePosixPath(last).stem, PurePosixPath(last).suffix
    return f"{stem[: LONGEST_NAME - len(suffix)]}{suffix}" if stem and suffix else last[:LONGEST_NAME]


def _begins(*signatures: bytes) -> Callable[[bytes, IO[bytes]], bool]:
    return lambda head, _content: head.startswith(signatures)


def _is_pdf(head: bytes, content: IO[bytes]) -> bool:
    content.seek(0, 2)
    content.seek(max(0, content.tell() - 2048))
    return b"%PDF-" in head[:1024] and b"%%EOF" in content.read()


def _is_text(head: bytes, content: IO[bytes]) -> bool:
    return not head.startswith((b"%PDF", b"PK\x03\x04", b"MZ", b"\x7fELF")) and _reads_as_text(content)


def _reads_as_text(content: IO[bytes]) -> bool:
    content.seek(0)
    while chunk := content.read(1_048_576):
        if b"\x00" in chunk:
            return False
    return True


def _is_office(part: str) -> Callable[[bytes, IO[bytes]], bool]:
    def is_such(_head: bytes, content: IO[bytes]) -> bool:
        try:
            with ZipFile(content) as archive:
                names = archive.namelist()
                _check_unfolding(archive)
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise FileHasMacros
        return part in names and "[Content_Types].xml" in names

    return is_such


def _check_unfolding(archive: ZipFile) -> None:
    parts = archive.infolist()
    folded, unfolded = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unfolded > min(MOST_UNFOLDED_BYTES, MOST_TIMES * max(folded, 10_000)):
        raise FileUnfolds


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, _Kind] = {
    ".pdf": _Kind("application/pdf", _is_pdf),
    ".png": _Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": _Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": _Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".docx": _Kind(f"{_OFFICE}.wordprocessingml.document", _is_office("word/document.xml")),
    ".xlsx": _Kind(f"{_OFFICE}.spreadsheetml.sheet", _is_office("xl/workbook.xml")),
    ".csv": _Kind("text/csv", _is_text),
    ".txt": _Kind("text/plain", _is_text),
}
