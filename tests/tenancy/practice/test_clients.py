"""How a client comes into a practice, who sees it then, and how it goes again."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import event

from complianceai.tenancy.policies import Access, PracticeRole, Role
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, describe
from tests.tenancy.practice.firm import Firm
from tests.tenancy.practice.office import (
    deeds,
    join,
    make_client,
    make_practice,
    make_team,
    me,
    sees,
    set_access,
    token_of,
)

ROLES = PracticeRole


async def test_a_described_client_is_held_by_the_partners_until_it_has_an_owner(house: House) -> None:
    dev, bilal, asha = [await house.register(each) for each in (DEV, BILAL, ASHA)]
    practice = await make_practice(dev)
    await join(house, bilal, practice, ROLES.PARTNER)
    company = await make_client(dev, practice)
    assert [await sees(each, company) for each in (dev, bilal)] == ["owner", "owner"]
    assert (await dev.get(f"/api/companies/{company}/members")).json()["data"] == []
    stuck = await dev.delete(f"{practice}/clients/{company}")
    assert (stuck.status_code, stuck.json()["code"]) == (409, "practice.nobody_left")
    invited = {"email": ASHA.email, "role": "owner"}
    token = token_of(await bilal.post(f"/api/companies/{company}/invitations", json=invited))
    assert (await asha.post("/api/invitations/accept", json={"token": token})).status_code == 200
    assert [await sees(each, company) for each in (dev, bilal, asha)] == [
        "administrator",
        "administrator",
        "owner",
    ]
    last = await asha.delete(f"/api/companies/{company}/members/{await me(asha)}")
    assert (last.status_code, last.json()["code"]) == (409, "tenancy.last_owner")


async def test_a_manager_who_describes_a_client_can_set_right_what_they_described(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    await join(house, bilal, practice, ROLES.MANAGER)
    await join(house, chitra, practice, ROLES.STAFF)
    company = await make_client(bilal, practice)
    assert await sees(bilal, company) == "administrator"
    assert (await bilal.patch(f"/api/companies/{company}", json={"name": "Mended"})).status_code == 200
    refused = await chitra.post(f"{practice}/clients", json={"profile": {"entity_type": "llp"}})
    assert refused.status_code == 403


async def test_a_faulty_profile_is_told_by_its_paths_and_nothing_is_kept(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    reply = await dev.post(f"{practice}/clients", json={"profile": {"name": "X", "entity_type": "x"}})
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["profile.entity_type"])
    for sent in ({}, {"profile": {"entity_type": "llp"}, "companyId": str(UUID(int=1))}):
        assert (await dev.post(f"{practice}/clients", json=sent)).status_code == 422
    assert (await dev.get(f"{practice}/clients")).json()["page"]["total"] == 0


async def test_an_owner_who_is_a_partner_brings_a_company_in_one_step(house: House) -> None:
    dev, asha, bilal = [await house.register(each) for each in (DEV, ASHA, BILAL)]
    practice = await make_practice(dev)
    await join(house, bilal, practice, ROLES.STAFF)
    own, hers = await describe(dev), await describe(asha)
    assert (await dev.post(f"{practice}/clients", json={"companyId": own})).status_code == 201
    assert await sees(bilal, own) == "preparer"
    again = await dev.post(f"{practice}/clients", json={"companyId": own})
    assert (again.status_code, again.json()["code"]) == (409, "practice.looked_after_already")
    assert (await dev.post(f"{practice}/clients", json={"companyId": hers})).status_code == 404
    await house.join(dev, hers, Role.ADMINISTRATOR)
    refused = await dev.post(f"{practice}/clients", json={"companyId": hers})
    assert (refused.status_code, refused.json()["code"]) == (403, "practice.not_the_owner")
    assert (await deeds(dev, f"/api/companies/{own}"))[-1] == "engagement.began"
    assert (await deeds(dev, practice))[-1] == "client.added"


async def test_an_owner_who_is_asked_gives_a_company_into_care_and_takes_it_out(house: House) -> None:
    dev, asha, bilal = [await house.register(each) for each in (DEV, ASHA, BILAL)]
    practice = await make_practice(dev)
    await join(house, bilal, practice, ROLES.STAFF)
    company, viewed = await describe(asha), await describe(bilal)
    await house.join(asha, viewed, Role.VIEWER)
    token = token_of(await dev.post(f"{practice}/client-invitations", json={"email": ASHA.email}))
    accept = "/api/practice-invitations/accept"
    assert (await bilal.post(accept, json={"token": token, "companyId": viewed})).status_code == 404
    assert (await asha.post(accept, json={"token": token})).status_code == 422
    assert (await asha.post(accept, json={"token": token, "companyId": viewed})).status_code == 403
    assert await sees(bilal, company) is None
    assert (await asha.post(accept, json={"token": token, "companyId": company})).status_code == 200
    assert await sees(bilal, company) == "preparer"
    (now,) = (await asha.get(f"/api/companies/{company}/practices")).json()["data"]
    assert (now["practice"], now["startsOn"], now["isOn"]) == ("Sharma and Company", "2026-11-24", True)
    assert (await bilal.delete(f"/api/companies/{company}/practice")).status_code == 403
    assert (await asha.delete(f"/api/companies/{company}/practice")).status_code == 200
    assert [await sees(each, company) for each in (bilal, dev, asha)] == [None, None, "owner"]
    assert (await deeds(asha, f"/api/companies/{company}"))[-2:] == ["engagement.began", "engagement.ended"]
    assert (await deeds(dev, practice))[-1] == "client.ended"
    assert (await asha.delete(f"/api/companies/{company}/practice")).status_code == 404
    # A company that was looked after once can be again.
    second = token_of(await dev.post(f"{practice}/client-invitations", json={"email": ASHA.email}))
    assert (await asha.post(accept, json={"token": second, "companyId": company})).status_code == 200
    assert len((await asha.get(f"/api/companies/{company}/practices")).json()["data"]) == 2


async def test_a_link_into_the_practice_makes_no_client_and_the_other_way_round(house: House) -> None:
    dev, asha = await house.register(DEV), await house.register(ASHA)
    practice = await make_practice(dev)
    company = await describe(asha)
    token = token_of(await dev.post(f"{practice}/client-invitations", json={"email": ASHA.email}))
    reply = await asha.post("/app/practices/invitation", data={"token": token, "company_id": company})
    assert reply.headers["location"] == f"/app/companies/{company}/members"
    assert (await asha.get(practice)).status_code == 404


async def test_of_two_practices_that_take_one_company_at_once_one_has_it(house: House) -> None:
    dev = await house.register(DEV)
    practices = [await make_practice(dev), await make_practice(dev, name="Another")]
    company = await describe(dev)
    replies = await asyncio.gather(
        *(dev.post(f"{each}/clients", json={"companyId": company}) for each in practices)
    )
    assert sorted(reply.status_code for reply in replies) == [201, 409]


async def test_only_named_people_see_a_private_client_and_the_trail_tells_of_a_take_over(
    house: House,
) -> None:
    dev, bilal, chitra, asha = [await house.register(each) for each in (DEV, BILAL, CHITRA, ASHA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, ROLES.ADMINISTRATOR)
    hers = await join(house, chitra, practice, ROLES.STAFF)
    await join(house, asha, practice, ROLES.PARTNER)
    company = await make_client(dev, practice, profile={"name": "Secret Private Limited"})
    assert (await set_access(dev, practice, company, "private")).status_code == 200
    everybody = (dev, bilal, chitra, asha)
    assert [await sees(each, company) for each in everybody] == ["owner", None, None, None]
    await dev.put(f"{practice}/clients/{company}/people/{hers}", json={"role": "preparer"})
    assert [await sees(each, company) for each in everybody] == ["owner", None, "preparer", None]
    assert (await chitra.get(f"{practice}/clients")).json()["page"]["total"] == 1
    assert (await bilal.get(f"{practice}/clients")).json()["page"]["total"] == 0
    assert "Secret" not in (await bilal.get(f"{practice}/trail")).text
    (unseen,) = (await asha.get(f"{practice}/private")).json()["data"]
    assert sorted(unseen["named"]) == sorted([CHITRA.name, DEV.name])
    assert "Secret" not in (await asha.get(f"{practice}/private")).text
    assert (await bilal.post(f"{practice}/private/{unseen['engagementId']}")).status_code == 403
    taken = await asha.post(f"{practice}/private/{unseen['engagementId']}")
    assert (taken.status_code, taken.json()["data"]) == (200, company)
    assert await sees(asha, company) == "owner"
    assert (await deeds(asha, f"/api/companies/{company}"))[-1] == "private_client.taken_over"
    row = (await dev.get(f"{practice}/trail")).json()["data"][0]
    assert (row["deed"], row["after"]["name"]) == ("private_client.taken_over", ASHA.name)
    assert (await asha.post(f"{practice}/private/{unseen['engagementId']}")).status_code == 404
    assert his not in (await asha.get(f"{practice}/clients/{company}")).text


async def test_a_private_client_keeps_a_named_person_until_they_leave_the_practice(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, ROLES.PARTNER)
    company = await make_client(bilal, practice, access="private")
    last = await bilal.delete(f"{practice}/clients/{company}/people/{his}")
    assert (last.status_code, last.json()["code"]) == (409, "practice.last_named")
    assert (await dev.delete(f"{practice}/people/{his}")).status_code == 200
    (unseen,) = (await dev.get(f"{practice}/private")).json()["data"]
    assert unseen["named"] == []
    assert (await dev.post(f"{practice}/private/{unseen['engagementId']}")).status_code == 200
    assert await sees(dev, company) == "owner"


async def test_a_manager_assigns_work_but_puts_nobody_in_charge_and_makes_nothing_private(
    house: House,
) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, ROLES.MANAGER)
    hers = await join(house, chitra, practice, ROLES.STAFF)
    company = await make_client(dev, practice)
    team = await make_team(dev, practice, "Audit", hers)
    client = f"{practice}/clients/{company}"
    assert (await bilal.put(f"{client}/people/{hers}", json={"role": "reviewer"})).status_code == 200
    assert (await bilal.put(f"{client}/teams/{team}", json={"role": "reviewer"})).status_code == 200
    for reply in (
        await bilal.put(f"{client}/people/{his}", json={"role": "administrator"}),
        await bilal.put(f"{client}/teams/{team}", json={"role": "administrator"}),
        await bilal.put(f"{client}/people/{hers}", json={"role": "owner"}),
        await bilal.put(f"{client}/people/{hers}", json={"role": "auditor"}),
        await dev.put(f"{client}/people/{hers}", json={"role": "owner"}),
        await set_access(bilal, practice, company, "private"),
    ):
        assert reply.status_code == 403, reply.text
    assert (await dev.put(f"{client}/people/{hers}", json={"role": "administrator"})).status_code == 200
    assert (await bilal.delete(f"{client}/people/{hers}")).status_code == 403
    # Whoever closes a door stays inside.
    assert (await set_access(bilal, practice, company, "teams")).status_code == 200
    assert await sees(bilal, company) == "reviewer"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"endsOn": "2026-11-23"}, "ends_on"),
        ({"startsOn": "2027-01-01", "endsOn": "2026-12-31"}, "ends_on"),
        ({"startsOn": "soon"}, "startsOn"),
    ],
)
async def test_days_that_make_no_sense_are_refused(house: House, days: dict[str, str], field: str) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    company = await describe(dev)
    await dev.post(f"{practice}/clients", json={"companyId": company})
    reply = await set_access(dev, practice, company, "everyone", **days)
    assert (reply.status_code, list(reply.json()["fields"])) == (422, [field])


async def test_after_the_last_day_the_practice_is_out_and_another_may_come_in(house: House) -> None:
    dev, bilal, asha = [await house.register(each) for each in (DEV, BILAL, ASHA)]
    practice, company = await make_practice(dev), await describe(asha)
    token = token_of(await dev.post(f"{practice}/client-invitations", json={"email": ASHA.email}))
    accept = "/api/practice-invitations/accept"
    await asha.post(accept, json={"token": token, "companyId": company})
    assert (await set_access(dev, practice, company, "everyone", endsOn="2026-11-25")).status_code == 200
    house.watch.move(hours=24)
    assert [await sees(each, company) for each in (dev, bilal, asha)] == ["administrator", None, "owner"]
    house.watch.move(hours=13)  # past midnight in India
    assert await sees(dev, company) is None
    assert (await dev.get(f"{practice}/clients/{company}")).status_code == 404
    other = await make_practice(bilal)
    token = token_of(await bilal.post(f"{other}/client-invitations", json={"email": ASHA.email}))
    assert (await asha.post(accept, json={"token": token, "companyId": company})).status_code == 200
    found = (await asha.get(f"/api/companies/{company}/practices")).json()["data"]
    assert [(each["isOn"], each["endsOn"]) for each in found] == [(True, None), (False, "2026-11-25")]


async def test_a_held_client_gets_no_last_day_since_nobody_would_be_left(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    reply = await set_access(dev, practice, company, "everyone", endsOn="2027-03-31")
    assert (reply.status_code, reply.json()["code"]) == (409, "practice.nobody_left")


async def test_the_members_of_a_company_are_told_who_reaches_it_and_why(house: House) -> None:
    dev, bilal, asha, chitra = [await house.register(each) for each in (DEV, BILAL, ASHA, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, ROLES.STAFF)
    await join(house, chitra, practice, ROLES.STAFF)
    company = await make_client(dev, practice)
    await house.join(asha, company, Role.OWNER)
    await house.join(bilal, company, Role.CLIENT)
    await set_access(dev, practice, company, "teams")
    team = await make_team(dev, practice, "Audit", his)
    await dev.put(f"{practice}/clients/{company}/teams/{team}", json={"role": "reviewer"})
    await dev.put(f"{practice}/clients/{company}/people/{his}", json={"role": "viewer"})
    found = (await asha.get(f"/api/companies/{company}/reach")).json()["data"]
    told = {
        each["name"]: (each["role"], [(way["way"], way["team"]) for way in each["ways"]]) for each in found
    }
    assert told == {
        ASHA.name: ("owner", [("direct", None)]),
        BILAL.name: ("reviewer", [("team", "Audit"), ("named", None), ("direct", None)]),
        DEV.name: ("administrator", [("partner", None)]),
    }
    page = (await asha.get(f"/app/companies/{company}/members")).text
    assert "Sharma and Company looks after this company since 1 April 2026." in page
    assert "team Audit; named for it; a member of the company" in page
    way = f'href="{practice.replace("/api", "/app")}/clients/{company}"'
    assert way not in page
    assert way in (await dev.get(f"/app/companies/{company}/members")).text
    assert CHITRA.name not in page


async def test_the_list_is_searched_sieved_sorted_and_paged(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, ROLES.STAFF)
    names = ["beta Mills", "Alpha 100% Traders", "gamma_one LLP", "Delta Foods", "सह्याद्रि"]
    ids = {name: await make_client(dev, practice, profile={"name": name}) for name in names}
    team = await make_team(dev, practice, "Audit", his)
    await dev.put(f"{practice}/clients/{ids['Delta Foods']}/teams/{team}", json={"role": "viewer"})
    await set_access(dev, practice, ids["beta Mills"], "private")

    async def found(query: str = "", client: AsyncClient = dev) -> list[str]:
        reply = await client.get(f"{practice}/clients{query}")
        assert reply.status_code == 200, reply.text
        return [each["name"] for each in reply.json()["data"]]

    assert await found() == ["Alpha 100% Traders", "beta Mills", "Delta Foods", "gamma_one LLP", "सह्याद्रि"]
    assert await found("?page=2&size=2") == ["Delta Foods", "gamma_one LLP"]
    assert await found("?page=9") == []
    assert await found("?q=MILLS") == ["beta Mills"]
    assert await found("?q=%25") == ["Alpha 100% Traders"]
    assert await found("?q=_") == ["gamma_one LLP"]
    assert await found("?q=सह्या") == ["सह्याद्रि"]
    assert await found(f"?team={team}") == ["Delta Foods"]
    assert await found("?access=private") == ["beta Mills"]
    assert await found("?access=private", bilal) == []
    assert (await dev.get(f"{practice}/clients?size=1&q=ta")).json()["page"] == {
        "number": 1,
        "size": 1,
        "total": 2,
    }
    for nonsense in ("?team=x", "?access=king", "?page=0", f"?q={'x' * 101}"):
        assert (await dev.get(f"{practice}/clients{nonsense}")).status_code == 422


async def test_five_hundred_clients_take_as_many_statements_as_five(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    identity, partner = UUID(practice.rpartition("/")[2]), UUID(await me(dev))
    page = f"{practice.replace('/api', '/app')}/clients"
    counts = []
    for more in (5, 495):
        async with house.database.transaction() as connection:
            firm = Firm(connection)
            team = await firm.team(identity, [partner])
            for number in range(more):
                company = await firm.company(f"Company {number:03}")
                access = Access.TEAMS if number % 2 else Access.EVERYONE
                await firm.assigns(await firm.engages(identity, company, access), team, Role.PREPARER)
        statements = _counted(house)
        reply = await dev.get(page)
        assert reply.status_code == 200
        counts.append(statements())
    assert "500 clients" in reply.text
    assert counts[0] == counts[1]
    assert (await dev.get(f"{page}?page=10")).text.count('<th scope="row"') == 50


def _counted(house: House) -> Callable[[], int]:
    seen: list[str] = []
    engine = house.database.engine.sync_engine

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)

    def stop() -> int:
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    return stop
