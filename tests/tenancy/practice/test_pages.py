"""The pages of practices, as a browser without scripts uses them."""

import re
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from httpx import AsyncClient

from complianceai.operations.trails import verify_trails
from complianceai.storage import verify_trail
from complianceai.tenancy.policies import PracticeRole, Role
from tests.cast import ASHA, BILAL, DEV, House, describe
from tests.tenancy.practice.office import DETAILS, join, make_client, make_practice, make_team, me, sees

TYPED = {**DETAILS, "address": "", "gstin": ""}


def _link(text: str) -> str:
    found = re.search(r'value="(http[^"]+/app/practices/invitation\?token=[^"]+)"', text)
    assert found, text
    parts = urlsplit(unescape(found[1]))
    return f"{parts.path}?{parts.query}"


async def _made(dev: AsyncClient) -> str:
    reply = await dev.post("/app/practices", data=TYPED)
    assert reply.status_code == 303, reply.text
    return reply.headers["location"].removesuffix("/clients")


async def test_a_practice_is_made_described_and_closed_on_its_pages(house: House) -> None:
    dev = await house.register(DEV)
    assert "/app/practices/new" in (await dev.get("/app")).text
    assert "Make the practice" in (await dev.get("/app/practices/new")).text
    refused = await dev.post("/app/practices", data={**TYPED, "gstin": "nonsense", "name": "<b>"})
    assert (refused.status_code, "This is not a sound GSTIN" in refused.text) == (422, True)
    assert 'value="&lt;b&gt;"' in refused.text
    base = await _made(dev)
    assert "No client yet" in (await dev.get(f"{base}/clients")).text
    changed = await dev.post(f"{base}/details", data={**TYPED, "name": "Sharma & Sons"})
    assert changed.headers["location"] == f"{base}/details"
    assert "Sharma &amp; Sons" in (await dev.get(f"{base}/details")).text
    wrong = await dev.post(f"{base}/details", data={**TYPED, "name": ""})
    assert (wrong.status_code, "A name has 2 to 100 characters" in wrong.text) == (422, True)
    assert (await dev.post(f"{base}/close")).headers["location"] == "/app"
    assert (await dev.get(f"{base}/clients")).status_code == 404


async def test_a_client_is_described_for_the_practice_from_the_first_question_on(house: House) -> None:
    dev = await house.register(DEV)
    base = await _made(dev)
    way = re.findall(
        r'href="(/app/companies/new\?practice=[^"]+)"', (await dev.get(f"{base}/clients/add")).text
    )
    form = (await dev.get(way[0])).text
    (action,) = re.findall(r'<form class="interview[^>]+action="([^"]+)"', form)
    assert unescape(action) == way[0]
    more = await dev.post(way[0].replace("/new?", "/new/questions?"), data={"more": "gst.registrations"})
    assert f'action="{action}"' in more.text
    answers = {"name": "Rao LLP", "entity_type": "llp", "state": "MH", "gst.registered": "unsure"}
    company = (await dev.post(way[0], data=answers)).headers["location"].rpartition("/")[2]
    assert "Rao LLP" in (await dev.get(f"{base}/clients")).text
    assert (await dev.get(f"/api/companies/{company}/members")).json()["data"] == []
    stranger = await house.register(ASHA)
    assert (await stranger.post(way[0], data=answers)).status_code == 404


