"""A forgotten password, which tells a stranger nothing and an intruder's victim at once."""

from time import perf_counter

from pyotp import TOTP
from sqlalchemy import func, select

from complianceai.storage.outbox import outbox
from tests.cast import ASHA, BILAL, House
from tests.support.mails import link_in, mails_of, text_of

NEW = "Harvest-Ledger!8"


async def _reset_token(house: House, email: str = ASHA.email) -> str:
    await (await house.visitor()).post("/forgot", data={"email": email})
    return next(link_in(mail)[1] for mail in await mails_of(house) if "/reset?" in text_of(mail))


async def _rows(house: House) -> int:
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(outbox))).scalar_one())


async def test_the_password_is_chosen_anew_and_every_session_is_over(house: House) -> None:
    asha = await house.register(ASHA)
    await mails_of(house)
    visitor = await house.visitor()
    asked = await visitor.post("/forgot", data={"email": ASHA.email.upper()})
    assert "If there is an account with that e-mail" in asked.text
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "Choose a new password"
    path, token = link_in(mail)
    assert 'type="password"' in (await visitor.get(path, params={"token": token})).text
    weak = await visitor.post(path, data={"token": token, "password": "Password1!"})
    assert (weak.status_code, "easy to guess" in weak.text, "Password1!" in weak.text) == (422, True, False)
    assert "The new password holds" in (await visitor.post(path, data={"token": token, "password": NEW})).text
    assert (await asha.get("/api/auth/me")).status_code == 401
    assert (await visitor.post(path, data={"token": token, "password": NEW})).status_code == 404
    for password, status in ((ASHA.password, 401), (NEW, 200)):
        given = {"email": ASHA.email, "password": password}
        assert (await visitor.post("/api/auth/login", json=given)).status_code == status


async def test_its_owner_is_told_of_it(house: House) -> None:
    await house.register(ASHA)
    token = await _reset_token(house)
    visitor = await house.visitor(**{"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    await visitor.post("/api/auth/reset", json={"token": token, "password": NEW})
    (mail,) = await mails_of(house)
    assert mail["Subject"] == "Your account: Password changed"
    told = text_of(mail)
    assert "Browser: Firefox, Windows" in told
    assert "When: 24 November 2026, 11:30" in told
    assert "https://dates.example/forgot" in told


async def test_a_second_step_stays_as_it_was(house: House) -> None:
    asha = await house.register(ASHA)
    secret = (await asha.post("/api/auth/factor", json={"password": ASHA.password})).json()["data"]["secret"]
    code = TOTP(secret).at(house.watch.now)
    assert (await asha.post("/api/auth/factor/confirm", json={"code": code})).status_code == 200
    await mails_of(house)
    token = await _reset_token(house)
    visitor = await house.visitor()
    await visitor.post("/api/auth/reset", json={"token": token, "password": NEW})
    reply = await visitor.post("/api/auth/login", json={"email": ASHA.email, "password": NEW})
    assert (reply.status_code, reply.json()["code"]) == (401, "tenancy.needs_code")


async def test_to_choose_a_password_by_mail_is_to_verify_the_address(house: House) -> None:
    await house.register(ASHA, verified=False)
    token = await _reset_token(house)
    visitor = await house.visitor()
    await visitor.post("/api/auth/reset", json={"token": token, "password": NEW})
    await visitor.post("/api/auth/login", json={"email": ASHA.email, "password": NEW})
    assert (await visitor.get("/api/auth/email")).json()["data"]["verifiedAt"] is not None


async def test_an_unknown_address_is_answered_alike_as_fast_and_as_often(house: House) -> None:
    await house.register(ASHA)
    await mails_of(house)
    visitor = await house.visitor()
    replies, seconds = {}, {}
    for email in (ASHA.email, BILAL.email):
        before, began = await _rows(house), perf_counter()
        sent = [await visitor.post("/api/auth/forgot", json={"email": email}) for _ in range(5)]
        seconds[email] = perf_counter() - began
        replies[email] = [(reply.status_code, reply.json().get("code")) for reply in sent]
        assert await _rows(house) == before + 3
    assert replies[ASHA.email] == replies[BILAL.email]
    assert [status for status, _ in replies[ASHA.email]] == [200, 200, 200, 429, 429]
    # The same work is done for both; what is left is the machine's own unrest.
    assert max(seconds.values()) < 10 * min(seconds.values())
    mails = await mails_of(house)
    assert {mail["To"].addresses[0].addr_spec for mail in mails} == {ASHA.email}


async def test_the_link_is_over_after_half_an_hour_and_when_a_newer_one_is_asked_for(house: House) -> None:
    await house.register(ASHA)
    first, second = await _reset_token(house), await _reset_token(house)
    visitor = await house.visitor()
    chosen = {"token": first, "password": NEW}
    assert (await visitor.post("/api/auth/reset", json=chosen)).status_code == 404
    house.watch.move(minutes=31)
    assert (await visitor.post("/api/auth/reset", json=chosen | {"token": second})).status_code == 404


async def test_a_mail_that_could_not_be_sent_in_time_is_not_sent_late(house: House) -> None:
    from complianceai.storage.outbox import State  # noqa: PLC0415

    await house.register(ASHA)
    await mails_of(house)
    await (await house.visitor()).post("/api/auth/forgot", json={"email": ASHA.email})
    from complianceai.entry.worker import make_registry  # noqa: PLC0415
    from complianceai.jobs.performing import perform  # noqa: PLC0415
    from complianceai.jobs.tools import Tools  # noqa: PLC0415
    from complianceai.storage.outbox import due_rows  # noqa: PLC0415
    from tests.support.mails import Letterbox  # noqa: PLC0415

    services, box = house.app.state.services, Letterbox()
    tools = Tools(
        services.database, services.sealer, box, "https://x.example", "a@x.example", clock=house.watch
    )
    for minutes in (0, 31):
        house.watch.move(minutes=minutes)
        async with house.database.reading() as connection:
            (row,) = await due_rows(connection, house.watch.now, limit=5)
        await perform(make_registry(), tools, row.id, row.round)
    assert box.mails == []
    async with house.database.reading() as connection:
        states = set((await connection.execute(select(outbox.c.state))).scalars())
    assert states == {State.DONE.value, State.FAILED.value}
