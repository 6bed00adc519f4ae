"""Two versions of a text compared word by word."""

from html import escape

from complianceai import drafting
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.versions import Version
from complianceai.workspace.rendering import Format, in_time


async def redline_html_of(document: Document, old: str, new: str) -> str:
    """What changed, as a piece of a page.

    Errors: TookTooLong.
    """
    return await in_time(_html, document, old, new)


async def redline_as(kind: Format, document: Document, old: Version, new: Version) -> bytes:
    """What changed from the one version to the other, as a file of that kind; in DOCX as tracked changes.

    Errors: TookTooLong.
    """
    return await in_time(_file, kind, document, old, new)


def _html(document: Document, old: str, new: str) -> str:
    return drafting.redline_html(_compared(document, old, new))


def _file(kind: Format, document: Document, old: Version, new: Version) -> bytes:
    found = _compared(document, old.text or "", new.text or "")
    if kind == "docx":
        return drafting.redline_docx(found, new.author, new.at, document.title)
    if kind == "pdf":
        return drafting.redline_pdf(found, document.title)
    head = f'<meta charset="utf-8"><title>{escape(document.title)}</title>'
    body = drafting.redline_html(found)
    return f'<!doctype html>\n<html lang="{document.language}"><head>{head}</head><body>{body}</body></html>\n'.encode()


def _compared(document: Document, old: str, new: str) -> drafting.Redline:
    return drafting.compare(old, new, numbered=document.numbered, language=document.language)
