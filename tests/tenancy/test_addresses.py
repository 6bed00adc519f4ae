"""An address verified, changed and changed back; each step told to whoever reads the mail of the one before."""

import asyncio

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai.tenancy.links import Purpose
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import links
from tests.cast import ASHA, BILAL, House, describe, open_house
from tests.support.mails import link_in, mails_of, text_of

NEW = "asha.rao@example.org"


async def _email(client: AsyncClient) -> dict[str, object]:
    found: dict[str, object] = (await client.get("/api/auth/email")).json()["data"]
    return found


async def _ask_to_move(client: AsyncClient, email: str = NEW, password: str = ASHA.password) -> int:
    reply = await client.post("/api/auth/email", json={"email": email, "password": password})
    return reply.status_code


async def test_whoever_signs_up_verifies_the_address_by_a_mail_without_being_signed_in(house: House) -> None:
    asha = await house.register(ASHA, verified=False)
    assert (await _email(asha))["verifiedAt"] is None
    (mail,) = await mails_of(house)
    assert (mail["To"], mail["List-Unsubscribe"]) == (f"{ASHA.name} <{ASHA.email}>", None)
    path, token = link_in(mail)
    visitor = await house.visitor()
    page = await visitor.get(path, params={"token": token})
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    # Mail scanners follow links: to look at it does nothing.
    assert (await _email(asha))["verifiedAt"] is None
    assert "Your e-mail is verified" in (await visitor.post(path, data={"token": token})).text
    assert (await _email(asha))["verifiedAt"] is not None
    assert (await visitor.post(path, data={"token": token})).status_code == 404
    assert (await asha.post("/api/auth/verify/again")).status_code == 409


async def test_a_link_serves_once_for_its_purpose_and_for_its_time(house: House) -> None:
    asha = await house.register(ASHA, verified=False)
    _, first = link_in((await mails_of(house))[0])
    assert (await asha.post("/api/auth/verify/again")).status_code == 200
    _, second = link_in((await mails_of(house))[0])
    visitor = await house.visitor()
    for path, token in (
        ("verify", first),
        ("email/confirm", second),
        ("email/undo", second),
        ("verify", "x"),
    ):
        reply = await visitor.post(f"/api/auth/{path}", json={"token": token})
        assert (reply.status_code, reply.json()["code"]) == (404, "tenancy.link_over"), path
    house.watch.move(days=3)
    assert (await visitor.post("/api/auth/verify", json={"token": second})).status_code == 404
    house.watch.move(days=-1)
    replies = await asyncio.gather(
        *(visitor.post("/api/auth/verify", json={"token": second}) for _ in range(4))
    )
    assert sorted(reply.status_code for reply in replies) == [200, 404, 404, 404]


async def test_the_token_of_a_link_lies_readable_nowhere(house: House) -> None:
    await house.register(ASHA, verified=False)
    (mail,) = await mails_of(house)
    _, token = link_in(mail)
    async with house.database.reading() as connection:
        assert (await connection.execute(select(links.c.token_hash))).scalars().all() == [hash_token(token)]


async def test_who_has_not_verified_the_address_uses_the_product_but_accepts_no_invitation(
    house: House,
) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL, verified=False)
    await describe(bilal)
    company = await describe(asha)
    sent = {"email": BILAL.email, "role": "viewer"}
    assert (await asha.post(f"/api/companies/{company}/invitations", json=sent)).status_code == 201
    mails = {str(mail["Subject"]): mail for mail in await mails_of(house)}
    path, token = link_in(mails["Asha Rao invites you to Rao Textiles LLP"])
    assert path == "/app/invitation"
    assert (await bilal.get(path, params={"token": token})).status_code == 200
    reply = await bilal.post("/api/invitations/accept", json={"token": token})
    assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.email_not_verified")
    _, proof = link_in(
        next(mail for mail in mails.values() if BILAL.email in mail["To"] and "/verify" in text_of(mail))
    )
    assert (await bilal.post("/api/auth/verify", json={"token": proof})).status_code == 200
    assert (await bilal.post("/api/invitations/accept", json={"token": token})).status_code == 200


async def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told_twice(house: House) -> None:
    asha = await house.register(ASHA)
    await mails_of(house)
    assert await _ask_to_move(asha, password="Wrong!2026x") == 422
    assert await _ask_to_move(asha) == 200
    told = {mail["To"].addresses[0].addr_spec: mail for mail in await mails_of(house)}
    assert set(told) == {NEW, ASHA.email}
    assert NEW in text_of(told[ASHA.email])
    assert await _email(asha) == {"email": ASHA.email, "verifiedAt": "2026-11-24T06:00:00Z", "pending": NEW}
    path, token = link_in(told[NEW])
    visitor = await house.visitor()
    assert (await visitor.get(path, params={"token": token})).status_code == 200
    assert "Sign in with the new address" in (await visitor.post(path, data={"token": token})).text
    assert (await _email(asha))["email"] == NEW
    (after,) = [mail for mail in await mails_of(house) if ASHA.email in mail["To"]]
    assert link_in(after)[0] == "/email/undo"
    for email, status in ((ASHA.email, 401), (NEW, 200)):
        given = {"email": email, "password": ASHA.password}
        assert (await visitor.post("/api/auth/login", json=given)).status_code == status


