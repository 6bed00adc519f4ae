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
from complianceai.workspace.signing.queries import Asked, find_sealed


class Looked(NamedTuple):
    """What is known of a copy: its seal, and the request that it came of, where it is that very file."""

    seal: Seal
    asked: Asked | None


async def sealed_reply(files: Files, asked: Asked) -> Response:
    """The sealed paper for keeping.

    Errors: NotYetSealed; FileGone; FilesUnreachable; FileSpoiled.
    """
    if asked.sealed_sha256 is None:
        raise NotYetSealed
    content = b"".join([piece async for piece in files.read(str(asked.company_id), asked.sealed_sha256)])
    return paper_reply(content, "pdf", f"{asked.title} signed")


async def look_at_copy(request: Request, database: Database, content: bytes) -> Looked:
    """What is known of the copy."""
    identities: tuple[Identity, ...] = request.app.state.identities()
    found = await asyncio.to_thread(look_at, content, *identities)
    async with database.reading() as connection:
        return Looked(found, await find_sealed(connection, sha256(content).hexdigest()))
