"""What tests of plans do, in one line each."""

from datetime import date
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import insert, select

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.actions import move_to_plan, open_account
from complianceai.billing.accounts.queries import Account, Holder
from complianceai.billing.usage.actions import add_used
from complianceai.billing.usage.queries import Metered, month_of
from complianceai.billing.usage.tables import billing_storage
from complianceai.storage.audit import Entry, audit
from complianceai.storage.rows import fetch_all
from tests.cast import PROFILE, House


async def me(client: AsyncClient) -> UUID:
    return UUID((await client.get("/api/auth/me")).json()["user"]["id"])


async def person_of(client: AsyncClient) -> Holder:
    return Holder(person_id=await me(client))


async def on_plan(house: House, holder: Holder, plan: str, *, trial_ends_on: date | None = None) -> Account:
    """The holder's account, on that plan from now on."""
    async with house.database.transaction() as connection:
        account = await open_account(connection, holder, house.watch.now)
        return await move_to_plan(
            connection, account.id, plan, house.watch.now, reason="test", trial_ends_on=trial_ends_on
        )


async def used_up(house: House, holder: Holder, kind: Metered, count: int) -> None:
    """Nothing; so many more are counted this month."""
    async with house.database.transaction() as connection:
        account = await open_account(connection, holder, house.watch.now)
        month = month_of(date_in_india(house.watch.now))
        await add_used(connection, account.id, month, kind, count)


async def stores(house: House, company: str, size: int) -> None:
    """Nothing; the company has files of that many bytes."""
    async with house.database.transaction() as connection:
        await connection.execute(insert(billing_storage).values(company_id=UUID(company), bytes=size))


async def new_company(client: AsyncClient, name: str = "Rao Exports LLP") -> Response:
    return await client.post("/api/companies", json={"profile": {**PROFILE, "name": name}})


async def usage(client: AsyncClient, **query: Any) -> dict[str, Any]:
    reply = await client.get("/api/billing/usage", params=query)
    assert reply.status_code == 200, reply.text
    return {each["room"]: each["used"] for each in reply.json()["data"]["rooms"]}


async def trail_of(house: House, identity: UUID) -> list[Entry]:
    async with house.database.reading() as connection:
        wanted = select(audit).where(audit.c.company_id == identity).order_by(audit.c.number)
        return await fetch_all(connection, wanted, Entry)
