"""Every read of signatures with a certificate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.workspace.signing.digital.errors import TripOver
from complianceai.workspace.signing.tables import digital_signatures, signers

BEGUN, DONE, REFUSED, LATE = "begun", "done", "refused", "late"


@dataclass(frozen=True, slots=True)
class Trip:
    """One attempt to sign with a certificate: on its way, given, or come to nothing."""

    id: UUID
    signer_id: UUID
    way: str
    txn: str
    state: str
    base_sha256: str
    prepared_sha256: str
    digest: str
    region_start: int
    region_end: int
    created_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    fault: str | None
    holder: str | None
    issuer: str | None
    serial: str | None
    revocation_checked: bool | None


async def find_trip(connection: AsyncConnection, trip_id: UUID, signer_id: UUID) -> Trip:
    """The signer's own attempt.

    Errors: TripOver.
    """
    wanted = select(*_columns()).where(
        digital_signatures.c.id == trip_id, digital_signatures.c.signer_id == signer_id
    )
    found = await fetch_one(connection, wanted, Trip)
    if found is None:
        raise TripOver
    return found


async def list_done(connection: AsyncConnection, request_ids: list[UUID]) -> dict[UUID, Trip]:
    """The signatures with a certificate that were given by each request, by their signers."""
    wanted = (
        select(*_columns())
        .join_from(digital_signatures, signers, signers.c.id == digital_signatures.c.signer_id)
        .where(signers.c.request_id.in_(request_ids), digital_signatures.c.state == DONE)
    )
    return {each.signer_id: each for each in await fetch_all(connection, wanted, Trip)}


async def list_begun(connection: AsyncConnection, request_id: UUID) -> list[Trip]:
    """The attempts at that request's paper that have not ended."""
    wanted = (
        select(*_columns())
        .join_from(digital_signatures, signers, signers.c.id == digital_signatures.c.signer_id)
        .where(signers.c.request_id == request_id, digital_signatures.c.state == BEGUN)
    )
    return await fetch_all(connection, wanted, Trip)


def _columns() -> list[Any]:
    return [digital_signatures.c[name] for name in Trip.__slots__]
