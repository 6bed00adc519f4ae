"""Showing again who one is before what matters, what is told of an account, and the names of devices."""

import json
from dataclasses import replace
from typing import Any

import pytest
from httpx import AsyncClient
from pyotp import TOTP

from complianceai.storage.sealing import Sealer
from complianceai.tenancy.happenings import HELPER, WAY_WORDS, WHAT_WORDS, Way, What
from tests.cast import ASHA, BILAL, House
from tests.support.authenticator import Device

PASSWORD = {"password": ASHA.password}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
TOKEN = {"name": "Books", "may": ["account", "write", "read"]}


async def log_of(client: AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/auth/log")).json()["data"]
    return found


async def passkey(client: AsyncClient) -> Device:
    device = Device()
    asked = (await client.post("/api/auth/passkey-options")).json()["data"]
    sent = {"name": "Phone", "state": asked["state"], "credential": device.make(asked["options"])}
    assert (await client.post("/api/auth/passkeys", json=sent)).status_code == 201
    return device


async def confirm_by_passkey(client: AsyncClient, device: Device) -> int:
    asked = (await client.post("/api/auth/confirm/options")).json()["data"]
    sent = {"state": asked["state"], "credential": device.sign(asked["options"])}
    return (await client.post("/api/auth/confirm/passkey", json=sent)).status_code


async def test_ten_minutes_after_signing_in_what_matters_asks_again(house: House) -> None:
    asha = await house.register(ASHA)
    await passkey(asha)
    (mine,) = (await asha.get("/api/auth/passkeys")).json()["data"]
    house.watch.move(minutes=11)
    asked = [
        ("POST", "/api/auth/passkey-options", {}),
        ("POST", "/api/auth/tokens", {"json": TOKEN}),
        ("POST", "/api/auth/factor/passkey", {}),
        ("DELETE", f"/api/auth/passkeys/{mine['id']}", {}),
    ]
    for method, path, sent in asked:
        reply = await asha.request(method, path, **sent)
        assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.confirm_yourself"), path
    assert (await asha.post("/api/auth/confirm", json={"password": "Wrong!2026x"})).status_code == 422
    assert (await asha.post("/api/auth/confirm", json={})).status_code == 422
    assert (await asha.post("/api/auth/tokens", json=TOKEN)).status_code == 403
    assert (await asha.post("/api/auth/confirm", json=PASSWORD)).status_code == 200
    assert (await asha.post("/api/auth/tokens", json=TOKEN)).status_code == 201
    house.watch.move(minutes=11)
    assert (await asha.post("/api/auth/tokens", json=TOKEN)).status_code == 403


async def test_a_passkey_shown_again_stands_for_the_password_everywhere(house: House) -> None:
    asha = await house.register(ASHA)
    device = await passkey(asha)
    house.watch.move(minutes=30)
    assert (await asha.post("/api/auth/factor", json={})).status_code == 422
    assert await confirm_by_passkey(asha, device) == 200
    assert (await asha.post("/api/auth/factor", json={})).status_code == 200
    assert "You have just shown" in (await asha.get("/app/account/delete")).text
    assert 'name="old_password"' not in (await asha.get("/app/account")).text
    changed = await asha.post("/api/auth/password", json={"newPassword": "Kesar&Chai7"})
    assert changed.status_code == 200
    given = {"email": ASHA.email, "password": "Kesar&Chai7"}
    assert (await (await house.visitor()).post("/api/auth/login", json=given)).status_code == 200
    assert (await asha.post("/api/auth/delete", json={})).status_code == 200


async def test_having_just_signed_in_does_not_stand_for_a_password_that_is_asked_for(house: House) -> None:
    asha = await house.register(ASHA)
    for path in ("factor", "factor/codes", "factor/off", "delete"):
        assert (await asha.post(f"/api/auth/{path}", json={})).status_code == 422


async def test_one_session_shown_again_is_not_another(house: House) -> None:
    asha = await house.register(ASHA)
    phone = await house.visitor()
    await phone.post("/api/auth/login", json={"email": ASHA.email, **PASSWORD})
    house.watch.move(minutes=11)
    assert (await asha.post("/api/auth/confirm", json=PASSWORD)).status_code == 200
    assert (await phone.post("/api/auth/tokens", json=TOKEN)).status_code == 403


async def test_showing_again_gives_the_session_a_new_token_and_the_old_one_opens_nothing(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    device, seen = await passkey(asha), set()
    for how in ("password", "passkey", "page"):
        old = asha.cookies["complianceai"]
        if how == "password":
            assert (await asha.post("/api/auth/confirm", json=PASSWORD)).status_code == 200
        elif how == "passkey":
            assert await confirm_by_passkey(asha, device) == 200
        else:
            assert (await asha.post("/app/account/confirm", data=PASSWORD)).status_code == 303
        copy = await house.visitor(cookie=f"complianceai={old}")
        assert (await copy.get("/api/auth/me")).status_code == 401
        assert (await asha.get("/api/auth/me")).status_code == 200
        seen |= {old, asha.cookies["complianceai"]}
    assert len(seen) == 4
    assert len((await asha.get("/api/auth/sessions")).json()["data"]) == 1


async def test_no_token_shows_who_somebody_is(house: House) -> None:
    asha = await house.register(ASHA)
    token = (await asha.post("/api/auth/tokens", json=TOKEN)).json()["data"]["token"]
    program = await house.visitor(authorization=f"Bearer {token}")
    for path in ("confirm", "passkey-options", "factor/passkey", "confirm/options"):
        reply = await program.post(f"/api/auth/{path}", json=PASSWORD)
        assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.not_by_token"), path


async def test_a_passkey_of_somebody_else_or_for_the_door_shows_nothing(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    mine, theirs = await passkey(asha), await passkey(bilal)
    assert await confirm_by_passkey(asha, theirs) == 422
    door = (await asha.post("/api/auth/passkey/options", json={})).json()["data"]
    sent = {"state": door["state"], "credential": mine.sign(door["options"])}
    assert (await asha.post("/api/auth/confirm/passkey", json=sent)).status_code == 409
    mine.verifies = False
    assert await confirm_by_passkey(asha, mine) == 422
    mine.verifies = True
    assert await confirm_by_passkey(asha, mine) == 200
    dev = await house.visitor()
    await dev.post("/api/auth/register", json={**ASHA.registration, "email": "no-key@example.com"})
    assert (await dev.post("/api/auth/confirm/options")).status_code == 404


async def test_the_page_leads_there_and_back(house: House) -> None:
    asha = await house.register(ASHA)
    device = await passkey(asha)
    house.watch.move(minutes=11)
    assert "First show that it is you" in (await asha.get("/app/account/tokens")).text
    led = await asha.post("/app/account/tokens", data=TOKEN)
    assert (led.status_code, led.headers["location"]) == (
        303,
        "/app/account/confirm?next=/app/account/tokens",
    )
    page = await asha.get(led.headers["location"])
    assert 'data-passkey="get"' in page.text
    wrong = await asha.post("/app/account/confirm", data={"password": "x", "next": "/app/account/tokens"})
    assert (wrong.status_code, "This is not your password" in wrong.text) == (422, True)
    right = await asha.post("/app/account/confirm", data={**PASSWORD, "next": "/app/account/tokens"})
    assert (right.status_code, right.headers["location"]) == (303, "/app/account/tokens")
    assert (await asha.post("/app/account/tokens", data=TOKEN)).status_code == 200
    away = await asha.post("/app/account/confirm", data={**PASSWORD, "next": "https://evil.example"})
    assert away.headers["location"] == "/app/account"
    asked = (await asha.post("/api/auth/confirm/options")).json()["data"]
    answer = {
        "state": asked["state"],
        "credential": json.dumps(device.sign(asked["options"])),
        "next": "/app",
    }
    assert (await asha.post("/app/account/confirm/passkey", data=answer)).headers["location"] == "/app"


async def test_guessing_passwords_at_an_open_browser_is_slowed(house: House) -> None:
    asha = await house.register(ASHA)
    sent = {"password": "Wrong!2026x"}
    statuses = [(await asha.post("/api/auth/confirm", json=sent)).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


async def test_what_happens_to_an_account_is_told_with_time_place_and_browser(house: House) -> None:
    await house.register(ASHA)
    asha = await house.visitor(**{"user-agent": FIREFOX})
    await asha.post("/api/auth/login", json={"email": ASHA.email, **PASSWORD})
    house.watch.move(minutes=1)
    secret = (await asha.post("/api/auth/factor", json=PASSWORD)).json()["data"]["secret"]
    await asha.post("/api/auth/factor/confirm", json={"code": TOTP(secret).at(house.watch.now)})
    token = (await asha.post("/api/auth/tokens", json=TOKEN)).json()["data"]
    await asha.delete(f"/api/auth/tokens/{token['id']}")
    await asha.patch("/api/auth/me", json={"name": "Asha Patil"})
    await (await house.visitor()).post(
        "/api/auth/login", json={"email": ASHA.email, **PASSWORD, "code": "000000"}
    )
    await asha.post("/api/auth/factor/off", json=PASSWORD)
    await asha.delete("/api/auth/sessions")
    told = await log_of(asha)
    assert [each["what"] for each in told] == [
        What.SESSIONS_ENDED, What.STEP_OFF, What.CODE_REFUSED, What.DETAILS_CHANGED, What.TOKEN_REVOKED,
        What.TOKEN_MADE, What.STEP_ON, What.SIGNED_IN, What.SIGNED_IN, What.SIGNED_UP,
    ]  # fmt: skip
    assert told[4] == {
        "at": "2026-11-24T06:01:00Z", "what": "token_revoked", "about": "Books", "address": "127.0.0.1",
        "browser": "Firefox, Windows",
    }  # fmt: skip
    page = (await asha.get("/app/account/log")).text
    assert "Token for a program revoked: Books" in page
    assert "24 November 2026, 11:31" in page
    exported = (await asha.get("/api/auth/export")).json()["data"]["happenings"]
    assert [each["what"] for each in exported] == [each["what"] for each in reversed(told)]


async def test_nobody_reads_what_happened_to_anothers_account_and_it_goes_with_it(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    await asha.post("/api/auth/tokens", json=TOKEN)
    assert {each["what"] for each in await log_of(bilal)} == {What.SIGNED_UP, What.SIGNED_IN}
    assert (await asha.post("/api/auth/delete", json=PASSWORD)).status_code == 200
    again = await house.register(ASHA)
    assert len(await log_of(again)) == 2


async def test_the_log_is_read_page_by_page_and_forgotten_after_two_years(house: House) -> None:
    asha = await house.register(ASHA)
    for number in range(60):
        await asha.patch("/api/auth/me", json={"name": f"Asha {'ab'[number % 2]}"})
    first = await asha.get("/app/account/log")
    assert 'href="/app/account/log?page=2"' in first.text
    assert 'href="/app/account/log?page=1"' in (await asha.get("/app/account/log?page=2")).text
    reply = (await asha.get("/api/auth/log?size=10&page=7")).json()
    assert (len(reply["data"]), reply["page"]["total"]) == (2, 62)
    house.watch.move(days=731)
    client = await house.visitor()
    await client.post("/api/auth/login", json={"email": ASHA.email, **PASSWORD})
    assert [each["what"] for each in await log_of(client)] == [What.SIGNED_IN]


@pytest.mark.parametrize("table", [(What, WHAT_WORDS), ((*Way, HELPER), WAY_WORDS)])
def test_everything_that_can_happen_has_words(table: tuple[Any, dict[str, str]]) -> None:
    assert set(table[0]) == set(table[1])


async def test_a_device_is_called_what_its_person_calls_it(house: House) -> None:
    asha = await house.register(ASHA)
    phone = await house.visitor(**{"user-agent": FIREFOX})
    await phone.post("/api/auth/login", json={"email": ASHA.email, **PASSWORD})
    house.watch.move(minutes=7)
    (mine,) = [each for each in (await phone.get("/api/auth/sessions")).json()["data"] if each["isThisOne"]]
    assert (mine["name"], mine["browser"], mine["way"]) == (None, "Firefox, Windows", "password")
    assert (
        await phone.patch(f"/api/auth/sessions/{mine['id']}", json={"name": "  दफ़्तर "})
    ).status_code == 200
    page = (await asha.get("/app/account/sessions")).text
    assert "दफ़्तर" in page
    assert "24 November 2026, 11:37" in page
    assert (await asha.post(f"/app/account/sessions/{mine['id']}/name", data={"name": ""})).status_code == 303
    assert [each["name"] for each in (await asha.get("/api/auth/sessions")).json()["data"]] == [None, None]
    bilal = await house.register(BILAL)
    assert (await bilal.patch(f"/api/auth/sessions/{mine['id']}", json={"name": "x"})).status_code == 404
    assert (await bilal.post("/app/account/sessions/nonsense/name", data={"name": "x"})).status_code == 404
    long = await asha.patch(f"/api/auth/sessions/{mine['id']}", json={"name": "x" * 51})
    assert long.status_code == 422


async def test_after_a_change_of_the_secret_key_a_second_step_goes_on_and_outlives_the_old_key(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    app = TOTP((await asha.post("/api/auth/factor", json=PASSWORD)).json()["data"]["secret"])
    await asha.post("/api/auth/factor/confirm", json={"code": app.at(house.watch.now)})
    old = house.settings.secret_keys[0]
    for keys in (("a new key", old), ("a new key",)):
        house.watch.move(seconds=30)
        house.app.state.services = _with(house, Sealer(*keys))
        sent = {"email": ASHA.email, **PASSWORD, "code": app.at(house.watch.now)}
        assert (await (await house.visitor()).post("/api/auth/login", json=sent)).status_code == 200


def _with(house: House, sealer: Sealer) -> Any:
    return replace(house.app.state.services, sealer=sealer)
