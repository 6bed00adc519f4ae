"""Whether a Word file from elsewhere may be opened at all: looked at as a package, before any part of it is parsed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from complianceai.drafting.errors import RefusedFile

MOST_BYTES = 15 * 1_048_576
MOST_UNPACKED_BYTES = 60 * 1_048_576
MOST_PARTS = 1000
MOST_RATIO = 150
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = re.compile(
    r"vbaProject|vbaData|activeX|oleObject|/embeddings/|\.(?:bin|exe|dll|js|vbs|hta|scr)$", re.IGNORECASE
)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""")
_HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_INSTRUCTIONS = re.compile(rb"<w:instrText\b[^>]*>(.*?)</w:instrText>|w:instr\s*=\s*\"([^\"]*)\"", re.DOTALL)
_FETCHING = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE)\b")


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file that does nothing by itself, links to pages made plain words.

    Errors: RefusedFile, with what is wrong and how to mend it.
    """
    if len(data) > MOST_BYTES:
        raise RefusedFile(why=f"it is larger than {MOST_BYTES // 1_048_576} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _unpacked(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedFile(why="it is no Word file (.docx); save it as one.") from error
    for refusal in (*_of_parts(parts), *_of_relations(parts), *_of_texts(parts)):
        raise RefusedFile(why=refusal)
    return {name: _plain_links(name, part) for name, part in parts.items()}


def packed(parts: dict[str, bytes]) -> bytes:
    """The package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _unpacked(package: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in package.infolist() if not info.is_dir()]
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
        raise RefusedFile(why="unpacked it would be far too large.")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") for name in names
    ):
        raise RefusedFile(why="its parts are named in a way that Word never names them.")
    for info in infos:
        if info.flag_bits & 1:
            raise RefusedFile(why="it is locked by a password; save it without.")
        if info.file_size > 100_000 and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise RefusedFile(why="unpacked it would be far too large.")
    # `read` gives no more than the size that was looked at above.
    return {info.filename: package.read(info) for info in infos}


def _of_parts(parts: dict[str, bytes]) -> Iterator[str]:
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vba" in name.lower() for name in parts):
        yield "it holds macros; save it as a Word document without macros (.docx)."
    if _DOCUMENT not in types or "word/document.xml" not in parts:
        yield "it is no Word file (.docx); save it as one."
    if active := sorted(name for name in parts if _ACTIVE.search(name)):
        yield f"another program's file is embedded in it ({active[0]}); take that out."


def _of_relations(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        if name.endswith(".rels"):
            for relation in _RELATION.findall(part):
                if _EXTERNAL.search(relation) and not _HYPERLINK.search(relation):
                    target = _TARGET.search(relation)
                    shown = target[1].decode(errors="replace")[:100] if target else "another file"
                    yield f"it fetches something from outside ({shown}); embed it or take it out."


def _of_texts(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield f"its part {name} declares entities, which Word never writes."
        said = b"".join(b"".join(found) for found in _INSTRUCTIONS.findall(part))
        if fetching := _FETCHING.search(said):
            yield f"it has a field that fetches or runs something ({fetching[0].decode()}); take it out."


def _plain_links(name: str, part: bytes) -> bytes:
    """The part without links to pages: their words stay."""
    if name.endswith(".rels"):
        return _RELATION.sub(lambda found: b"" if _EXTERNAL.search(found[0]) else found[0], part)
    if name.startswith("word/") and name.endswith(".xml") and b"<w:hyperlink" in part:
        return re.sub(rb"</?w:hyperlink\b[^>]*>", b"", part)
    return part
