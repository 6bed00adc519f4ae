"""The pages of a company's people."""

import re
from html import unescape
from urllib.parse import urlsplit

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.support.mails import mails_of, query_in


def _link(page: str) -> str:
    found = re.search(r'value="(http[^"]+/app/invitation\?token=[^"]+)"', page)
    assert found
    parts = urlsplit(unescape(found[1]))
    return f"{parts.path}?{parts.query}"


async def test_a_person_without_an_account_signs_up_on_the_way_to_the_invitation(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.visitor()
    company = await describe(asha)
    people = f"/app/companies/{company}/members"
    made = await asha.post(people, data={"email": BILAL.email, "role": "preparer", "until": ""})
    assert made.status_code == 201
    link = _link(made.text)
    assert link not in (await asha.get(people)).text
    sign_in = await bilal.get((await bilal.get(link)).headers["location"])
    (sign_up,) = re.findall(r'href="(/register\?next=[^"]+)"', sign_in.text)
    form = await bilal.get(unescape(sign_up))
    target = re.findall(r'name="next" value="([^"]+)"', form.text)[0]
    assert unescape(target) == link
    reply = await bilal.post("/register", data={**BILAL.registration, "phone": "", "next": link})
    assert reply.headers["location"] == link
    assert "preparer" in (await bilal.get(link)).text
    token = link.partition("token=")[2]
    # The inviter knows this link too: it does not show that the address is Bilal's. The one in his mail does.
    assert (await bilal.post("/app/invitation", data={"token": token})).status_code == 403
    mail = next(each for each in await mails_of(house) if "invites you" in each["Subject"])
    mailed = query_in(mail)
    assert mailed["token"] == token
    assert mailed["proof"] in unescape((await bilal.get("/app/invitation", params=mailed)).text)
    accepted = await bilal.post("/app/invitation", data=mailed)
    assert accepted.headers["location"] == f"/app/companies/{company}"
    assert (await bilal.get(people)).status_code == 200


async def test_only_buttons_that_may_be_pressed_are_shown(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    await house.join(chitra, company, Role.CLIENT)
    base = f"/app/companies/{company}"
    me = {
        name: (await each.get("/api/auth/me")).json()["user"]["id"]
        for name, each in (("a", asha), ("c", chitra))
    }
    assert "Invite somebody" in (await asha.get(f"{base}/members")).text
    assert "Invite somebody" not in (await bilal.get(f"{base}/members")).text
    assert "Save" not in (await bilal.get(f"{base}/members/{me['a']}")).text
    assert f'href="{base}/members"' in (await bilal.get(base)).text
    as_client = (await chitra.get(base)).text
    assert f'href="{base}/members"' not in as_client
    assert f'href="{base}/members/{me["c"]}"' in as_client
    assert (await chitra.get(f"{base}/members/{me['a']}")).status_code == 403


async def test_a_form_says_at_the_field_what_to_mend_in_either_language(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    people = f"/app/companies/{company}/members"
    for form, told in (
        ({"email": "x", "role": "viewer"}, "This is not an e-mail address"),
        ({"email": BILAL.email, "role": "auditor"}, "Give the last day"),
        ({"email": ASHA.email, "role": "viewer"}, "They are a member of this company already"),
    ):
        reply = await asha.post(people, data=form)
        assert reply.status_code in {409, 422}
        assert told in reply.text
        assert f'value="{form["email"]}"' in reply.text
    hindi = await asha.post(
        people, data={"email": BILAL.email, "role": "auditor"}, headers={"accept-language": "hi"}
    )
    assert "लेखापरीक्षक कंपनी को एक तारीख तक देखते हैं" in hindi.text


async def test_a_role_is_changed_and_a_member_removed_on_their_page(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    people = f"/app/companies/{company}/members"
    his = (await bilal.get("/api/auth/me")).json()["user"]["id"]
    refused = await asha.post(f"{people}/{his}", data={"role": "auditor", "until": ""})
    assert (refused.status_code, "Give the last day" in refused.text) == (422, True)
    changed = await asha.post(f"{people}/{his}", data={"role": "auditor", "until": "2026-12-31"})
    assert (changed.status_code, changed.headers["location"]) == (303, people)
    assert "auditor, until 31 December 2026" in (await asha.get(people)).text
    removed = await asha.post(f"{people}/{his}/remove")
    assert (removed.status_code, removed.headers["location"]) == (303, people)
    assert BILAL.email not in (await asha.get(people)).text


async def test_an_invitation_is_withdrawn_on_the_page(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    people = f"/app/companies/{company}/members"
    made = await asha.post(people, data={"email": BILAL.email, "role": "viewer"})
    (action,) = re.findall(r'action="([^"]+/withdraw)"', made.text)
    assert (await asha.post(action)).headers["location"] == people
    assert BILAL.email not in (await asha.get(people)).text
    assert (await asha.post(action)).status_code == 404
    assert (await asha.post(f"/app/companies/{company}/invitations/x/withdraw")).status_code == 404
