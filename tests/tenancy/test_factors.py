"""The second step of signing in."""

import asyncio
import re
from datetime import timedelta

from httpx import AsyncClient
from pyotp import TOTP
from sqlalchemy import select

from complianceai.tenancy.factors import hash_code, new_codes, new_secret, step_of_code
from complianceai.tenancy.tables import factors, recovery_codes
from tests.cast import ASHA, House

PASSWORD = {"password": ASHA.password}
GIVEN = {"email": ASHA.email, **PASSWORD}


async def turn_on(house: House, client: AsyncClient) -> tuple[TOTP, list[str]]:
    made = (await client.post("/api/auth/factor", json=PASSWORD)).json()["data"]
    app = TOTP(made["secret"])
    reply = await client.post("/api/auth/factor/confirm", json={"code": app.at(house.watch.now)})
    assert reply.status_code == 200, reply.text
    house.watch.move(seconds=30)
    return app, reply.json()["data"]["codes"]


async def test_a_factor_counts_only_once_its_first_code_was_given(house: House) -> None:
    asha = await house.register(ASHA)
    assert (await asha.post("/api/auth/factor", json={"password": "Wrong!2026x"})).status_code == 422
    await asha.post("/api/auth/factor", json=PASSWORD)
    assert (await asha.post("/api/auth/factor/confirm", json={"code": "000000"})).status_code == 401
    assert (await (await house.visitor()).post("/api/auth/login", json=GIVEN)).status_code == 200
    _, codes = await turn_on(house, asha)
    assert len(set(codes)) == 10
    told = (await asha.get("/api/auth/factor")).json()["data"]
    assert (told["isOn"], told["codesLeft"]) == (True, 10)
    assert (await asha.post("/api/auth/factor", json=PASSWORD)).json()["code"] == "tenancy.factor_is_on"


async def test_secret_and_codes_are_not_kept_as_they_are_told(house: House) -> None:
    app, codes = await turn_on(house, await house.register(ASHA))
    async with house.database.reading() as connection:
        secret = (await connection.execute(select(factors.c.secret))).scalar_one()
        hashes = set((await connection.execute(select(recovery_codes.c.code_hash))).scalars())
    assert app.secret not in secret
    assert hashes == {hash_code(code) for code in codes}
    assert not hashes & set(codes)


async def test_the_password_alone_does_not_open_the_door(house: House) -> None:
    app, _ = await turn_on(house, await house.register(ASHA))
    client = await house.visitor()
    reply = await client.post("/api/auth/login", json=GIVEN)
    assert (reply.status_code, reply.json()["code"]) == (401, "tenancy.needs_code")
    assert (await client.get("/api/auth/me")).status_code == 401
    given = GIVEN | {"code": app.at(house.watch.now)}
    wrong = GIVEN | {"password": "Wrong!2026x", "code": app.at(house.watch.now)}
    assert (await client.post("/api/auth/login", json=wrong)).json()["code"] == "tenancy.wrong_sign_in"
    assert (await client.post("/api/auth/login", json=given)).status_code == 200


async def test_a_code_is_not_taken_twice_nor_by_two_at_once(house: House) -> None:
    app, codes = await turn_on(house, await house.register(ASHA))
    for code in (app.at(house.watch.now), codes[0].upper().replace("-", " ")):
        clients = [await house.visitor() for _ in range(3)]
        sent = GIVEN | {"code": code}
        replies = await asyncio.gather(*(each.post("/api/auth/login", json=sent) for each in clients))
        assert sorted(reply.status_code for reply in replies) == [200, 401, 401]


async def test_on_the_page_the_second_step_follows_the_first(house: House) -> None:
    app, _ = await turn_on(house, await house.register(ASHA))
    client = await house.visitor()
    first = await client.post("/login", data=GIVEN | {"next": "/law"})
    found = re.search('name="step" value="([^"]+)"', first.text)
    assert found is not None
    sent = {"step": found[1], "next": "/law", "code": "000000"}
    assert (await client.post("/login/code", data=sent)).status_code == 401
    reply = await client.post("/login/code", data=sent | {"code": app.at(house.watch.now)})
    assert (reply.status_code, reply.headers["location"]) == (303, "/law")
    forged = await client.post("/login/code", data=sent | {"step": "x", "code": app.at(house.watch.now)})
    assert forged.status_code == 401
    house.watch.move(minutes=6)
    late = await client.post("/login/code", data=sent | {"code": app.at(house.watch.now)})
    assert late.status_code == 401
    assert 'name="password"' in late.text


async def test_codes_cannot_be_tried_one_after_another(house: House) -> None:
    await turn_on(house, await house.register(ASHA))
    client = await house.visitor()
    statuses = []
    for guess in range(6):
        reply = await client.post("/api/auth/login", json=GIVEN | {"code": f"00000{guess}"})
        statuses.append(reply.status_code)
    assert statuses == [401] * 5 + [429]


async def test_the_page_draws_the_secret_and_tells_the_codes_once(house: House) -> None:
    asha = await house.register(ASHA)
    begun = await asha.post("/app/account/factor", data=PASSWORD)
    assert '<svg width="' in begun.text
    assert "style=" not in begun.text
    found = re.search("<code>([A-Z2-7 ]+)</code>", begun.text)
    assert found is not None
    app = TOTP(found[1].replace(" ", ""))
    again = await asha.post("/app/account/factor/confirm", data={"code": "000000"})
    assert again.status_code == 422
    assert found[1] in again.text
    done = await asha.post("/app/account/factor/confirm", data={"code": app.at(house.watch.now)})
    assert len(re.findall("<code>[a-z2-7-]{29}</code>", done.text)) == 10
    assert not re.findall("<code>", (await asha.get("/app/account/factor")).text)


async def test_it_is_turned_off_and_its_codes_renewed_with_the_password(house: House) -> None:
    asha = await house.register(ASHA)
    _, codes = await turn_on(house, asha)
    assert (await asha.post("/app/account/factor/off", data={"password": "x"})).status_code == 422
    fresh = (await asha.post("/api/auth/factor/codes", json=PASSWORD)).json()["data"]["codes"]
    client = await house.visitor()
    assert (await client.post("/api/auth/login", json=GIVEN | {"code": codes[0]})).status_code == 401
    assert (await client.post("/api/auth/login", json=GIVEN | {"code": fresh[0]})).status_code == 200
    assert (await asha.post("/api/auth/factor/off", json=PASSWORD)).status_code == 200
    assert (await (await house.visitor()).post("/api/auth/login", json=GIVEN)).status_code == 200


def test_a_clock_may_be_half_a_minute_off_and_no_more(house: House) -> None:
    secret, now = new_secret(), house.watch.now
    for seconds, is_taken in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        code = TOTP(secret).at(now + timedelta(seconds=seconds))
        assert (step_of_code(secret, code, now, 0) is not None) is is_taken
    here = step_of_code(secret, TOTP(secret).at(now), now, 0)
    assert here is not None
    assert step_of_code(secret, TOTP(secret).at(now), now, here) is None
    assert all(re.fullmatch("([a-z2-7]{4}-){5}[a-z2-7]{4}", code) for code in new_codes())