async def test_the_old_address_takes_the_account_back_and_whoever_was_in_it_is_out(house: House) -> None:
    asha = await house.register(ASHA)
    token = (await asha.post("/api/auth/tokens", json={"name": "Books", "may": ["read"]})).json()["data"][
        "token"
    ]
    await _ask_to_move(asha)
    confirm = next(link_in(mail)[1] for mail in await mails_of(house) if NEW in mail["To"])
    visitor = await house.visitor()
    await visitor.post("/api/auth/email/confirm", json={"token": confirm})
    undo = next(link_in(mail)[1] for mail in await mails_of(house) if ASHA.email in mail["To"])
    # A second change does not close the way back to the first address.
    await _ask_to_move(asha, "thief@example.net")
    further = next(link_in(mail)[1] for mail in await mails_of(house) if "thief" in mail["To"])
    await visitor.post("/api/auth/email/confirm", json={"token": further})
    house.watch.move(days=6)
    assert (await visitor.post("/api/auth/email/undo", json={"token": undo})).status_code == 200
    assert (await asha.get("/api/auth/me")).status_code == 401
    program = await house.visitor(authorization=f"Bearer {token}")
    assert (await program.get("/api/auth/me")).status_code == 401
    given = {"email": ASHA.email, "password": ASHA.password}
    assert (await visitor.post("/api/auth/login", json=given)).status_code == 401
    reset = next(link_in(mail)[1] for mail in await mails_of(house) if link_in_is_reset(mail))
    chosen = {"token": reset, "password": "Harvest-Ledger!8"}
    assert (await visitor.post("/api/auth/reset", json=chosen)).status_code == 200
    given["password"] = chosen["password"]
    assert (await visitor.post("/api/auth/login", json=given)).status_code == 200


async def test_an_address_that_somebody_has_is_answered_like_any_other(house: House) -> None:
    asha = await house.register(ASHA)
    await house.register(BILAL)
    await mails_of(house)
    assert await _ask_to_move(asha, BILAL.email) == 200
    (mail,) = await mails_of(house)
    assert BILAL.email in mail["To"]
    assert "nothing was changed" in text_of(mail)
    assert (await _email(asha))["pending"] is None


async def test_of_two_who_come_to_one_address_the_first_has_it(house: House) -> None:
    asha = await house.register(ASHA)
    await _ask_to_move(asha, BILAL.email)
    _, token = next(link_in(mail) for mail in await mails_of(house) if BILAL.email in mail["To"])
    await house.register(BILAL)
    reply = await asha.post("/api/auth/email/confirm", json={"token": token})
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.email_taken")
    assert (await _email(asha))["email"] == ASHA.email


async def test_the_page_of_the_address_says_how_it_stands(house: House) -> None:
    asha = await house.register(ASHA, verified=False)
    assert "Not verified" in (await asha.get("/app/account/email")).text
    assert "on its way" in (await asha.post("/app/account/email/verify")).text
    wrong = await asha.post("/app/account/email", data={"email": "nobody", "password": ASHA.password})
    assert (wrong.status_code, 'value="nobody"' in wrong.text) == (422, True)
    done = await asha.post("/app/account/email", data={"email": NEW, "password": ASHA.password})
    assert "Nothing changes until" in done.text
    await mails_of(house)
    assert NEW in (await asha.get("/app/account/email")).text


async def test_nobody_is_sent_many_mails(house: House) -> None:
    asha = await house.register(ASHA, verified=False)
    again = [(await asha.post("/api/auth/verify/again")).status_code for _ in range(7)]
    assert again == [200] * 5 + [429] * 2
    assert [await _ask_to_move(asha) for _ in range(6)] == [200] * 5 + [429]


async def test_mails_are_in_the_language_that_the_person_chose_last(house: House) -> None:
    asha = await house.visitor(**{"accept-language": "hi-IN,en"})
    await asha.post("/api/auth/register", json=ASHA.registration)
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "अपना ई-मेल सत्यापित करें"
    assert (await asha.post("/api/auth/language", json={"language": "en"})).status_code == 200
    assert (await asha.post("/api/auth/language", json={"language": "xx"})).status_code == 422
    await asha.post("/api/auth/verify/again")
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "Verify your e-mail"
    house.watch.move(minutes=6)
    asha.cookies.set("language", "hi")
    await asha.get("/app")
    await asha.post("/api/auth/verify/again")
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "अपना ई-मेल सत्यापित करें"


async def test_a_server_without_mail_says_so_and_lets_invitations_be_accepted(database_url: str) -> None:
    key = "a-random-text-of-more-than-thirty-two-characters"
    async with open_house(database_url, environment="production", secret_key=key) as house:
        asha, bilal = [await house.register(each, verified=False) for each in (ASHA, BILAL)]
        for reply in (
            await asha.post("/api/auth/verify/again"),
            await asha.post("/api/auth/forgot", json={"email": ASHA.email}),
            await asha.post("/api/auth/email", json={"email": NEW, "password": ASHA.password}),
        ):
            assert (reply.status_code, reply.json()["code"]) == (503, "tenancy.mail_is_off")
        assert "not set up to send mail" in (await asha.get("/forgot")).text
        assert "not set up to send mail" in (await asha.get("/app/account/email")).text
        company = await describe(asha)
        sent = {"email": BILAL.email, "role": "viewer"}
        link = (await asha.post(f"/api/companies/{company}/invitations", json=sent)).json()["data"]["link"]
        token = link.partition("token=")[2]
        assert (await bilal.post("/api/invitations/accept", json={"token": token})).status_code == 200


def link_in_is_reset(mail: object) -> bool:
    return "/reset?" in text_of(mail)  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", Purpose)
async def test_a_page_of_a_link_shows_nothing_of_whom_it_is_for(house: House, purpose: Purpose) -> None:
    from complianceai.tenancy.links import PATHS  # noqa: PLC0415

    visitor = await house.visitor()
    page = await visitor.get(PATHS[purpose], params={"token": '"><script>alert(1)</script>'})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    reply = await visitor.post(PATHS[purpose], data={"token": "x", "password": "Harvest-Ledger!8"})
    assert reply.status_code == 404
