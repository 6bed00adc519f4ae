"""The calendar of a company: a month and a year, with tasks by name and state."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from complianceai.register.agenda.months import months_of, weeks_of
from complianceai.tenancy.policies import Role
from tests.cast import House, Player, open_house
from tests.register.tasks.cast_of_tasks import Firm, firm_of

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}
STRANGER = Player("Esha Pillai", "esha@example.com")
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made


def page_of(firm: Firm) -> str:
    return f"/app/companies/{firm.company}"


async def test_the_calendar_has_the_tasks_of_the_list_each_on_its_last_day_in_time(house: House) -> None:
    firm = await firm_of(house, **GST)
    listed = await firm.tasks(state="all", dueFrom=NOVEMBER["from"], dueTo=NOVEMBER["to"])
    days = (await firm.owner.get(f"{firm.base}/agenda", params=NOVEMBER)).json()["data"]
    assert [day["date"] for day in days] == sorted({task["effectiveDate"] for task in listed})
    on = {task["id"]: (day["date"], task) for day in days for task in day["tasks"]}
    assert on.keys() == {task["id"] for task in listed if task["lapse"] is None} != set()
    for task in listed:
        day, shown = on[task["id"]]
        assert (day, shown["form"], shown["state"]) == (task["effectiveDate"], task["form"], task["state"])
        assert shown["isOverdue"] == (task["effectiveDate"] < house.watch.now.date().isoformat())


async def test_the_pages_name_every_task_with_its_state_and_lead_to_it(house: House) -> None:
    firm = await firm_of(house, **GST)
    (first, second, *rest) = await firm.tasks(state="all", dueFrom=NOVEMBER["from"], dueTo=NOVEMBER["to"])
    await firm.step(firm.owner, first["id"], "waive", reason="Nil")
    await firm.step(firm.owner, second["id"], "start")
    for query in ("month=2026-11", "year=2026"):
        page = (await firm.owner.get(f"{page_of(firm)}/agenda?{query}")).text
        for task in (first, second, *rest):
            assert f'{page_of(firm)}/tasks/{task["id"]}"' in page
            assert f"{task['form']}" in page
        for state in ("waived", "in_preparation", "to_do"):
            assert f"duty duty-{state}" in page
        assert "overdue" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "month=nonsense",
        "month=9999-12",
        "year=",
        "year=1066",
        "year=\u0968",
        "month=%00",
        "year=2098",
    ],
)
async def test_whatever_the_address_says_there_is_a_calendar(house: House, query: str) -> None:
    firm = await firm_of(house, **GST)
    assert (await firm.owner.get(f"{page_of(firm)}/agenda?{query}")).status_code == 200


async def test_a_window_that_is_none_is_refused_by_name(house: House) -> None:
    firm = await firm_of(house, **GST)
    for window in (
        {"from": "2026-11-30", "to": "2026-11-01"},
        {"from": "2026-11-01", "to": "2028-11-01"},
        {"from": "2026-11-01", "to": "soon"},
    ):
        refused = await firm.owner.get(f"{firm.base}/agenda", params=window)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["to"])


async def test_a_strangers_calendar_is_missing_and_a_client_sees_no_people(house: House) -> None:
    firm = await firm_of(house, **GST)
    stranger = await house.register(STRANGER)
    assert (await stranger.get(f"{firm.base}/agenda", params=NOVEMBER)).status_code == 404
    assert (await stranger.get(f"{page_of(firm)}/agenda")).status_code == 404
    told = (await firm.by_role[Role.CLIENT].get(f"{firm.base}/agenda", params=NOVEMBER)).json()["data"]
    assert told
    assert not {"assignee", "reviewer", "notes"} & set(told[0]["tasks"][0])


def test_weeks_are_whole_and_days_of_other_months_are_empty() -> None:
    weeks = weeks_of(date(2026, 11, 1), [])
    days = [day.date for week in weeks for day in week]
    assert all(len(week) == 7 for week in weeks)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert sum(day.is_of_month for week in weeks for day in week) == 30


def test_a_year_has_its_twelve_months_from_april_on() -> None:
    months = [month.first for month in months_of(2026, [])]
    assert (months[0], months[9], months[-1]) == (date(2026, 4, 1), date(2027, 1, 1), date(2027, 3, 1))
    assert len(months) == 12
