"""Every write of accounts."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, insert, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.accounts.errors import PlanForPractices, PlanMissing
from complianceai.billing.accounts.queries import (
    Account,
    Holder,
    account_of,
    find_account,
    find_own_account,
)
from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.plans import FREE, load
from complianceai.storage.audit import Actor, Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

# What the clock or the payment's gateway brings about is done by nobody.
NOBODY = Actor(None, None)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an invoice says of whoever it is for."""

    legal_name: str | None = None
    gstin: str | None = None
    state: str | None = None
    address: str | None = None
    email: str | None = None


async def open_account(connection: AsyncConnection, holder: Holder, now: datetime) -> Account:
    """The holder's account, on the plan that everybody has where it is new; of two who open it, one does."""
    found = await account_of(connection, holder)
    if found is None:
        row = {"id": new_id(), "plan": FREE, "plan_since": now, "created_at": now}
        await connection.execute(_unless_there(connection).values(**row, **holder._asdict()))
        found = await account_of(connection, holder)
        assert found is not None  # noqa: S101 - it was made just now, here or by somebody faster
    return found


async def hold_account(connection: AsyncConnection, account_id: UUID) -> None:
    """Nothing; until the transaction ends nobody else moves this account, or takes the place that is looked at here.

    Whoever holds practices and companies as well holds those first.
    """
    await hold_trail(connection, account_id)


async def move_to_plan(  # noqa: PLR0913 - who moves whom, whereto and why
    connection: AsyncConnection,
    account_id: UUID,
    plan_name: str,
    now: datetime,
    *,
    reason: str,
    actor: Actor = NOBODY,
    trial_ends_on: date | None = None,
) -> Account:
    """The account on that plan, with the row of its trail; one that is on it already gets none for nothing.

    What is above the limits of a smaller plan stays as it is. Errors: AccountMissing; PlanMissing; PlanForPractices.
    """
    plan = load().get(plan_name)
    if plan is None:
        raise PlanMissing(plan=plan_name)
    await hold_account(connection, account_id)
    before = await find_account(connection, account_id)
    if plan.for_practice and not before.holder.is_practice:
        raise PlanForPractices
    values: dict[str, Any] = {"plan": plan_name, "trial_ends_on": trial_ends_on}
    if (before.plan, before.trial_ends_on) == (plan_name, trial_ends_on):
        return before
    if before.plan != plan_name:
        values["plan_since"] = now
    mine = update(billing_accounts).where(billing_accounts.c.id == account_id)
    await connection.execute(mine.values(**values))
    after = await find_account(connection, account_id)
    change = Change("plan.changed", _told(before), {**_told(after), "reason": reason})
    await add_to_trail(connection, account_id, actor, change, now)
    return after


async def say_particulars(
    database: Database, scope: Scope, account_id: UUID, said: Particulars, now: datetime
) -> Account:
    """The account with these particulars, for invoices from now on.

    Errors: AccountMissing.
    """
    async with database.transaction() as connection:
        await hold_account(connection, account_id)
        before = await find_own_account(connection, scope, account_id)
        mine = update(billing_accounts).where(billing_accounts.c.id == account_id)
        await connection.execute(mine.values(**asdict(said)))
        known = {name: getattr(before, name) for name in asdict(said)}
        change = Change("account.edited", known, asdict(said))
        await add_to_trail(connection, account_id, scope.actor, change, now)
        return await find_account(connection, account_id)


def _unless_there(connection: AsyncConnection) -> Insert:
    if connection.dialect.name == "postgresql":
        return insert_on_postgresql(billing_accounts).on_conflict_do_nothing()
    # The embedded engine has one writer at a time: what was not there a moment ago is not there now.
    return insert(billing_accounts)


def _told(account: Account) -> dict[str, Any]:
    ends = account.trial_ends_on
    return {"plan": account.plan, "trial_ends_on": None if ends is None else ends.isoformat()}
