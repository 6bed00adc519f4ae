"""How teams are made, filled, and given up."""

from complianceai.tenancy.policies import PracticeRole
from tests.cast import BILAL, CHITRA, DEV, House
from tests.tenancy.practice.office import (
    deeds,
    join,
    make_client,
    make_practice,
    make_team,
    me,
    sees,
    set_access,
)

NOBODY = "01a21023-3f4c-73b9-808e-3f0076b49641"


async def test_a_teams_people_see_what_the_team_is_given_and_lose_it_with_the_team(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, PracticeRole.STAFF)
    await join(house, chitra, practice, PracticeRole.STAFF)
    company = await make_client(dev, practice)
    await set_access(dev, practice, company, "teams")
    team = await make_team(dev, practice, "Audit", his)
    assert await sees(bilal, company) is None
    await dev.put(f"{practice}/clients/{company}/teams/{team}", json={"role": "reviewer"})
    assert (await sees(bilal, company), await sees(chitra, company)) == ("reviewer", None)
    hers = await me(chitra)
    await dev.patch(f"{practice}/teams/{team}", json={"people": [hers]})
    assert (await sees(bilal, company), await sees(chitra, company)) == (None, "reviewer")
    assert (await dev.delete(f"{practice}/teams/{team}")).status_code == 200
    assert await sees(chitra, company) is None
    assert (await deeds(dev, practice))[-3:] == ["team.made", "team.changed", "team.deleted"]
    assert (await deeds(dev, f"/api/companies/{company}"))[-1] == "client_teams.changed"


async def test_a_name_is_taken_in_any_case_of_letters_and_free_again_afterwards(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    team = await make_team(dev, practice, "Audit")
    taken = await dev.post(f"{practice}/teams", json={"name": " AUDIT "})
    assert (taken.status_code, taken.json()["code"]) == (409, "practice.team_taken")
    assert (await dev.patch(f"{practice}/teams/{team}", json={"name": "audit"})).status_code == 200
    await dev.delete(f"{practice}/teams/{team}")
    await make_team(dev, practice, "AUDIT")


async def test_only_people_of_the_practice_are_in_its_teams(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    for stranger in (NOBODY, await me(bilal)):
        reply = await dev.post(f"{practice}/teams", json={"name": "Audit", "people": [stranger]})
        assert (reply.status_code, list(reply.json()["fields"])) == (422, ["people"])
    twice = [await me(dev)] * 2
    team = await make_team(dev, practice, "Audit", *twice)
    assert (await dev.get(f"{practice}/teams/{team}")).json()["data"]["personIds"] == twice[:1]


async def test_a_change_that_changes_nothing_leaves_no_row(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    team = await make_team(dev, practice, "Audit")
    await dev.patch(f"{practice}/teams/{team}", json={"name": "Audit", "people": []})
    assert await deeds(dev, practice) == ["practice.created", "team.made"]
