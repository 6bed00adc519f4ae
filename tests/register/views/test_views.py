"""Saved views: a person's own, for every company of theirs, spelled anew and few."""

from collections.abc import AsyncIterator

import pytest

from tests.cast import ASHA, CHITRA, House, describe, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute") as made:
        yield made


async def test_a_view_is_saved_shown_replaced_and_removed_by_its_person_alone(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company, other = await describe(asha), await describe(asha, name="Other LLP")
    base = f"/app/companies/{company}"
    for query in ("state=all", "due=overdue&next=//evil&assignee=me"):
        saved = await asha.post(f"{base}/views", data={"name": "Mine, late", "query": query})
        assert saved.status_code == 303
    assert saved.headers["location"] == f"{base}/tasks?due=overdue&assignee=me"
    page = (await asha.get(f"/app/companies/{other}/tasks?due=overdue&assignee=me")).text
    assert page.count(">Mine, late</a>") == 1
    remove = page.partition(f"/app/companies/{other}/views/")[2].partition('"')[0]
    own = await describe(chitra)
    assert "Mine, late" not in (await chitra.get(f"/app/companies/{own}/tasks")).text
    assert (await chitra.post(f"/app/companies/{own}/views/{remove}")).status_code == 404
    assert (await asha.post(f"{base}/views/{remove}")).status_code == 303
    assert "Mine, late" not in (await asha.get(f"{base}/tasks")).text


async def test_more_views_than_anybody_uses_and_nameless_ones_are_refused(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    address = f"/app/companies/{company}/views"
    statuses = [(await asha.post(address, data={"name": f"View {n}"})).status_code for n in range(31)]
    assert statuses == [303] * 30 + [409]
    for name in ("", "  ", "x" * 61, "a\x00b"):
        assert (await asha.post(address, data={"name": name})).status_code == 422
