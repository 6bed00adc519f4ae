"""A version as a reply: a text set as a file of the kind asked for, a file as it came."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from complianceai.drafting.model import Style
from complianceai.register.evidence.handing_out import file_reply
from complianceai.storage.files import Files
from complianceai.workspace.queries.versions import Version
from complianceai.workspace.rendering import MEDIA_TYPES, Format, paper_as

# Whatever a viewer makes of it, it may do nothing with our pages.
_HARMLESS = "default-src 'none'; sandbox"
_NO_NAME = re.compile(r"[^\w .,()-]+")


async def version_as(
    files: Files,
    document: Any,
    version: Version,
    kind: Format,
    *,
    letterhead: str = "",
    is_archived: bool = False,
) -> Response:
    """The version for keeping. `document` bears the title, the language, the company's id and whether it is numbered.

    Errors: FaultyText; TookTooLong; FileGone; FilesUnreachable; FileSpoiled.
    """
    if version.text is None:
        return await file_reply(files, str(document.company_id), _File(version))
    style = Style(document.language, letterhead, is_archived, document.title, version.author)
    content = await paper_as(kind, version.text, numbered=document.numbered, style=style)
    return paper_reply(content, kind, f"{document.title} v{version.number}")


def paper_reply(content: bytes, kind: Format, title: str) -> Response:
    """The paper for keeping, called by its title."""
    name = f"{_NO_NAME.sub(' ', title).strip()[:120] or 'document'}.{kind}"
    return Response(
        content,
        media_type=MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": _HARMLESS,
            "Cache-Control": "private, no-store",
        },
    )


class _File:
    """A version as whoever hands files out takes it."""

    def __init__(self, version: Version) -> None:
        self.sha256 = version.sha256
        self.name = version.name or "document"
        self.media_type = version.media_type


def letterhead_of(facts: Mapping[str, Any]) -> str:
    """The company's letterhead, where it told one."""
    return str(facts.get("letterhead") or "")
