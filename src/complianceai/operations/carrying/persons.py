"""Whom an archive's people are here: somebody of the same address, or somebody who may yet come."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.operations.carrying.errors import CannotImport
from complianceai.operations.carrying.gathering import AT_ONCE, Somebody
from complianceai.site.language import SOURCE_LANGUAGE
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.tables import people

# As of somebody who came from an account elsewhere: no password fits, and one can be chosen by a mail.
_NO_PASSWORD = ""


class Met(NamedTuple):
    """The id that each has here, and the addresses of those who were not known."""

    ids: dict[UUID, UUID]
    new: list[str]


async def meet(
    connection: AsyncConnection, told: Sequence[Somebody], now: datetime, *, accept_unverified: bool
) -> Met:
    """Who they are here; whoever is not known has a place now, which the owner of the address can take.

    Errors: CannotImport where somebody here never showed that the address is theirs.
    """
    here = await _by_address(connection, [email_key(each.email) for each in told])
    taken = await _ids_taken(connection, [each.id for each in told])
    ids: dict[UUID, UUID] = {}
    rows = []
    for each in told:
        known = here.get(email_key(each.email))
        if known is None:
            ids[each.id] = new_id() if each.id in taken else each.id
            rows.append(_row(each, ids[each.id], now))
        elif known[1] is None and not accept_unverified:
            raise CannotImport(
                fault=f"somebody registered here as {each.email} and never showed that the address is theirs",
                cure="Let them confirm it first, or accept it with --accept-unverified.",
            )
        else:
            ids[each.id] = known[0]
    if rows:
        await connection.execute(insert(people), rows)
    return Met(ids, [str(row["email"]) for row in rows])


def _row(told: Somebody, person_id: UUID, now: datetime) -> dict[str, object]:
    return {
        "id": person_id,
        "name": told.name,
        "email": told.email,
        "email_key": email_key(told.email),
        "password_hash": _NO_PASSWORD,
        "language": SOURCE_LANGUAGE,
        "created_at": now,
        "updated_at": now,
    }


async def _by_address(
    connection: AsyncConnection, keys: Sequence[str]
) -> dict[str, tuple[UUID, datetime | None]]:
    found: dict[str, tuple[UUID, datetime | None]] = {}
    for first in range(0, len(keys), AT_ONCE):
        wanted = select(people.c.email_key, people.c.id, people.c.verified_at).where(
            people.c.email_key.in_(keys[first : first + AT_ONCE])
        )
        found |= {key: (person_id, since) for key, person_id, since in await connection.execute(wanted)}
    return found


async def _ids_taken(connection: AsyncConnection, ids: Sequence[UUID]) -> set[UUID]:
    taken: set[UUID] = set()
    for first in range(0, len(ids), AT_ONCE):
        wanted = select(people.c.id).where(people.c.id.in_(ids[first : first + AT_ONCE]))
        taken |= set((await connection.execute(wanted)).scalars())
    return taken
