"""The sealed paper as a reply, and a copy of one looked at."""

import asyncio
from hashlib import sha256
from typing import NamedTuple

from fastapi import Request
from starlette.responses import Response

from complianceai.drafting.sealing import Identity, Seal, look_at
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.workspace.handing_out import paper_reply
from complianceai.workspace.signing.errors import NotYetSealed
from complianceai.workspace.signing.papers import read_whole
from complianceai.workspace.signing.queries import Asked, find_sealed


class Looked(NamedTuple):
    """What is known of a copy: its seal, and the request that it came of, where it is that very file."""

    seal: Seal
    asked: Asked | None


async def sealed_reply(files: Files, asked: Asked) -> Response:
    """The sealed paper for keeping.

    Errors: NotYetSealed; FileGone; FilesUnreachable; FileSpoiled.
    """
    return await _reply(files, asked, asked.sealed_sha256, "signed")


async def page_reply(files: Files, asked: Asked) -> Response:
    """The page of signatures for keeping, where it is a file of its own.

    Errors: NotYetSealed; FileGone; FilesUnreachable; FileSpoiled.
    """
    return await _reply(files, asked, asked.certificate_sha256, "signatures")


async def _reply(files: Files, asked: Asked, content_hash: str | None, what: str) -> Response:
    if content_hash is None:
        raise NotYetSealed
    content = await read_whole(files, str(asked.company_id), content_hash)
    return paper_reply(content, "pdf", f"{asked.title} {what}")


async def look_at_copy(request: Request, database: Database, content: bytes) -> Looked:
    """What is known of the copy."""
    identities: tuple[Identity, ...] = request.app.state.identities()
    found = await asyncio.to_thread(look_at, content, *identities)
    async with database.reading() as connection:
        return Looked(found, await find_sealed(connection, sha256(content).hexdigest()))
