"""How people come into a practice, change their role in it, and go."""

import asyncio
import re
from html import unescape

import pytest

from complianceai.tenancy.policies import PracticeRole
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, Player, describe
from tests.support.mails import link_in, mails_of, text_of
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


async def test_who_is_invited_looks_accepts_and_belongs(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    invited = {"email": "Bilal@Example.com", "role": "staff"}
    token = token_of(await dev.post(f"{practice}/invitations", json=invited))
    offer = (await bilal.post("/api/practice-invitations/look", json={"token": token})).json()["data"]
    assert (offer["practice"], offer["role"]) == ("Sharma and Company", "staff")
    assert await sees(bilal, company) is None
    reply = await bilal.post("/api/practice-invitations/accept", json={"token": token})
    assert reply.status_code == 200, reply.text
    assert await sees(bilal, company) == "preparer"
    again = await bilal.post("/api/practice-invitations/accept", json={"token": token})
    assert again.status_code == 404
    assert (await deeds(dev, practice))[-2:] == ["practice_invitation.made", "practice_member.joined"]
    assert token not in (await dev.get(f"{practice}/trail.jsonl")).text


async def test_a_link_opens_for_its_own_email_only_and_not_after_its_time(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    sent = {"email": BILAL.email, "role": "partner"}
    token = token_of(await dev.post(f"{practice}/invitations", json=sent))
    for client in (chitra, dev):
        assert (await client.post("/api/practice-invitations/look", json={"token": token})).status_code == 404
    newer = token_of(await dev.post(f"{practice}/invitations", json=sent))
    assert (await bilal.post("/api/practice-invitations/look", json={"token": token})).status_code == 404
    for _ in range(8):
        house.watch.move(hours=23)
        assert (await bilal.get("/api/auth/me")).status_code == 200
    assert (await bilal.post("/api/practice-invitations/accept", json={"token": newer})).status_code == 404


async def test_a_mail_brings_the_invitation_and_its_link_verifies_the_address(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL, verified=False)
    practice = await make_practice(dev)
    sent = {"email": BILAL.email, "role": "staff"}
    told = token_of(await dev.post(f"{practice}/invitations", json=sent))
    accept = "/api/practice-invitations/accept"
    refused = await bilal.post(accept, json={"token": told})
    assert (refused.status_code, refused.json()["code"]) == (403, "tenancy.email_not_verified")
    mails = {str(mail["Subject"]): mail for mail in await mails_of(house) if BILAL.email in mail["To"]}
    mail = mails[f"{DEV.name} invites you to Sharma and Company"]
    path, token = link_in(mail)
    assert (path, token) == ("/app/practices/invitation", told)
    assert "Your role: staff" in text_of(mail)
    link = unescape(re.findall(r"https://dates\.example(\S+proof=\S+)", text_of(mail))[0])
    form = (await bilal.get(link)).text
    given = {
        name: unescape(value) for name, value in re.findall(r'name="(token|proof)" value="([^"]*)"', form)
    }
    joined = await bilal.post("/app/practices/invitation", data=given)
    assert joined.headers["location"] == f"{practice.replace('/api', '/app')}/clients"
    assert (await bilal.get("/api/auth/email")).json()["data"]["verifiedAt"] is not None


async def test_a_mail_asks_the_owner_of_a_company_in_their_language(house: House) -> None:
    dev = await house.register(DEV)
    asha = await house.register(ASHA)
    assert (await asha.post("/api/auth/language", json={"language": "hi"})).status_code == 200
    practice, company = await make_practice(dev), await describe(asha)
    token = token_of(await dev.post(f"{practice}/client-invitations", json={"email": ASHA.email}))
    (mail,) = [each for each in await mails_of(house) if "Sharma and Company" in str(each["Subject"])]
    assert mail["Subject"] == "Sharma and Company आपकी कंपनी की देखभाल करना चाहती है"
    given = {"token": token, "companyId": company, "proof": "nonsense"}
    assert (await asha.post("/api/practice-invitations/accept", json=given)).status_code == 200


async def test_what_somebody_offered_goes_when_they_go_or_may_offer_less(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, PracticeRole.ADMINISTRATOR)
    sent = {"email": CHITRA.email, "role": "administrator"}
    token = token_of(await bilal.post(f"{practice}/invitations", json=sent))
    assert (await chitra.post("/api/practice-invitations/look", json={"token": token})).status_code == 200
    await dev.patch(f"{practice}/people/{his}", json={"role": "manager"})
    assert (await chitra.post("/api/practice-invitations/accept", json={"token": token})).status_code == 404
    await dev.patch(f"{practice}/people/{his}", json={"role": "administrator"})
    await dev.delete(f"{practice}/people/{his}")
    assert (await chitra.post("/api/practice-invitations/accept", json={"token": token})).status_code == 404


async def test_an_invitation_into_a_company_dies_with_its_makers_practice(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, PracticeRole.ADMINISTRATOR)
    company = await make_client(dev, practice)
    sent = {"email": CHITRA.email, "role": "administrator"}
    token = token_of(await bilal.post(f"/api/companies/{company}/invitations", json=sent))
    assert (await chitra.post("/api/invitations/look", json={"token": token})).status_code == 200
    assert (await dev.delete(f"{practice}/people/{his}")).status_code == 200
    assert (await chitra.post("/api/invitations/accept", json={"token": token})).status_code == 404
    assert await sees(chitra, company) is None


async def test_an_administrator_neither_makes_nor_unmakes_a_partner(house: House) -> None:
    dev, bilal, chitra = [await house.register(each) for each in (DEV, BILAL, CHITRA)]
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, PracticeRole.ADMINISTRATOR)
    hers = await join(house, chitra, practice, PracticeRole.STAFF)
    partner, people = await me(dev), f"{practice}/people"
    for reply in (
        await bilal.patch(f"{people}/{his}", json={"role": "partner"}),
        await bilal.patch(f"{people}/{hers}", json={"role": "partner"}),
        await bilal.patch(f"{people}/{partner}", json={"role": "staff"}),
        await bilal.delete(f"{people}/{partner}"),
        await bilal.post(f"{practice}/invitations", json={"email": ASHA.email, "role": "partner"}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "practice.not_your_role")
    assert (await bilal.patch(f"{people}/{hers}", json={"role": "manager"})).status_code == 200


async def test_the_last_partner_neither_goes_nor_steps_down(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    his, mine = await join(house, bilal, practice, PracticeRole.ADMINISTRATOR), await me(dev)
    for reply in (
        await dev.delete(f"{practice}/people/{mine}"),
        await dev.patch(f"{practice}/people/{mine}", json={"role": "staff"}),
        await dev.post("/api/auth/delete", json={"password": DEV.password, "companies": []}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "practice.last_partner"), reply.text
    await dev.patch(f"{practice}/people/{his}", json={"role": "partner"})
    assert (await dev.delete(f"{practice}/people/{mine}")).status_code == 200
    assert (await dev.get(practice)).status_code == 404


async def test_of_two_partners_who_put_each_other_out_at_once_one_stays(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    his, mine = await join(house, bilal, practice, PracticeRole.PARTNER), await me(dev)
    replies = await asyncio.gather(
        dev.delete(f"{practice}/people/{his}"), bilal.delete(f"{practice}/people/{mine}")
    )
    assert sorted(reply.status_code for reply in replies) == [200, 404]
    found = [(await each.get(practice)).status_code for each in (dev, bilal)]
    assert sorted(found) == [200, 404]


async def test_two_administrators_at_once_leave_one_team_of_a_name_and_a_whole_trail(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    await join(house, bilal, practice, PracticeRole.ADMINISTRATOR)
    company = await make_client(dev, practice)
    made = await asyncio.gather(
        *(each.post(f"{practice}/teams", json={"name": "Audit"}) for each in (dev, bilal, dev, bilal))
    )
    assert sorted(reply.status_code for reply in made) == [201, 409, 409, 409]
    replies = await asyncio.gather(
        *(
            set_access(each, practice, company, access)
            for each, access in ((dev, "teams"), (bilal, "everyone"), (dev, "everyone"), (bilal, "teams"))
        )
    )
    assert {reply.status_code for reply in replies} == {200}
    assert (await deeds(dev, f"/api/companies/{company}")).count("engagement.changed") == 4


async def test_who_goes_loses_every_client_at_once_and_the_trails_tell(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    his = await join(house, bilal, practice, PracticeRole.STAFF)
    companies = [await make_client(dev, practice) for _ in range(3)]
    await make_team(dev, practice, "Audit", his)
    await set_access(dev, practice, companies[1], "teams")
    await dev.put(f"{practice}/clients/{companies[1]}/people/{his}", json={"role": "reviewer"})
    assert [await sees(bilal, each) for each in companies] == ["preparer", "reviewer", "preparer"]
    assert (await bilal.delete(f"{practice}/people/{his}")).status_code == 200
    assert [await sees(bilal, each) for each in companies] == [None, None, None]
    assert (await deeds(dev, practice))[-1] == "practice_member.left"
    assert (await deeds(dev, f"/api/companies/{companies[1]}"))[-1] == "client_person.removed"
    # Whoever comes back begins anew.
    await join(house, bilal, practice, PracticeRole.STAFF)
    assert await sees(bilal, companies[1]) is None


async def test_a_deleted_account_leaves_clients_with_their_practice(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    await join(house, bilal, practice, PracticeRole.PARTNER)
    adopted, held = await describe(dev, name="Dev's own"), await make_client(dev, practice)
    own = await describe(dev, name="Nobody looks after it")
    await dev.post(f"{practice}/clients", json={"companyId": adopted})
    refused = await dev.post("/api/auth/delete", json={"password": DEV.password, "companies": []})
    assert "Nobody looks after it" in refused.json()["error"]
    assert "Dev's own" not in refused.json()["error"]
    gone = await dev.post("/api/auth/delete", json={"password": DEV.password, "companies": [own]})
    assert gone.status_code == 200, gone.text
    # Without an owner of its own the company is its practice's, whose partner can hand it over.
    assert [await sees(bilal, each) for each in (adopted, held, own)] == ["owner", "owner", None]
    assert (await deeds(bilal, practice))[-1] == "practice_member.left"


async def test_the_export_of_a_person_tells_of_their_practices(house: House) -> None:
    dev = await house.register(DEV)
    await make_practice(dev)
    told = (await dev.get("/api/auth/export")).json()["data"]
    assert [(each["name"], each["role"]) for each in told["practices"]] == [("Sharma and Company", "partner")]


@pytest.mark.parametrize("role", ["owner", "king", ""])
async def test_nobody_becomes_what_a_practice_does_not_have(house: House, role: str) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    reply = await dev.post(f"{practice}/invitations", json={"email": BILAL.email, "role": role})
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["role"])


async def test_who_belongs_already_is_not_invited_again(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    for player in (DEV, Player("Dev", "DEV@example.com")):
        reply = await dev.post(f"{practice}/invitations", json={"email": player.email, "role": "staff"})
        assert (reply.status_code, reply.json()["code"]) == (409, "practice.already_colleague")
