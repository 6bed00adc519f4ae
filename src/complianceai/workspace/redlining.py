"""Two versions of a text compared word by word."""

from complianceai import drafting
from complianceai.workspace.queries.versions import Version
from complianceai.workspace.rendering import Format, in_time


async def redline_html_of(old: str, new: str) -> str:
    """What changed, as a piece of a page.

    Errors: TookTooLong.
    """
    return await in_time(_html, old, new)


async def redline_as(kind: Format, old: Version, new: Version) -> bytes:
    """What changed from the one version to the other, as a file of that kind; in DOCX as tracked changes.

    Errors: TookTooLong.
    """
    return await in_time(_file, kind, old.text or "", new.text or "", new)


def _html(old: str, new: str) -> str:
    return drafting.redline_html(drafting.compare(old, new))


def _file(kind: Format, old: str, new: str, version: Version) -> bytes:
    found = drafting.compare(old, new)
    if kind == "docx":
        return drafting.redline_docx(found, version.author, version.at)
    if kind == "pdf":
        return drafting.redline_pdf(found)
    return drafting.redline_html(found).encode()
