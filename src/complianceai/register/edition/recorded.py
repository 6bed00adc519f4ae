"""Which extensions are in force besides the packaged ones, and the law of this process with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import catalogue
from complianceai.base.ids import new_id
from complianceai.catalogue import Recorded
from complianceai.catalogue.loader import faults_of
from complianceai.register.edition.errors import ExtensionFaulty, ExtensionMissing, ExtensionTwice
from complianceai.register.edition.tables import law_extensions
from complianceai.storage.rows import fetch_all


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension as it was recorded."""

    id: UUID
    obligation_id: str
    lines: str
    instrument: str
    recorded_at: datetime
    undone_at: datetime | None

    @property
    def recorded(self) -> Recorded:
        """It as the catalogue takes it."""
        return Recorded(self.obligation_id, self.lines)


# The number of the state of the law that this process has taken up.
_taken_up = 0


def edition() -> ScalarSelect[int]:
    """The number of the law's state in the database: it grows with whatever is recorded or undone."""
    counted = func.count(law_extensions.c.id) + func.count(law_extensions.c.undone_at)
    return select(counted).scalar_subquery()


def is_taken_up(number: int) -> bool:
    """Whether this process has the law of that state."""
    return number == _taken_up


async def keep_up(connection: AsyncConnection) -> None:
    """Nothing; this process has the law of now, which nearly always is one look at a count."""
    number = (await connection.execute(select(edition()))).scalar_one()
    if not is_taken_up(number):
        await take_up(connection)


async def take_up(connection: AsyncConnection) -> int:
    """The number of the law's state, which this process has from now on."""
    global _taken_up  # noqa: PLW0603 - the law is one for the whole process
    every = await list_extensions(connection)
    catalogue.take_up(tuple(each.recorded for each in every if each.undone_at is None))
    _taken_up = len(every) + sum(each.undone_at is not None for each in every)
    return _taken_up


async def list_extensions(connection: AsyncConnection) -> list[Extension]:
    """Every extension that was ever recorded, the first first."""
    wanted = select(law_extensions).order_by(law_extensions.c.recorded_at, law_extensions.c.id)
    return await fetch_all(connection, wanted, Extension)


async def record(
    connection: AsyncConnection, obligation_id: str, lines: Mapping[str, Any], now: datetime
) -> Extension:
    """The extension, in force for every process that looks from now on.

    Errors: ExtensionFaulty; ExtensionTwice.
    """
    told = Recorded(obligation_id, json.dumps(lines, ensure_ascii=False, sort_keys=True, default=str))
    if faults := faults_of(told):
        raise ExtensionFaulty(faults="; ".join(str(fault) for fault in faults))
    if any(each.recorded == told and each.undone_at is None for each in await list_extensions(connection)):
        raise ExtensionTwice
    made = Extension(new_id(), *told, str(lines["instrument"]), now, None)
    row = {name: getattr(made, name) for name in Extension.__slots__}
    await connection.execute(insert(law_extensions).values(row))
    await take_up(connection)
    return made


async def undo(connection: AsyncConnection, extension_id: UUID, now: datetime) -> Extension:
    """The extension that is in force no longer.

    Errors: ExtensionMissing.
    """
    every = await list_extensions(connection)
    found = next((each for each in every if each.id == extension_id and each.undone_at is None), None)
    if found is None:
        raise ExtensionMissing
    await connection.execute(
        update(law_extensions).where(law_extensions.c.id == extension_id).values(undone_at=now)
    )
    await take_up(connection)
    return found
