"""A signature that came back, judged and set into its paper."""

import asyncio
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import DomainError
from complianceai.drafting.sealing import Holder, NoPlace, Placed, Trust, Unsound, judge, set_in
from complianceai.storage.audit import Actor
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.pieces import once
from complianceai.storage.sealing import Sealer
from complianceai.workspace.signing.answering import go_on, may_sign, tell_of, write_signer
from complianceai.workspace.signing.digital.errors import (
    UNSOUND,
    NotSignedThere,
    NotSignedYet,
    OfAnotherRequest,
    Overtaken,
    TripOver,
    UnsoundSignature,
)
from complianceai.workspace.signing.digital.queries import BEGUN, DONE, LATE, REFUSED, Trip, find_trip
from complianceai.workspace.signing.esign import Answer
from complianceai.workspace.signing.papers import MOST_BYTES, read_whole
from complianceai.workspace.signing.queries import Asked, Signer, find_by_token
from complianceai.workspace.signing.tables import digital_signatures, signing_requests

# How far the service's clock and ours may differ.
CLOCKS_DIFFER = timedelta(minutes=5)


class Given(NamedTuple):
    """A signature as it came back, and from where; the certificate where the service sent it apart as well."""

    cms: bytes
    certificate: bytes | None
    address: str | None
    agent: str | None


class Bearer(NamedTuple):
    """What setting a signature in takes."""

    database: Database
    files: Files
    sealer: Sealer
    trust: Trust


async def hear(
    bearer: Bearer, token: str, trip_id: UUID, answer: Answer, given: Given, now: datetime
) -> None:
    """Nothing; what the service answered is done. The same answer a second time changes nothing.

    Errors: those of `set_signature`; OfAnotherRequest; NotSignedThere; NotSignedYet.
    """
    async with bearer.database.reading() as connection:
        _, signer = await find_by_token(connection, token)
        trip = await find_trip(connection, trip_id, signer.id)
    if answer.txn != trip.txn:
        raise OfAnotherRequest
    if answer.is_pending:
        raise NotSignedYet
    if not trip.created_at - CLOCKS_DIFFER <= answer.at <= now + CLOCKS_DIFFER:
        raise TripOver
    if not answer.is_signed:
        await _end(bearer.database, trip, REFUSED, f"esign {answer.error_code}".strip(), now)
        raise NotSignedThere(reason=answer.error_code or "-")
    try:
        await set_signature(bearer, token, trip_id, given, now)
    except DomainError as error:
        # The service gives one answer: what is wrong with it is not mended by a second look.
        await _end(bearer.database, trip, REFUSED, error.code.removeprefix("signing."), now)
        raise


async def set_signature(bearer: Bearer, token: str, trip_id: UUID, given: Given, now: datetime) -> None:
    """Nothing; the paper bears the signature, and it goes on as after every signature.

    Errors: SigningMissing; SigningOver; NotYourTurn; TripOver; Overtaken; UnsoundSignature; UnknownAuthority;
    CertificateOutOfDate; CertificateRevoked; RevocationUnknown; NotForSigning.
    """
    async with bearer.database.reading() as connection:
        asked, signer = await find_by_token(connection, token)
        trip = await find_trip(connection, trip_id, signer.id)
    if trip.state == DONE:
        return
    if now >= trip.ends_at:
        await _end(bearer.database, trip, LATE, "late", now)
        raise TripOver
    area = str(asked.company_id)
    prepared = await read_whole(bearer.files, area, trip.prepared_sha256)
    placed = Placed(prepared, bytes.fromhex(trip.digest), trip.region_start, trip.region_end)
    paper, holder = await asyncio.to_thread(_signed, placed, given, bearer.trust, now)
    kept = await bearer.files.keep(area, once(paper), limit_bytes=MOST_BYTES)
    async with bearer.database.transaction() as connection:
        asked, signer = await may_sign(connection, token, now)
        trip = await find_trip(connection, trip_id, signer.id)
        if trip.state != BEGUN:
            raise TripOver
        if asked.paper_sha256 not in {None, trip.base_sha256}:
            raise Overtaken
        await _write(connection, asked, trip, kept.hash, holder, now)
        await _sign(connection, asked, signer, trip, holder, given, now)
        await go_on(connection, bearer.sealer, asked, now)
    await bearer.files.forget(area, trip.prepared_sha256)


def _signed(placed: Placed, given: Given, trust: Trust, now: datetime) -> tuple[bytes, Holder]:
    try:
        paper = set_in(placed, given.cms)
    except NoPlace as error:
        raise UnsoundSignature from error
    holder = judge(paper, trust, now)
    if isinstance(holder, Unsound):
        raise UNSOUND[holder]
    if given.certificate is not None and given.certificate != holder.certificate:
        raise UnsoundSignature
    return paper, holder


async def _write(
    connection: AsyncConnection, asked: Asked, trip: Trip, paper: str, holder: Holder, now: datetime
) -> None:
    values = {
        "state": DONE, "ended_at": now, "holder": holder.name[:100], "issuer": holder.issuer[:200],
        "serial": holder.serial[:64], "revocation_checked": holder.revocation_checked,
    }  # fmt: skip
    await connection.execute(
        update(digital_signatures).where(digital_signatures.c.id == trip.id).values(**values)
    )
    await connection.execute(
        update(signing_requests).where(signing_requests.c.id == asked.id).values(paper_sha256=paper)
    )


async def _sign(  # noqa: PLR0913, PLR0917 - who signs what, how and from where
    connection: AsyncConnection,
    asked: Asked,
    signer: Signer,
    trip: Trip,
    holder: Holder,
    given: Given,
    now: datetime,
) -> None:
    await write_signer(
        connection, signer, signed_at=now, typed=holder.name[:50] or signer.name, drawn=None,
        address=given.address, agent=given.agent, code_hash=None,
    )  # fmt: skip
    told = {
        "request": str(asked.id), "sha256": asked.sha256, "email": signer.email, "way": trip.way,
        "holder": holder.name, "issuer": holder.issuer, "serial": holder.serial,
    }  # fmt: skip
    await tell_of(connection, asked, Actor(None, signer.name, given.address), "signed_by", told, now)


async def _end(database: Database, trip: Trip, state: str, fault: str, now: datetime) -> None:
    """Nothing; the attempt has ended so, unless it had ended before."""
    is_open = digital_signatures.c.id == trip.id, digital_signatures.c.state == BEGUN
    values = {"state": state, "ended_at": now, "fault": fault[:40]}
    async with database.transaction() as connection:
        await connection.execute(update(digital_signatures).where(*is_open).values(**values))
