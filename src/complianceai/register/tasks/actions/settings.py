"""How a company's register is kept: whether somebody else must approve, and from which day until which."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update

from complianceai.base.errors import InvalidInput
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.keeping import bring_in_step
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import registers
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

ENDS_FIRST = marked("The last day is before the first. Give a later one, or leave it out.")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How the register is kept; `review_required` None lets the number of people decide."""

    review_required: bool | None = None
    engaged_from: date | None = None
    engaged_until: date | None = None


async def set_keeping(
    database: Database, scope: Scope, company_id: UUID, keeping: Keeping, now: datetime
) -> None:
    """Nothing; the register is kept so from now on, and dates outside its days are closed with that reason.

    Errors: CompanyMissing; NotYourRole; InvalidInput; FactsFaulty.
    """
    first, last = keeping.engaged_from, keeping.engaged_until
    if first is not None and last is not None and last < first:
        raise InvalidInput({"engaged_until": ENDS_FIRST})
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        mine = registers.c.company_id == company_id
        if (await connection.execute(select(registers.c.company_id).where(mine))).first() is None:
            await bring_in_step(connection, company_id, scope.actor, now)
        columns = [registers.c[name] for name in Keeping.__slots__]
        row = (await connection.execute(select(*columns).where(mine))).one()
        before, after = _told(Keeping(*row)), _told(keeping)
        if before == after:
            return
        values = {name: getattr(keeping, name) for name in Keeping.__slots__}
        await connection.execute(update(registers).where(mine).values(**values))
        await add_to_trail(connection, company_id, scope.actor, Change("register.set", before, after), now)
        await bring_in_step(connection, company_id, scope.actor, now)


def _told(keeping: Keeping) -> dict[str, bool | str | None]:
    return {
        "review_required": keeping.review_required,
        "engaged_from": keeping.engaged_from.isoformat() if keeping.engaged_from else None,
        "engaged_until": keeping.engaged_until.isoformat() if keeping.engaged_until else None,
    }
