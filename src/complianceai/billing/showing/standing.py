"""Where somebody stands: on which plan, and how much of each room is used."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.accounts.queries import Account, Place, account_of, list_places
from complianceai.billing.limits.asking import plan_of
from complianceai.billing.limits.enforcing import has_limits
from complianceai.billing.limits.rooms import MONTHLY, Room
from complianceai.billing.plans import Plan
from complianceai.billing.usage.queries import Usage, month_of, usage_of
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class RoomUsed:
    """How much of one limit is used; without a limit there is always room."""

    room: Room
    used: int
    limit: int | None

    @property
    def is_full(self) -> bool:
        """Whether nothing more fits."""
        return self.limit is not None and self.used >= self.limit

    @property
    def is_nearly_full(self) -> bool:
        """Whether four fifths of it are used, and something still fits."""
        return self.limit is not None and not self.is_full and self.used * 5 >= self.limit * 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the places that the person decides for, its account where it has one, and its plan that day."""

    place: Place
    account: Account | None
    plan: Plan
    has_limits: bool
    month: date
    rooms: list[RoomUsed]


async def standings(
    connection: AsyncConnection, scope: Scope, practice_id: UUID | None, now: datetime
) -> tuple[Standing, list[Place]]:
    """Where the person's own account stands, or that of a practice they are in charge of; and all their places.

    Errors: AccountMissing.
    """
    places = await list_places(connection, scope)
    place = next((each for each in places if each.holder.practice_id == practice_id), None)
    if place is None:
        raise AccountMissing
    return await _standing_of(connection, place, date_in_india(now)), places


async def _standing_of(connection: AsyncConnection, place: Place, today: date) -> Standing:
    account = await account_of(connection, place.holder)
    plan, is_held = plan_of(account, today), has_limits(connection)
    used = await usage_of(connection, place.holder, account, today)
    # Where nobody is held to a plan, what comes by the month is not counted.
    shown = [each for each in Room if is_held or each not in MONTHLY]
    rooms = [RoomUsed(each, _figure(used, each), each.of(plan) if is_held else None) for each in shown]
    return Standing(place, account, plan, is_held, month_of(today), rooms)


def _figure(used: Usage, room: Room) -> int:
    return int(getattr(used, "storage_bytes" if room is Room.STORAGE else room.value))
