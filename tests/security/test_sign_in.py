"""What ASVS asks of passwords, codes and accounts, beyond what tests/tenancy shows."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from complianceai.operations.sessions import NobodyOfThatEmail, end_sessions
from complianceai.tenancy.factors import new_codes
from complianceai.tenancy.tables import people, sessions, tokens
from tests.cast import ASHA, CHITRA, House, Player, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute") as made:
        yield made


async def test_a_password_is_taken_letter_for_letter(house: House) -> None:
    long = "Ledger? 2026 अनुपालन " + "Rain-" * 21
    player = Player("Esha Sen", "esha@example.com", long[:128])
    await house.register(player)
    for given, status in (
        (player.password, 200),
        (player.password[:-1], 401),
        (player.password[:64], 401),
        (player.password.lower(), 401),
        (f"{player.password} ", 401),
    ):
        client = await house.visitor()
        reply = await client.post("/api/auth/login", json={"email": player.email, "password": given})
        assert reply.status_code == status, given


async def test_a_password_stays_good_for_years(house: House) -> None:
    await house.register(ASHA)
    house.watch.now += timedelta(days=3000)
    client = await house.visitor()
    given = {"email": ASHA.email, "password": ASHA.password}
    assert (await client.post("/api/auth/login", json=given)).status_code == 200


async def test_a_fresh_house_has_nobody_in_it(house: House) -> None:
    async with house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(people))).scalar_one() == 0


def test_recovery_codes_are_of_120_random_bits() -> None:
    codes = [code for _ in range(50) for code in new_codes()]
    assert len(set(codes)) == 500
    assert all(re.fullmatch("(?:[a-z2-7]{4}-){5}[a-z2-7]{4}", code) for code in codes)
    # 24 letters of 5 bits; each letter stands everywhere sooner or later.
    assert len({letter for code in codes for letter in code}) == 33


async def test_an_account_that_is_gone_leaves_no_session_and_no_token(house: House) -> None:
    asha = await house.register(ASHA)
    made = await asha.post("/api/auth/tokens", json={"name": "p", "may": ["read"]})
    program = await house.visitor(authorization=f"Bearer {made.json()['data']['token']}")
    assert (await program.get("/api/auth/me")).status_code == 200
    gone = await asha.post("/api/auth/delete", json={"password": ASHA.password})
    assert gone.status_code == 200
    for client in (asha, program):
        assert (await client.get("/api/auth/me")).status_code == 401
    async with house.database.reading() as connection:
        for table in (people, sessions, tokens):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_ending_sessions_asks_who_one_is(house: House) -> None:
    asha = await house.register(ASHA)
    other = await house.visitor()
    assert (
        await other.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    ).status_code == 200
    house.watch.move(minutes=11)
    listed = (await asha.get("/api/auth/sessions")).json()["data"]
    [theirs] = [each["id"] for each in listed if not each["isThisOne"]]
    for path in ("/api/auth/sessions", f"/api/auth/sessions/{theirs}"):
        reply = await asha.delete(path)
        assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.confirm_yourself")
    assert (await other.get("/api/auth/me")).status_code == 200
    assert (await asha.post("/api/auth/confirm", json={"password": ASHA.password})).status_code == 200
    assert (await asha.delete(f"/api/auth/sessions/{theirs}")).status_code == 200
    assert (await other.get("/api/auth/me")).status_code == 401


async def test_the_operator_ends_one_person_s_sessions_or_everybody_s(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    assert await end_sessions(house.database, ASHA.email.upper()) == 1
    assert [(await each.get("/api/auth/me")).status_code for each in (asha, chitra)] == [401, 200]
    with pytest.raises(NobodyOfThatEmail):
        await end_sessions(house.database, "nobody@example.com")
    assert await end_sessions(house.database, None) == 1
    assert (await chitra.get("/api/auth/me")).status_code == 401
