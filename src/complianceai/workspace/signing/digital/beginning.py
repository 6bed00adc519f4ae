"""A paper made ready for a signature with a certificate."""

import asyncio
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.drafting.sealing import NoPlace, Placed, keep_place
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.pieces import once
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.signing.answering import CONSENT_NEEDED, may_sign
from complianceai.workspace.signing.digital.errors import AnotherSigns, NoPlaceForIt
from complianceai.workspace.signing.digital.queries import BEGUN, REFUSED, Trip, find_trip, list_begun
from complianceai.workspace.signing.papers import MOST_BYTES, body_of, read_whole
from complianceai.workspace.signing.queries import Asked, Signer
from complianceai.workspace.signing.tables import digital_signatures

# How long a signer may take with the service or the token; and how long others wait for one who has begun.
TRIP_FOR = timedelta(minutes=20)
OTHERS_WAIT = timedelta(minutes=5)


class Begun(NamedTuple):
    """An attempt that has begun, and the request it is of."""

    trip: Trip
    asked: Asked


async def begin(
    database: Database, files: Files, token: str, way: str, now: datetime, *, agrees: bool
) -> Begun:
    """The attempt; a paper with an empty place is kept for it, and an earlier attempt of this signer has ended.

    Errors: SigningMissing; SigningOver; NotYourTurn; AnotherSigns; NoPlaceForIt; InvalidInput.
    """
    if not agrees:
        raise InvalidInput({"agrees": CONSENT_NEEDED})
    async with database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        await _check_free(connection, asked, signer, now)
        version = await find_version(connection, asked.document_id, asked.version)
    # Setting and preparing takes a while, so nothing is held meanwhile.
    base = asked.paper_sha256
    area = str(asked.company_id)
    body = await read_whole(files, area, base) if base else await body_of(files, asked, version)
    placed = await _placed(body, signer)
    base = base or (await files.keep(area, once(body), limit_bytes=MOST_BYTES)).hash
    prepared = await files.keep(area, once(placed.pdf), limit_bytes=MOST_BYTES)
    row = {
        "id": new_id(), "signer_id": signer.id, "way": way, "txn": secrets.token_hex(16), "state": BEGUN,
        "base_sha256": base, "prepared_sha256": prepared.hash, "digest": placed.digest.hex(),
        "region_start": placed.start, "region_end": placed.end, "created_at": now, "ends_at": now + TRIP_FOR,
    }  # fmt: skip
    async with database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        await _check_free(connection, asked, signer, now)
        mine = digital_signatures.c.signer_id == signer.id, digital_signatures.c.state == BEGUN
        ended = {"state": REFUSED, "ended_at": now, "fault": "begun_again"}
        await connection.execute(update(digital_signatures).where(*mine).values(**ended))
        await connection.execute(insert(digital_signatures).values(**row))
        return Begun(await find_trip(connection, UUID(str(row["id"])), signer.id), asked)


async def _check_free(connection: AsyncConnection, asked: Asked, signer: Signer, now: datetime) -> None:
    others = [each for each in await list_begun(connection, asked.id) if each.signer_id != signer.id]
    if any(now < each.created_at + OTHERS_WAIT for each in others):
        raise AnotherSigns


async def _placed(body: bytes, signer: Signer) -> Placed:
    try:
        return await asyncio.to_thread(keep_place, body, reason=f"Signed by {signer.name}")
    except NoPlace as error:
        raise NoPlaceForIt from error
