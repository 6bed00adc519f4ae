"""Two versions of a text compared word by word."""

from complianceai import drafting
from complianceai.drafting.press import press
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
    before, after = old.text or "", new.text or ""
    if kind != "html":
        style = drafting.Style(document.language, title=document.title, author=new.author)
        made: bytes = press().make("redline", kind, before, after, document.numbered, style, new.at)
        return made
    article = drafting.redline_html(_compared(document, before, after))
    return drafting.html_page(article, document.language, document.title).encode()


def _compared(document: Document, old: str, new: str) -> drafting.Redline:
    return drafting.compare(old, new, numbered=document.numbered, language=document.language)
