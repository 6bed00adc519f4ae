"""How people come to a company, change their role in it, and go."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai.tenancy.policies import Role
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import invitations
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, Player, describe, open_house


async def _invite(
    client: AsyncClient, company: str, player: Player, role: str = "viewer", **more: str
) -> str:
    reply = await client.post(
        f"/api/companies/{company}/invitations", json={"email": player.email, "role": role, **more}
    )
    assert reply.status_code == 201, reply.text
    return str(parse_qs(urlsplit(reply.json()["data"]["link"]).query)["token"][0])


async def _accept(client: AsyncClient, token: str) -> int:
    return (await client.post("/api/invitations/accept", json={"token": token})).status_code


async def _id(client: AsyncClient) -> str:
    return str((await client.get("/api/auth/me")).json()["user"]["id"])


async def _roles(client: AsyncClient, company: str) -> dict[str, str]:
    members = (await client.get(f"/api/companies/{company}/members")).json()["data"]
    return {member["email"]: member["role"] for member in members}


async def _deeds(client: AsyncClient, company: str) -> list[str]:
    rows = (await client.get(f"/api/companies/{company}/trail")).json()["data"]
    # The company's tasks are made with it and are no business of its members' tests.
    return [row["deed"] for row in reversed(rows) if row["deed"] != "tasks.synced"]


async def test_who_is_invited_looks_accepts_and_is_a_member(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    token = await _invite(asha, company, BILAL, "reviewer")
    offer = (await bilal.post("/api/invitations/look", json={"token": token})).json()["data"]
    assert (offer["companyId"], offer["role"]) == (company, "reviewer")
    assert (await bilal.get("/api/companies")).json()["page"]["total"] == 0
    assert await _accept(bilal, token) == 200
    assert await _roles(bilal, company) == {ASHA.email: "owner", BILAL.email: "reviewer"}
    assert await _deeds(asha, company) == ["company.created", "invitation.made", "member.joined"]
    assert (await asha.get(f"/api/companies/{company}/invitations")).json()["data"] == []


async def test_the_token_is_kept_as_a_hash_and_stands_in_no_row_of_the_trail(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    token = await _invite(asha, company, BILAL)
    async with house.database.reading() as connection:
        assert (await connection.execute(select(invitations.c.token_hash))).scalar_one() == hash_token(token)
    exported = (await asha.get(f"/api/companies/{company}/trail.jsonl")).text
    assert token not in exported
    assert hash_token(token) not in exported


async def test_an_invitation_opens_once_for_its_own_email_and_for_seven_days(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha)
    token = await _invite(asha, company, BILAL)
    assert await _accept(chitra, token) == 404
    assert await _accept(bilal, f"{token}x") == 404
    assert await _accept(bilal, token) == 200
    assert await _accept(bilal, token) == 404
    late = await _invite(asha, company, CHITRA)
    house.watch.move(hours=30)
    for _ in range(6):
        assert (await chitra.get("/api/auth/me")).status_code == 200
        house.watch.move(hours=23)
    assert await _accept(chitra, late) == 404
    assert (await chitra.get("/api/companies")).json()["page"]["total"] == 0


async def test_a_newer_invitation_or_a_withdrawal_closes_the_older_link(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    first = await _invite(asha, company, BILAL)
    second = await _invite(asha, company, Player("Bilal Khan", "BILAL@example.com"), "preparer")
    assert await _accept(bilal, first) == 404
    (open_one,) = (await asha.get(f"/api/companies/{company}/invitations")).json()["data"]
    assert (await asha.delete(f"/api/companies/{company}/invitations/{open_one['id']}")).status_code == 200
    assert await _accept(bilal, second) == 404
    assert (await _deeds(asha, company))[1:] == [
        "invitation.made", "invitation.withdrawn", "invitation.made", "invitation.withdrawn",
    ]  # fmt: skip


async def test_a_link_opened_twice_at_one_moment_makes_one_member(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    token = await _invite(asha, company, BILAL)
    statuses = await asyncio.gather(*(_accept(bilal, token) for _ in range(5)))
    assert sorted(statuses) == [200, 404, 404, 404, 404]
    assert (await _deeds(asha, company)).count("member.joined") == 1


async def test_a_member_is_not_invited_again(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await asha.post(
        f"/api/companies/{company}/invitations", json={"email": "ASHA@Example.com", "role": "viewer"}
    )
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.already_member")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"role": "auditor"}, "until"),
        ({"role": "auditor", "until": "2026-11-23"}, "until"),
        ({"role": "viewer", "until": "2027-01-01"}, "until"),
        ({"role": "king"}, "role"),
        ({"role": "viewer", "email": "nobody"}, "email"),
        ({"role": "viewer", "company_id": "x"}, "company_id"),
    ],
)
async def test_an_invitation_that_does_not_hold_together_is_refused_by_field(
    house: House, sent: dict[str, str], field: str
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await asha.post(f"/api/companies/{company}/invitations", json={"email": BILAL.email, **sent})
    assert (reply.status_code, set(reply.json()["fields"])) == (422, {field})


async def test_an_auditor_reads_until_the_last_day_and_changes_nothing(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    assert await _accept(bilal, await _invite(asha, company, BILAL, "auditor", until="2026-11-25")) == 200
    house.watch.move(hours=24)
    assert (await bilal.get(f"/api/companies/{company}/trail")).status_code == 200
    assert (await bilal.patch(f"/api/companies/{company}", json={"name": "Mine"})).status_code == 403
    house.watch.move(hours=13)  # past midnight in India, not yet in Greenwich
    assert (await bilal.get(f"/api/companies/{company}")).status_code == 404


async def test_an_administrator_neither_makes_nor_unmakes_an_owner(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha)
    await house.join(bilal, company, Role.ADMINISTRATOR)
    await house.join(chitra, company, Role.VIEWER)
    members = f"/api/companies/{company}/members"
    owner = await _id(asha)
    replies = [
        await bilal.post(f"/api/companies/{company}/invitations", json={"email": DEV.email, "role": "owner"}),
        await bilal.patch(f"{members}/{await _id(chitra)}", json={"role": "owner"}),
        await bilal.patch(f"{members}/{await _id(bilal)}", json={"role": "owner"}),
        await bilal.patch(f"{members}/{owner}", json={"role": "viewer"}),
        await bilal.delete(f"{members}/{owner}"),
    ]
    assert [reply.status_code for reply in replies] == [403] * 5
    assert await _deeds(asha, company) == ["company.created"]
    assert (await bilal.patch(f"{members}/{await _id(chitra)}", json={"role": "preparer"})).status_code == 200


async def test_the_last_owner_neither_goes_nor_steps_down(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.OWNER)
    members = f"/api/companies/{company}/members"
    assert (await bilal.patch(f"{members}/{await _id(bilal)}", json={"role": "viewer"})).status_code == 200
    for reply in (
        await asha.delete(f"{members}/{await _id(asha)}"),
        await asha.patch(f"{members}/{await _id(asha)}", json={"role": "administrator"}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.last_owner")
    assert (await asha.patch(f"{members}/{await _id(asha)}", json={"role": "owner"})).status_code == 200


async def test_of_two_owners_who_put_each_other_out_at_once_one_stays(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.OWNER)
    members = f"/api/companies/{company}/members"
    his, hers = await _id(bilal), await _id(asha)
    replies = await asyncio.gather(asha.delete(f"{members}/{his}"), bilal.delete(f"{members}/{hers}"))
    assert sorted(reply.status_code for reply in replies) == [200, 404]
    totals = [(await each.get("/api/companies")).json()["page"]["total"] for each in (asha, bilal)]
    assert sorted(totals) == [0, 1]


async def test_who_goes_finds_nothing_and_their_own_invitations_go_with_them(house: House) -> None:
    asha, bilal, dev = [await house.register(each) for each in (ASHA, BILAL, DEV)]
    company = await describe(asha)
    await house.join(bilal, company, Role.ADMINISTRATOR)
    token = await _invite(bilal, company, DEV, "administrator")
    assert (await asha.delete(f"/api/companies/{company}/members/{await _id(bilal)}")).status_code == 200
    assert (await bilal.get(f"/api/companies/{company}")).status_code == 404
    assert await _accept(dev, token) == 404
    assert (await _deeds(asha, company))[-2:] == ["invitation.withdrawn", "member.removed"]


async def test_who_may_give_less_than_before_has_offered_no_more_than_that(house: House) -> None:
    asha, bilal, dev = [await house.register(each) for each in (ASHA, BILAL, DEV)]
    company = await describe(asha)
    await house.join(bilal, company, Role.OWNER)
    as_owner, as_viewer = await _invite(bilal, company, DEV, "owner"), await _invite(bilal, company, CHITRA)
    await asha.patch(f"/api/companies/{company}/members/{await _id(bilal)}", json={"role": "administrator"})
    assert await _accept(dev, as_owner) == 404
    assert await _accept(await house.register(CHITRA), as_viewer) == 200


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OWNER}))
async def test_everybody_but_the_last_owner_may_leave(house: House, role: Role) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, role)
    me = await _id(bilal)
    shown = await bilal.get(f"/app/companies/{company}/members/{me}")
    assert "Leave this company" in shown.text
    reply = await bilal.post(f"/app/companies/{company}/members/{me}/remove")
    assert (reply.status_code, reply.headers["location"]) == (303, "/app")
    assert (await bilal.get(f"/api/companies/{company}")).status_code == 404
    assert (await _deeds(asha, company))[-1] == "member.left"


async def test_a_member_of_another_company_is_no_member_of_this(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    theirs = await describe(chitra)
    await _invite(chitra, theirs, DEV)
    (invitation,) = (await chitra.get(f"/api/companies/{theirs}/invitations")).json()["data"]
    for reply in (
        await asha.delete(f"/api/companies/{company}/members/{await _id(chitra)}"),
        await asha.patch(f"/api/companies/{company}/members/{await _id(chitra)}", json={"role": "viewer"}),
        await asha.delete(f"/api/companies/{company}/invitations/{invitation['id']}"),
    ):
        assert reply.status_code == 404
    assert len((await chitra.get(f"/api/companies/{theirs}/invitations")).json()["data"]) == 1


async def test_the_link_stands_under_the_public_address_where_there_is_one(database_url: str) -> None:
    async with open_house(database_url, public_url="https://dates.example/") as house:
        asha = await house.register(ASHA)
        company = await describe(asha)
        reply = await asha.post(
            f"/api/companies/{company}/invitations",
            json={"email": BILAL.email, "role": "viewer"},
            headers={"host": "evil.example"},
        )
    assert reply.json()["data"]["link"].startswith("https://dates.example/app/invitation?token=")