async def test_a_colleague_comes_by_the_link_is_given_another_role_and_goes(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    base = await _made(dev)
    for typed, told in (
        ({"email": "x", "role": "staff"}, "This is not an e-mail address"),
        ({"email": DEV.email, "role": "staff"}, "They belong to this practice already"),
    ):
        reply = await dev.post(f"{base}/people", data=typed)
        assert reply.status_code in {409, 422}
        assert told in reply.text
        assert f'value="{typed["email"]}"' in reply.text
    made = await dev.post(f"{base}/people", data={"email": BILAL.email, "role": "manager"})
    assert made.status_code == 201
    link = _link(made.text)
    assert link not in (await dev.get(f"{base}/people")).text
    assert "You are invited to this practice" in (await bilal.get(link)).text
    token = link.partition("token=")[2]
    joined = await bilal.post("/app/practices/invitation", data={"token": token})
    assert joined.headers["location"] == f"{base}/clients"
    his = await me(bilal)
    person = f"{base}/people/{his}"
    assert "Remove from this practice" in (await dev.get(person)).text
    assert (await dev.post(person, data={"role": "staff"})).headers["location"] == f"{base}/people"
    own = f"{base}/people/{await me(dev)}"
    last = await dev.post(own, data={"role": "staff"})
    assert (last.status_code, "keeps at least one partner" in last.text) == (409, True)
    stuck = await dev.post(f"{own}/remove")
    assert (stuck.status_code, f"{DETAILS['name']} keeps" in stuck.text) == (409, True)
    assert "Leave this practice" in (await bilal.get(person)).text
    assert (await bilal.post(f"{person}/remove")).headers["location"] == "/app"


async def test_invitations_are_withdrawn_on_the_pages(house: House) -> None:
    dev = await house.register(DEV)
    base = await _made(dev)
    for where, form in (("people", f"{base}/people"), ("clients/add", f"{base}/clients/invitations")):
        made = await dev.post(form, data={"email": BILAL.email, "role": "staff"})
        (action,) = re.findall(r'action="([^"]+/withdraw)"', made.text)
        assert (await dev.post(action)).headers["location"] == f"{base}/{where}"
        assert BILAL.email not in (await dev.get(f"{base}/{where}")).text
        assert (await dev.post(action)).status_code == 404


async def test_the_owner_of_a_company_lets_the_practice_in_and_out(house: House) -> None:
    dev, asha = await house.register(DEV), await house.register(ASHA)
    base = await _made(dev)
    wrong = await dev.post(f"{base}/clients/invitations", data={"email": "x"})
    assert (wrong.status_code, "This is not an e-mail address" in wrong.text) == (422, True)
    link = _link((await dev.post(f"{base}/clients/invitations", data={"email": ASHA.email})).text)
    assert "You own no company that could be looked after yet" in (await asha.get(link)).text
    company = await describe(asha)
    assert "Let them look after it" in (await asha.get(link)).text
    token = link.partition("token=")[2]
    given = {"token": token, "company_id": company}
    people = f"/app/companies/{company}/members"
    assert (await asha.post("/app/practices/invitation", data=given)).headers["location"] == people
    assert (
        "Sharma and Company looks after this company since 24 November 2026." in (await asha.get(people)).text
    )
    assert "End it now" not in (await dev.get(people)).text
    assert (await asha.post(f"/app/companies/{company}/practice/end")).headers["location"] == people
    told = (await asha.get(people)).text
    assert "Sharma and Company looked after it from 24 November 2026 to 24 November 2026." in told
    assert await sees(dev, company) is None


async def test_work_on_a_client_is_given_out_on_its_page(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    base = practice.replace("/api", "/app")
    his = await join(house, bilal, practice, PracticeRole.STAFF)
    company = await make_client(dev, practice)
    team = await make_team(dev, practice, "Audit", his)
    client = f"{base}/clients/{company}"
    terms = {"access": "teams", "starts_on": "2026-04-01", "ends_on": ""}
    assert (await dev.post(client, data=terms)).headers["location"] == client
    assert await sees(bilal, company) is None
    assert (await dev.post(f"{client}/teams", data={f"team.{team}": "viewer"})).headers["location"] == client
    assert await sees(bilal, company) == "viewer"
    assert "does not work on it" in (await dev.get(client)).text
    assert "does not work on it" not in (await bilal.get(client)).text
    named = {"person_id": his, "role": "reviewer", "until": ""}
    assert (await dev.post(f"{client}/people", data=named)).headers["location"] == client
    assert await sees(bilal, company) == "reviewer"
    for typed, told in (
        ({**named, "until": "2020-01-01"}, "The last day is today or later"),
        ({**named, "person_id": "x"}, "There is nobody of that kind"),
    ):
        reply = await dev.post(f"{client}/people", data=typed)
        assert told in reply.text
    late = await dev.post(client, data={**terms, "ends_on": "2027-03-31"})
    assert (late.status_code, "no owner of its own yet" in late.text) == (409, True)
    faulty = await dev.post(client, data={**terms, "starts_on": "soon"})
    assert (faulty.status_code, 'href="#f-starts_on"' in faulty.text) == (422, True)
    assert (await dev.post(f"{client}/people/{his}/remove")).headers["location"] == client
    stuck = await dev.post(f"{client}/end")
    assert (stuck.status_code, "no owner of its own yet" in stuck.text) == (409, True)
    await house.join(await house.register(ASHA), company, Role.OWNER)
    assert (await dev.post(f"{client}/end")).headers["location"] == f"{base}/clients"
    assert await sees(dev, company) is None


async def test_a_partner_is_told_of_private_clients_and_takes_one_over(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    base = practice.replace("/api", "/app")
    await join(house, bilal, practice, PracticeRole.PARTNER)
    company = await make_client(bilal, practice, access="private", profile={"name": "Secret LLP"})
    told = (await dev.get(f"{base}/clients")).text
    assert "There is 1 private client that you do not see." in told
    listed = (await dev.get(f"{base}/private")).text
    assert BILAL.name in listed
    assert "Secret" not in listed + told
    (action,) = re.findall(r'action="([^"]+/private/[^"]+)"', listed)
    assert (await dev.post(action)).headers["location"] == f"{base}/clients/{company}"
    assert "took over a private client" in (await bilal.get(f"{base}/trail")).text
    assert "Secret LLP" in (await bilal.get(f"{base}/trail")).text
    assert "took over a private client" in (await bilal.get(f"/app/companies/{company}/trail")).text


async def test_teams_are_made_and_given_up_on_their_pages(house: House) -> None:
    dev, bilal = await house.register(DEV), await house.register(BILAL)
    practice = await make_practice(dev)
    base = practice.replace("/api", "/app")
    his = await join(house, bilal, practice, PracticeRole.STAFF)
    made = await dev.post(f"{base}/teams", data={"name": "Audit", "people": [his]})
    team = made.headers["location"]
    assert re.search(rf'value="{his}" checked', (await dev.get(team)).text)
    assert "Delete the team" not in (await bilal.get(team)).text
    taken = await dev.post(f"{base}/teams", data={"name": "audit", "people": [his]})
    assert (taken.status_code, "There is a team of this name already" in taken.text) == (409, True)
    assert re.search(rf'value="{his}" checked', taken.text)
    wrong = await dev.post(team, data={"name": "", "people": [his]})
    assert (wrong.status_code, "A team&#39;s name has 1 to 50" in wrong.text) == (422, True)
    assert (await dev.post(team, data={"name": "Audit"})).headers["location"] == f"{base}/teams"
    assert (await dev.post(f"{team}/delete")).headers["location"] == f"{base}/teams"
    assert (await dev.get(team)).status_code == 404


@pytest.mark.parametrize("door", ["/api", "/app"])
async def test_the_export_of_a_practices_trail_is_what_the_verifier_takes(house: House, door: str) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    await make_team(dev, practice, "लेखा")
    reply = await dev.get(f"{practice.replace('/api', door)}/trail.jsonl")
    lines = reply.content.removesuffix(b"\n").split(b"\n")
    assert (reply.status_code, len(lines)) == (200, 3)
    assert list(verify_trail.faults_of(lines)) == []


async def test_a_practices_trail_is_verified_with_those_of_the_companies(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    identity = UUID(practice.rpartition("/")[2])
    assert await verify_trails(house.database) == {identity: [], UUID(company): []}
    assert await verify_trails(house.database, identity) == {identity: []}


async def test_every_page_speaks_hindi(house: House) -> None:
    dev = await house.register(DEV)
    practice = await make_practice(dev)
    company = await make_client(dev, practice)
    base = practice.replace("/api", "/app")
    for path in (
        "clients",
        "clients/add",
        f"clients/{company}",
        "teams",
        "people",
        "details",
        "trail",
        "private",
    ):
        text = (await dev.get(f"{base}/{path}", headers={"accept-language": "hi"})).text
        assert "ग्राहक" in text, path
        assert "Clients" not in text, path


@pytest.mark.parametrize("path", ["x", "../x", "01a21023", "%00"])
async def test_an_address_with_no_id_in_it_is_missing(house: House, path: str) -> None:
    dev = await house.register(DEV)
    base = await _made(dev)
    for address in (f"/app/practices/{path}/clients", f"{base}/clients/{path}", f"{base}/teams/{path}"):
        assert (await dev.get(address)).status_code == 404
    for address in (f"{base}/private/{path}", f"{base}/people/{path}/remove"):
        assert (await dev.post(address)).status_code == 404
