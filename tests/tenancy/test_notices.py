"""What happens to an account is told to its owner by mail where an intruder would have done it."""

from httpx import AsyncClient

from complianceai.site.language import translate
from tests.cast import ASHA, House, Player
from tests.support.mails import mails_of, text_of

PASSWORD = {"password": ASHA.password}


async def _subjects(house: House) -> list[str]:
    return [str(mail["Subject"]).removeprefix("Your account: ") for mail in await mails_of(house)]


async def _sign_in(client: AsyncClient) -> None:
    reply = await client.post("/api/auth/login", json={"email": ASHA.email, **PASSWORD})
    assert reply.status_code == 200


async def test_a_sign_in_is_told_of_where_the_browser_is_not_known(house: House) -> None:
    asha = await house.register(ASHA)
    await mails_of(house)
    house.watch.move(days=1)
    await asha.post("/api/auth/logout")
    await _sign_in(asha)
    assert await _subjects(house) == []
    stranger = await house.visitor(**{"user-agent": "curl/8\r\nX: y".replace("\r\n", " ")})
    await _sign_in(stranger)
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "Your account: Signed in"
    assert "How: password" in text_of(mail)
    # It is known from now on.
    await _sign_in(stranger)
    assert await _subjects(house) == []


async def test_what_changes_the_ways_in_is_told_of(house: House) -> None:
    asha = await house.register(ASHA)
    await mails_of(house)
    made = await asha.post("/api/auth/tokens", json={"name": "Tally <b>", "may": ["read"]})
    assert made.status_code == 201
    (mail,) = await mails_of(house)
    assert "Which: Tally <b>" in text_of(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert "Tally &lt;b&gt;" in html.get_content()
    changed = {"oldPassword": ASHA.password, "newPassword": "Harvest-Ledger!8"}
    assert (await asha.post("/api/auth/password", json=changed)).status_code == 200
    assert await _subjects(house) == ["Password changed"]
    assert (await asha.patch("/api/auth/me", json={"name": "Asha Patil"})).status_code == 200
    assert await _subjects(house) == []


async def test_a_refused_change_is_told_of_to_nobody(house: House) -> None:
    asha = await house.register(ASHA)
    await mails_of(house)
    changed = {"oldPassword": "Wrong!2026x", "newPassword": "Harvest-Ledger!8"}
    assert (await asha.post("/api/auth/password", json=changed)).status_code == 422
    assert await _subjects(house) == []


async def test_the_account_of_somebody_who_is_gone_is_written_to_no_more(house: House) -> None:
    asha = await house.register(ASHA, verified=False)
    await asha.post("/api/auth/verify/again")
    await asha.post("/api/auth/tokens", json={"name": "Books", "may": ["read"]})
    assert (await asha.post("/api/auth/delete", json=PASSWORD)).status_code == 200
    assert await _subjects(house) == []


async def test_a_notice_is_in_the_persons_language_and_script(house: House) -> None:
    dev = Player("देव शर्मा", "dev@example.com")
    client = await house.register(dev)
    await client.post("/api/auth/language", json={"language": "hi"})
    await mails_of(house)
    await client.post("/api/auth/tokens", json={"name": "बही", "may": ["read"]})
    (mail,) = await mails_of(house)
    assert mail["To"].addresses[0].display_name == dev.name
    assert translate("hi", "Token for a program made") in mail["Subject"]
    assert f"नमस्ते {dev.name}," in text_of(mail)
    assert "बही" in text_of(mail)
