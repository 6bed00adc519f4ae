"""The paper that is signed, as a PDF, and files read and kept whole."""

import asyncio

from complianceai import drafting
from complianceai.storage.files import Files
from complianceai.workspace.queries.versions import Version
from complianceai.workspace.signing.queries import Asked

MOST_BYTES = 64 * 1_048_576


async def body_of(files: Files, asked: Asked, version: Version) -> bytes:
    """The version that is signed: a text set as PDF, a file as it came.

    Errors: FileGone; FilesUnreachable; FileSpoiled.
    """
    if version.text is None:
        return await read_whole(files, str(asked.company_id), version.sha256)
    style = drafting.Style(asked.document_language, title=asked.title, author=version.author)
    paper = drafting.read(version.text, numbered=asked.numbered)
    return await asyncio.to_thread(drafting.write_pdf, paper, style)


async def read_whole(files: Files, area: str, content_hash: str) -> bytes:
    """The whole file.

    Errors: FileGone; FilesUnreachable; FileSpoiled.
    """
    return b"".join([piece async for piece in files.read(area, content_hash)])
