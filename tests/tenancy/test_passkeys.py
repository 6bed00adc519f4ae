"""Signing in with a passkey, and every answer that must not open the door."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from httpx import AsyncClient
from pyotp import TOTP

from complianceai.tenancy.happenings import What
from complianceai.tenancy.pages import HOME
from tests.cast import ASHA, BILAL, House, open_house
from tests.support.authenticator import Device, Held, text_of
from tests.support.passkeys import add, ask, enter

GIVEN = {"email": ASHA.email, "password": ASHA.password}


async def happenings(client: AsyncClient) -> list[str]:
    return [each["what"] for each in (await client.get("/api/auth/log")).json()["data"]]


async def test_a_passkey_signs_its_person_in_without_an_email(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    made = await add(asha, device)
    assert (made.status_code, made.json()["data"]["name"]) == (201, "Phone")
    client = await house.visitor()
    reply = await enter(client, device)
    assert (reply.status_code, reply.json()["user"]["email"]) == (200, ASHA.email)
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == ASHA.email
    (kept,) = (await client.get("/api/auth/passkeys")).json()["data"]
    assert kept["lastUsedAt"] is not None
    assert (await client.get("/api/auth/log")).json()["data"][0]["about"] == "passkey"


async def test_the_browser_is_asked_for_a_key_that_knows_its_person_and_is_new(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    options = (await asha.post("/api/auth/passkey-options")).json()["data"]["options"]
    assert options["rp"] == {"id": "testserver", "name": "ComplianceAI"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [each["id"] for each in options["excludeCredentials"]] == [text_of(device.held[0].id)]
    assert ASHA.email not in text_of(device.held[0].owner)
    door = (await ask(await house.visitor()))["options"]
    assert (door["userVerification"], door.get("allowCredentials", [])) == ("required", [])


async def test_no_code_of_an_app_is_asked_for_after_a_passkey(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    secret = (await asha.post("/api/auth/factor", json={"password": ASHA.password})).json()["data"]["secret"]
    code = TOTP(secret).at(house.watch.now)
    assert (await asha.post("/api/auth/factor/confirm", json={"code": code})).status_code == 200
    assert (await (await house.visitor()).post("/api/auth/login", json=GIVEN)).status_code == 401
    assert (await enter(await house.visitor(), device)).status_code == 200


async def test_a_device_that_does_not_know_its_person_opens_nothing_by_itself(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    device.verifies = False
    reply = await enter(await house.visitor(), device)
    assert (reply.status_code, reply.json()["code"]) == (401, "tenancy.passkey_refused")
    assert (await add(asha, device)).status_code == 422


async def test_each_question_is_answered_once_and_soon(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    client = await house.visitor()
    asked = await ask(client)
    sent = {"state": asked["state"], "credential": device.sign(asked["options"])}
    assert (await client.post("/api/auth/passkey", json=sent)).status_code == 200
    again = await (await house.visitor()).post("/api/auth/passkey", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "tenancy.used_already")
    late = await ask(client)
    house.watch.move(minutes=6)
    sent = {"state": late["state"], "credential": device.sign(late["options"])}
    assert (await client.post("/api/auth/passkey", json=sent)).status_code == 409


async def test_a_question_that_was_answered_wrong_is_spent_too(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    client = await house.visitor()
    asked = await ask(client)
    wrong = device.sign(asked["options"], origin="http://evil.example")
    right = device.sign(asked["options"])
    statuses = [
        (
            await client.post("/api/auth/passkey", json={"state": asked["state"], "credential": each})
        ).status_code
        for each in (wrong, right)
    ]
    assert statuses == [401, 409]


@pytest.mark.parametrize(
    "said",
    [{"origin": "https://testserver"}, {"origin": "http://evil.example"}, {"challenge": "AAAA"},
     {"type": "webauthn.create"}, {"origin": "http://testserver.evil.example"}],
)  # fmt: skip
async def test_an_answer_given_elsewhere_or_to_another_question_is_refused(
    house: House, said: dict[str, str]
) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    client = await house.visitor()
    assert (await enter(client, device, **said)).status_code == 401
    assert "complianceai" not in client.cookies


async def test_a_passkey_for_another_site_is_refused(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    device.held[0].party = "evil.example"
    assert (await enter(await house.visitor(), device)).status_code == 401


async def test_a_false_signature_and_an_unknown_passkey_are_refused_alike(house: House) -> None:
    asha, device, stranger = await house.register(ASHA), Device(), Device()
    await add(asha, device)
    await add(await house.register(BILAL), stranger)
    client = await house.visitor()
    asked = await ask(client)
    false = device.sign(asked["options"])
    false["response"]["signature"] = stranger.sign(asked["options"])["response"]["signature"]
    first = await client.post("/api/auth/passkey", json={"state": asked["state"], "credential": false})
    unknown = Device(held=[device.held[0]])
    unknown.held[0].id = b"nobody's" * 4
    second = await enter(client, unknown)
    assert first.status_code == second.status_code == 401
    assert first.json() == second.json()


async def test_a_passkey_that_names_another_person_is_refused(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    device.held[0].owner = b"somebody else...."
    assert (await enter(await house.visitor(), device)).status_code == 401


async def test_a_counter_that_does_not_go_on_is_refused_and_told(house: House) -> None:
    asha, device = await house.register(ASHA), Device(counts=True)
    await add(asha, device)
    assert (await enter(await house.visitor(), device)).status_code == 200
    assert (await enter(await house.visitor(), device)).status_code == 200
    device.held[0].count -= 1
    reply = await enter(await house.visitor(), device)
    assert (reply.status_code, reply.json()["code"]) == (401, "tenancy.passkey_refused")
    assert (await happenings(asha))[0] == What.PASSKEY_DOUBTED
    assert "may have been copied: Phone" in (await asha.get("/app/account/log")).text
    assert (await enter(await house.visitor(), device)).status_code == 200


async def test_a_device_that_counts_nothing_is_believed(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    assert [(await enter(await house.visitor(), device)).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize("name", ["\x00", "\ud800", "", "a" * 1365, "a b", None, 7, {"a": 1}])
async def test_a_name_that_no_device_gives_is_nobodys(house: House, name: Any) -> None:
    client, device = await house.visitor(), Device()
    asked = await ask(client)
    made = Held(b"x" * 32, "testserver", b"y", ec.generate_private_key(ec.SECP256R1()))
    device.held.append(made)
    answer = {**device.sign(asked["options"]), "id": name, "rawId": name}
    sent = json.dumps({"state": asked["state"], "credential": answer})
    headers = {"content-type": "application/json"}
    reply = await client.post("/api/auth/passkey", content=sent, headers=headers)
    assert reply.status_code == 401


async def test_an_answer_nested_without_end_breaks_nothing(house: House) -> None:
    client = await house.visitor()
    sent = '{"state": "x", "credential": ' + '{"a": ' * 50_000 + "1" + "}" * 50_001
    headers = {"content-type": "application/json"}
    reply = await client.post("/api/auth/passkey", content=sent, headers=headers)
    assert reply.status_code in {400, 409, 422}


async def test_on_the_page_a_passkey_leads_where_the_person_wanted_to_go(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    client = await house.visitor()
    door = (await client.get("/login?next=/law")).text
    assert 'data-passkey="get"' in door
    assert "<noscript>" in door
    for target, place in (("/law", "/law"), ("https://evil.example", HOME), ("//evil.example", HOME)):
        asked = await ask(client)
        answer = json.dumps(device.sign(asked["options"]))
        sent = {"state": asked["state"], "credential": answer, "next": target}
        reply = await (await house.visitor()).post("/login/passkey", data=sent)
        assert (reply.status_code, reply.headers["location"]) == (303, place)


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", "null", '{"id": 1}', "[" * 15_000, '{"id": "a", "response": []}']
)
async def test_nonsense_from_a_script_is_refused_on_every_page(house: House, nonsense: str) -> None:
    asha, client = await house.register(ASHA), await house.visitor()
    await add(asha, Device())
    door = (await ask(client))["state"]
    reply = await client.post("/login/passkey", data={"state": door, "credential": nonsense})
    assert reply.status_code == 401
    assert 'name="password"' in reply.text
    new = (await asha.post("/api/auth/passkey-options")).json()["data"]["state"]
    sent = {"state": new, "credential": nonsense, "name": "x"}
    assert (await asha.post("/app/account/passkeys", data=sent)).status_code == 422
    again = (await asha.post("/api/auth/confirm/options")).json()["data"]["state"]
    sent = {"state": again, "credential": nonsense}
    assert (await asha.post("/app/account/confirm/passkey", data=sent)).status_code == 422


async def test_bytes_turned_over_anywhere_in_an_answer_break_nothing_and_open_nothing(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    client = await house.visitor()
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for at in (0, 7, 33, -3):
            asked = await ask(client)
            answer = device.sign(asked["options"])
            whole = answer["response"][part]
            place = at % len(whole)
            turned = "B" if whole[place] == "A" else "A"
            answer["response"][part] = whole[:place] + turned + whole[place + 1 :]
            sent = {"state": asked["state"], "credential": answer}
            assert (await client.post("/api/auth/passkey", json=sent)).status_code == 401, (part, at)
    for at in range(0, 230, 23):
        asked = (await asha.post("/api/auth/passkey-options")).json()["data"]
        made = Device().make(asked["options"])
        whole = made["response"]["attestationObject"]
        made["response"]["attestationObject"] = whole[:at]
        sent = {"name": "x", "state": asked["state"], "credential": made}
        assert (await asha.post("/api/auth/passkeys", json=sent)).status_code == 422, at


async def test_whoever_asks_and_answers_at_the_door_too_often_waits(
    database_url: str, redis_url: str | None
) -> None:
    async with open_house(database_url, redis_url, rate_limit="4/minute") as house:
        client = await house.visitor()
        sent = {"state": "x", "credential": {}}
        statuses = [
            (await client.post("/api/auth/passkey/options", json={})).status_code,
            (await client.post("/api/auth/passkey", json=sent)).status_code,
            (await client.post("/login/passkey", data={"state": "x", "credential": "{}"})).status_code,
            (await client.get("/login/elsewhere")).status_code,
            (await client.get("/login/elsewhere/return")).status_code,
        ]
        assert statuses == [200, 409, 409, 404, 429]


async def test_in_production_the_sites_own_address_counts_and_no_claimed_host(
    database_url: str, redis_url: str | None
) -> None:
    key = "a-random-text-of-more-than-thirty-two-characters"
    made = {"environment": "production", "secret_key": key}
    async with open_house(database_url, redis_url, **made) as house:
        reply = await (await house.visitor()).post("/api/auth/passkey/options", json={})
        assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.no_passkeys_here")
        assert "data-passkey" not in (await (await house.visitor()).get("/login")).text
    async with open_house(database_url, redis_url, **made, public_url="https://our.example/") as house:
        client = await house.visitor(host="evil.example")
        assert (await ask(client))["options"]["rpId"] == "our.example"
        asha, device = await house.register(ASHA), Device(origin="https://our.example")
        assert (await add(asha, device)).status_code == 201
        assert (await enter(await house.visitor(), device)).status_code == 200
        device.origin = "https://testserver"
        assert (await enter(await house.visitor(), device)).status_code == 401
