"""The account brought to what it bought: its plan, and the history of what it is worth a month."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.accounts.actions import hold_account, move_to_plan
from complianceai.billing.accounts.queries import find_account
from complianceai.billing.plans import plan_named
from complianceai.billing.subscriptions.entitlement import Standing, standing_of
from complianceai.billing.subscriptions.queries import last_worth, of_account
from complianceai.billing.subscriptions.tables import revenue_changes


async def settle(connection: AsyncConnection, account_id: UUID, now: datetime, *, reason: str) -> Standing:
    """What the account has from now on. Where plan or worth differ from before, a row says so."""
    await hold_account(connection, account_id)
    account = await find_account(connection, account_id)
    standing = standing_of(await of_account(connection, account_id), now)
    if plan_named(account.plan).is_on_request and standing.mrr_paise == 0:
        # What was agreed with somebody in person is not taken from them because they buy nothing on the page.
        return Standing(account.plan, await last_worth(connection, account_id))
    worth = await last_worth(connection, account_id)
    if (account.plan, worth) == standing:
        return standing
    if account.plan != standing.plan:
        await move_to_plan(connection, account_id, standing.plan, now, reason=reason)
    row = {
        "id": new_id(),
        "account_id": account_id,
        "changed_at": now,
        "plan_before": account.plan,
        "plan_after": standing.plan,
        "mrr_before_paise": worth,
        "mrr_after_paise": standing.mrr_paise,
    }
    await connection.execute(insert(revenue_changes).values(row))
    return standing
