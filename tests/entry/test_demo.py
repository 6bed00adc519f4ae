from datetime import date

import pytest

from complianceai import catalogue
from complianceai.base.clock import utc_now
from complianceai.entry.demo import EMAIL, fill
from complianceai.entry.errors import AlreadyLivedIn
from complianceai.entry.firm import colleagues
from complianceai.entry.practice import clients
from complianceai.entry.settings import Settings
from complianceai.rules import calendar, read_profile
from tests.cast import open_house


async def test_dev_signs_in_with_the_password_made_for_him_and_finds_his_clients(database_url: str) -> None:
    password, count = await fill(Settings(_env_file=None, database_url=database_url))
    async with open_house(database_url) as house:
        dev = await house.visitor()
        reply = await dev.post("/api/auth/login", json={"email": EMAIL, "password": password})
        assert reply.status_code == 200
        assert (await dev.get("/api/companies")).json()["page"]["total"] == count == len(clients())


async def test_the_practice_has_its_people_teams_and_one_client_that_only_dev_sees(database_url: str) -> None:
    password, count = await fill(Settings(_env_file=None, database_url=database_url))
    seen = {}
    async with open_house(database_url) as house:
        for email in (EMAIL, *colleagues()):
            door = await house.visitor()
            await door.post("/login", data={"email": email, "password": password})
            landing = (await door.get("/app/home")).headers["location"]
            practice = f"/api{landing.removeprefix('/app').removesuffix('/clients')}"
            found = (await door.get(f"{practice}/clients")).json()
            seen[email] = {client["name"] for client in found["data"]}
            assert len((await door.get(f"{practice}/teams")).json()["data"]) == 2
    assert len(seen[EMAIL]) == count
    assert seen[EMAIL] - seen["lakshmi@example.com"] == {"Mandara Design Studio LLP"}
    assert len(seen["farhan@example.com"]) < len(seen["lakshmi@example.com"])


async def test_a_database_with_people_in_it_is_left_alone(database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    await fill(settings)
    with pytest.raises(AlreadyLivedIn):
        await fill(settings)


def test_every_client_has_a_year_and_together_they_need_much_of_the_law() -> None:
    law, seen = catalogue.load(), set()
    for client in clients():
        year = calendar(law, read_profile(client), date(2026, 4, 1), date(2027, 3, 31))
        duties = {each.obligation for each in year.occurrences}
        assert len(duties) >= 5, client["name"]
        seen |= duties
    assert len(seen) >= 60
    assert len({client["entity_type"] for client in clients()}) >= 8
    assert len({client["state"] for client in clients()}) >= 9


async def test_the_clients_have_tasks_in_every_state_and_something_said(database_url: str) -> None:
    password, _ = await fill(Settings(_env_file=None, database_url=database_url))
    async with open_house(database_url) as house:
        house.watch.now = utc_now()
        dev = await house.visitor()
        await dev.post("/api/auth/login", json={"email": EMAIL, "password": password})
        states, notices = set(), 0
        for company in (await dev.get("/api/companies")).json()["data"]:
            base = f"/api/companies/{company['id']}"
            found = (await dev.get(f"{base}/tasks?state=all&size=200")).json()["data"]
            assert found, company["name"]
            states |= {task["state"] for task in found if not task["lapse"]}
            notices += (await dev.get(f"{base}/notices")).json()["page"]["total"]
    assert states >= {"to_do", "in_preparation", "in_review", "sent_back", "filed", "waived"}
    assert notices == 2
