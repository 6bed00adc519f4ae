"""Who pays for a company, and how an account moves from plan to plan."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from complianceai.base.clock import date_in_india
from complianceai.billing.accounts.actions import Particulars, move_to_plan, open_account, say_particulars
from complianceai.billing.accounts.errors import AccountMissing, PlanForPractices, PlanMissing
from complianceai.billing.accounts.queries import (
    Account,
    Holder,
    account_of,
    companies_of,
    find_account,
    holder_of,
)
from complianceai.billing.accounts.tables import billing_accounts
from complianceai.tenancy.policies import PracticeRole, Role
from complianceai.tenancy.scope import Person, Scope
from tests.billing.plan_house import me, on_plan, person_of, trail_of
from tests.cast import ASHA, BILAL, DEV, House, describe, open_house
from tests.support.clocks import Watch
from tests.tenancy.practice.office import join, make_client, make_practice


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute", data_dir=tmp_path) as made:
        yield made


async def payer(house: House, company: str) -> Holder | None:
    """Who pays for the company; asked the other way round it is the same."""
    today = date_in_india(house.watch.now)
    async with house.database.reading() as connection:
        found = await holder_of(connection, UUID(company), today)
        if found is not None:
            theirs = (await connection.execute(companies_of(found, today))).scalars()
            assert UUID(company) in set(theirs)
        return found


async def test_the_founder_pays_until_they_leave_and_then_the_owner_of_longest_standing(house: House) -> None:
    asha, bilal, dev = [await house.register(each) for each in (ASHA, BILAL, DEV)]
    company = await describe(asha)
    house.watch.move(hours=1)
    await house.join(bilal, company, Role.OWNER)
    house.watch.move(hours=1)
    await house.join(dev, company, Role.OWNER)
    assert await payer(house, company) == await person_of(asha)
    gone = await asha.delete(f"/api/companies/{company}/members/{await me(asha)}")
    assert gone.status_code == 200
    assert await payer(house, company) == await person_of(bilal)


async def test_the_practice_pays_while_it_looks_after_a_company_and_the_owner_again_after(
    house: House,
) -> None:
    dev, asha = await house.register(DEV), await house.register(ASHA)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    assert await payer(house, company) == Holder(practice_id=UUID(practice.rpartition("/")[2]))
    await house.join(asha, company, Role.OWNER)
    assert (await asha.delete(f"/api/companies/{company}/practice")).status_code == 200
    assert await payer(house, company) == await person_of(asha)


async def test_who_opens_an_account_at_one_moment_opens_the_same(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)

    async def opened() -> Account:
        async with house.database.transaction() as connection:
            return await open_account(connection, holder, house.watch.now)

    first, second = await asyncio.gather(opened(), opened())
    assert first == second
    assert (first.plan, first.trial_ends_on) == ("free", None)


async def test_a_move_stands_in_the_accounts_trail_and_none_is_written_for_nothing(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)
    account = await on_plan(house, holder, "starter", trial_ends_on=house.watch.now.date())
    assert await on_plan(house, holder, "starter", trial_ends_on=house.watch.now.date()) == account
    since = account.plan_since
    house.watch.move(days=1)
    paid = await on_plan(house, holder, "starter")
    assert (paid.plan_since, paid.trial_ends_on) == (since, None)
    rows = await trail_of(house, account.id)
    assert [(each.deed, each.person) for each in rows] == [("plan.changed", None)] * 2
    assert json.loads(rows[0].before or "") == {"plan": "free", "trial_ends_on": None}
    assert json.loads(rows[0].after or "") == {
        "plan": "starter", "trial_ends_on": "2026-11-24", "reason": "test",
    }  # fmt: skip


async def test_a_plan_that_is_not_sold_or_not_to_people_is_refused(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)
    for plan, refusal in (("platinum", PlanMissing), ("practice", PlanForPractices)):
        with pytest.raises(refusal):
            await on_plan(house, holder, plan)
    async with house.database.transaction() as connection:
        with pytest.raises(AccountMissing):
            await move_to_plan(connection, await me(asha), "starter", house.watch.now, reason="test")


async def test_an_account_outlives_its_person_for_the_sake_of_its_invoices(house: House) -> None:
    asha = await house.register(ASHA)
    account = await on_plan(house, await person_of(asha), "starter")
    wanted = {"password": ASHA.password, "companies": []}
    assert (await asha.post("/api/auth/delete", json=wanted)).status_code == 200
    async with house.database.reading() as connection:
        kept = await find_account(connection, account.id)
        count = (await connection.execute(select(func.count()).select_from(billing_accounts))).scalar_one()
    assert (kept.person_id, kept.plan, count) == (None, "starter", 1)


async def test_only_who_is_in_charge_of_a_practice_decides_for_its_account(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    holder = Holder(practice_id=UUID(practice.rpartition("/")[2]))
    account = await on_plan(house, holder, "practice")
    await join(house, bilal, practice, PracticeRole.STAFF)
    said = Particulars(legal_name="Sharma and Company", state="DL")
    await say_particulars(house.database, await scope_of(dev), account.id, said, house.watch.now)
    with pytest.raises(AccountMissing):
        await say_particulars(house.database, await scope_of(bilal), account.id, said, house.watch.now)
    query = {"practiceId": holder.practice_id}
    assert (await dev.get("/api/billing/plan", params=query)).json()["data"]["plan"]["name"] == "practice"
    assert (await bilal.get("/api/billing/plan", params=query)).status_code == 404
    assert (await bilal.get(f"/app/account/plan?practice={holder.practice_id}")).status_code == 404
    async with house.database.reading() as connection:
        known = await account_of(connection, holder)
    assert known is not None
    assert (known.legal_name, known.state) == ("Sharma and Company", "DL")


async def scope_of(client: AsyncClient) -> Scope:
    told = (await client.get("/api/auth/me")).json()["user"]
    return Scope(Person(UUID(told["id"]), told["name"], told["email"], None, Watch().now))
