"""The Word file around a body: a package whose bytes are the same for the same paper."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from complianceai.drafting.docx_base import parts

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BODY = re.compile(rb"<w:body>.*?(<w:sectPr\b.*</w:sectPr>)\s*</w:body>", re.DOTALL)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>'
    "<dc:language>{language}</dc:language></cp:coreProperties>"
)


def package(body: str, numbering: bytes, *, language: str, title: str, author: str) -> bytes:
    """The file whose document has this body."""
    base = parts(language)
    document = _BODY.sub(
        lambda found: b"<w:body>" + body.encode() + found[1] + b"</w:body>",
        base["word/document.xml"],
        count=1,
    )
    core = _CORE.format(title=escape(title), author=escape(author), language=f"{language}-IN")
    replaced = {
        "word/document.xml": document,
        "word/numbering.xml": numbering,
        "docProps/core.xml": core.encode(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {**base, **replaced}.items():
            if name in ("_rels/.rels", "[Content_Types].xml"):
                data = _without_thumbnail(data)  # noqa: PLW2901 - one line of two parts
            made.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _without_thumbnail(data: bytes) -> bytes:
    return re.sub(rb"<(?:Relationship|Default)\b[^>]*(?:thumbnail|\"jpeg\")[^>]*/>", b"", data)
