"""How a practice begins, changes and ends."""

import pytest

from complianceai.tenancy.policies import PracticeRole
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, describe
from tests.tenancy.practice.office import (
    DETAILS,
    deeds,
    join,
    make_client,
    make_practice,
    make_team,
    me,
    sees,
    set_access,
)


async def test_whoever_makes_a_practice_is_its_partner(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    told = (await dev.get(practice)).json()["data"]
    assert {name: told[name] for name in DETAILS} == DETAILS
    assert told["role"] == "partner"
    assert [each["id"] for each in (await dev.get("/api/practices")).json()["data"]] == [told["id"]]
    assert await deeds(dev, practice) == ["practice.created"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "X"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "A\x07B"}, "name"),
        ({"kind": "king"}, "kind"),
        ({"registration": "1" * 31}, "registration"),
        ({"address": "a" * 501}, "address"),
        ({"gstin": "27AAPFU0939F1ZX"}, "gstin"),
        ({"gstin": "nonsense"}, "gstin"),
        ({"role": "partner"}, "role"),
    ],
)
async def test_details_that_do_not_hold_together_are_refused_by_field(
    house: House, sent: dict[str, str], field: str
) -> None:
    dev = await house.register(DEV)
    reply = await dev.post("/api/practices", json={**DETAILS, **sent})
    assert (reply.status_code, list(reply.json()["fields"])) == (422, [field])
    assert (await dev.get("/api/practices")).json()["data"] == []


async def test_details_are_kept_trimmed_and_a_blank_one_is_none(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev, name="  Sharma  ", gstin="27aapfu0939f1zv", address=" ")
    told = (await dev.get(practice)).json()["data"]
    assert (told["name"], told["gstin"], told["address"]) == ("Sharma", "27AAPFU0939F1ZV", None)


async def test_an_edit_leaves_a_row_with_what_was_and_what_is(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    await dev.put(practice, json={**DETAILS, "name": "Sharma and Sons"})
    row = (await dev.get(f"{practice}/trail")).json()["data"][0]
    assert (row["deed"], row["before"]["name"], row["after"]["name"]) == (
        "practice.edited",
        DETAILS["name"],
        "Sharma and Sons",
    )


async def test_a_closed_practice_leaves_clients_with_their_people(house: House) -> None:
    dev, bilal, asha, chitra = [await house.register(each) for each in (DEV, BILAL, ASHA, CHITRA)]
    practice = await make_practice(dev)
    await join(house, bilal, practice, PracticeRole.STAFF)
    await join(house, chitra, practice, PracticeRole.PARTNER)
    own, held = await describe(dev, name="Dev's own"), await make_client(dev, practice)
    hidden = await make_client(chitra, practice, access="private", profile={"name": "Chitra's secret"})
    assert (await dev.post(f"{practice}/clients", json={"companyId": own})).status_code == 201
    assert (await sees(bilal, own), await sees(bilal, held), await sees(dev, hidden)) == (
        "preparer",
        "preparer",
        None,
    )
    assert (await dev.delete(practice)).status_code == 200
    for client in (dev, bilal, chitra):
        assert (await client.get(practice)).status_code == 404
    assert [await sees(bilal, each) for each in (own, held, hidden)] == [None, None, None]
    assert [await sees(dev, each) for each in (own, held, hidden)] == ["owner", "owner", "owner"]
    assert (await deeds(dev, f"/api/companies/{held}"))[-2:] == ["member.joined", "engagement.ended"]
    (past,) = (await dev.get(f"/api/companies/{held}/practices")).json()["data"]
    assert (past["practice"], past["endsOn"], past["isOn"]) == (DETAILS["name"], "2026-11-24", False)
    assert (await asha.get(practice)).status_code == 404


async def test_a_person_may_belong_to_several_practices(house: House) -> None:
    dev = await house.register(DEV)
    first, second = await make_practice(dev), await make_practice(dev, name="Another")
    team = await make_team(dev, first, "Audit")
    assert (await dev.get(f"{second}/teams/{team}")).status_code == 404
    company = await make_client(dev, first)
    assert (await dev.get(f"{second}/clients/{company}")).status_code == 404
    assert (await set_access(dev, second, company, "private")).status_code == 404
    assert (await dev.get("/app/practices")).status_code == 200
    assert (await dev.get("/app/home")).headers["location"] == "/app"


async def test_somebody_with_one_practice_lands_on_its_clients_and_others_on_their_companies(
    house: House,
) -> None:
    asha, dev = await house.register(ASHA), await house.register(DEV)
    assert (await asha.get("/app/home")).headers["location"] == "/app"
    practice = await make_practice(dev)
    door = await house.visitor()
    reply = await door.post("/login", data={"email": DEV.email, "password": DEV.password})
    landing = (await door.get(reply.headers["location"])).headers["location"]
    assert landing == f"{practice.replace('/api', '/app')}/clients"
    assert 'href="/app/practices"' in (await door.get(landing)).text
    assert 'href="/app/practices"' not in (await asha.get("/app")).text


async def test_a_token_of_named_companies_makes_no_practice(house: House) -> None:
    dev = await house.register(DEV)
    company = await describe(dev)
    made = await dev.post(
        "/api/auth/tokens", json={"name": "x", "may": ["read", "write"], "companies": [company], "days": 3}
    )
    assert made.status_code == 201, made.text
    door = await house.visitor(authorization=f"Bearer {made.json()['data']['token']}")
    reply = await door.post("/api/practices", json=DETAILS)
    assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.token_too_narrow")
    assert await me(dev)
