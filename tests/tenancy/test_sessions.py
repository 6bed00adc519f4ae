"""Where somebody is signed in, the change of a password, and how failing attempts are slowed."""

from typing import Any

import pytest
from httpx import AsyncClient

from complianceai.tenancy.browsers import browser_words
from tests.cast import ASHA, BILAL, House

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "Kesar&Chai7"


async def sign_in(house: House, password: str = ASHA.password, **headers: str) -> AsyncClient:
    client = await house.visitor(**headers)
    await client.post("/api/auth/login", json={"email": ASHA.email, "password": password})
    return client


async def is_in(client: AsyncClient) -> bool:
    return (await client.get("/api/auth/me")).status_code == 200


async def sessions_of(client: AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/auth/sessions")).json()["data"]
    return found


async def test_ones_sessions_are_listed_and_nobody_elses(house: House) -> None:
    asha = await house.register(ASHA)
    await house.register(BILAL)
    house.watch.move(minutes=6)
    phone = await sign_in(house, **{"user-agent": FIREFOX})
    found = await sessions_of(phone)
    assert [each["isThisOne"] for each in found] == [True, False]
    assert (found[0]["browser"], found[0]["address"]) == ("Firefox, Windows", "127.0.0.1")
    assert "Firefox, Windows" in (await asha.get("/app/account/sessions")).text


async def test_a_session_is_ended_by_itself_or_with_all_others(house: House) -> None:
    asha = await house.register(ASHA)
    phone, tablet, laptop = [await sign_in(house) for _ in range(3)]
    (theirs,) = [each["id"] for each in await sessions_of(phone) if each["isThisOne"]]
    assert (await asha.delete(f"/api/auth/sessions/{theirs}")).status_code == 200
    assert [await is_in(each) for each in (asha, phone, tablet)] == [True, False, True]
    assert (await asha.delete(f"/api/auth/sessions/{theirs}")).json()["code"] == "tenancy.session_missing"
    (theirs,) = [each["id"] for each in await sessions_of(tablet) if each["isThisOne"]]
    assert (await asha.post(f"/app/account/sessions/{theirs}/end")).status_code == 303
    assert (await asha.post("/app/account/sessions/others/end")).status_code == 303
    assert [await is_in(each) for each in (asha, tablet, laptop)] == [True, False, False]


async def test_anothers_session_is_missing(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    (theirs,) = await sessions_of(asha)
    assert (await bilal.delete(f"/api/auth/sessions/{theirs['id']}")).status_code == 404
    assert (await bilal.post(f"/app/account/sessions/{theirs['id']}/end")).status_code == 404
    assert (await bilal.post("/app/account/sessions/nonsense/end")).status_code == 404
    assert await is_in(asha)


async def test_a_new_password_takes_the_olds_place_and_ends_other_sessions(house: House) -> None:
    asha = await house.register(ASHA)
    phone = await sign_in(house)
    wrong = await asha.post("/api/auth/password", json={"oldPassword": "Wrong!2026x", "newPassword": NEW})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"old_password"})
    common = {"oldPassword": ASHA.password, "newPassword": "Welcome@123"}
    assert set((await asha.post("/api/auth/password", json=common)).json()["fields"]) == {"new_password"}
    assert await is_in(phone)
    shown = await asha.post(
        "/app/account/password", data={"old_password": ASHA.password, "new_password": NEW}
    )
    assert "The new password holds" in shown.text
    assert [await is_in(each) for each in (asha, phone)] == [True, False]
    assert not await is_in(await sign_in(house))
    assert await is_in(await sign_in(house, NEW))


@pytest.mark.parametrize("email", [ASHA.email, "nobody@example.com"])
async def test_the_sixth_wrong_attempt_waits_whether_or_not_the_account_exists(
    house: House, email: str
) -> None:
    await house.register(ASHA)
    thief = await house.visitor()
    wrong = {"email": email, "password": "Wrong!2026x"}
    statuses = [(await thief.post("/api/auth/login", json=wrong)).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    reply = await thief.post("/login", data={"email": email, "password": ASHA.password})
    assert reply.status_code == 429
    assert 1 <= int(reply.headers["retry-after"]) <= 60
    assert "complianceai" not in thief.cookies


async def test_the_owners_own_browser_is_not_slowed_by_a_thief(house: House) -> None:
    asha = await house.register(ASHA)
    await asha.post("/api/auth/logout")
    thief = await house.visitor()
    for _ in range(6):
        await thief.post("/api/auth/login", json={"email": ASHA.email, "password": "Wrong!2026x"})
    assert not await is_in(await sign_in(house))
    given = {"email": ASHA.email, "password": ASHA.password}
    assert (await asha.post("/api/auth/login", json=given)).status_code == 200


async def test_the_mark_of_one_account_is_none_of_anothers_nor_endless(house: House) -> None:
    await house.register(ASHA)
    bilal = await house.register(BILAL)
    wrong = {"email": ASHA.email, "password": "Wrong!2026x"}
    statuses = [(await bilal.post("/api/auth/login", json=wrong)).status_code for _ in range(6)]
    assert statuses[-1] == 429
    own = {"email": BILAL.email, "password": "Wrong!2026x"}
    statuses = [(await bilal.post("/api/auth/login", json=own)).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


async def test_a_right_attempt_forgives_the_wrong_ones(house: House) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    for _ in range(3):
        for _ in range(4):
            await client.post("/api/auth/login", json={"email": ASHA.email, "password": "Wrong!2026x"})
        given = {"email": ASHA.email, "password": ASHA.password}
        assert (await client.post("/api/auth/login", json=given)).status_code == 200
        client.cookies.clear()


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "Firefox, Windows"), (None, "?"), ("", "?"), ("python-httpx/0.28", "python-httpx"),
     ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android")],
)  # fmt: skip
def test_a_browser_is_told_in_two_words(agent: str | None, words: str) -> None:
    assert browser_words(agent) == words
