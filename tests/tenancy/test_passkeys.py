"""Passkeys: made on a device, signed in with alone and after the password, named, counted and removed."""

import json
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from httpx import AsyncClient, Response
from pyotp import TOTP

from complianceai.tenancy.happenings import What
from complianceai.tenancy.pages import HOME
from tests.cast import ASHA, BILAL, House, open_house
from tests.support.authenticator import Device, Held, text_of

GIVEN = {"email": ASHA.email, "password": ASHA.password}


async def add(client: AsyncClient, device: Device, name: str = "Phone", **client_data: Any) -> Response:
    asked = (await client.post("/api/auth/passkey-options")).json()["data"]
    made = device.make(asked["options"], **client_data)
    sent = {"name": name, "state": asked["state"], "credential": made}
    return await client.post("/api/auth/passkeys", json=sent)


async def ask(client: AsyncClient, step: str | None = None) -> dict[str, Any]:
    reply = await client.post("/api/auth/passkey/options", json={} if step is None else {"step": step})
    assert reply.status_code == 200, reply.text
    asked: dict[str, Any] = reply.json()["data"]
    return asked


async def enter(client: AsyncClient, device: Device, **more: Any) -> Response:
    asked = await ask(client)
    sent = {"state": asked["state"], "credential": device.sign(asked["options"], **more)}
    return await client.post("/api/auth/passkey", json=sent)


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


async def test_where_a_passkey_is_kept_is_told_simply_and_kept_up_to_date(house: House) -> None:
    asha, device = await house.register(ASHA), Device(synced=True)
    made = (await add(asha, device)).json()["data"]
    assert (made["isSynced"], made["isBackedUp"]) == (True, False)
    assert "can be on several devices" in (await asha.get("/app/account/passkeys")).text
    device.backed_up = True
    await enter(await house.visitor(), device)
    (kept,) = (await asha.get("/api/auth/passkeys")).json()["data"]
    assert (kept["isSynced"], kept["isBackedUp"]) == (True, True)
    assert "on several devices, with a copy" in (await asha.get("/app/account/passkeys")).text


async def test_several_are_named_renamed_and_removed_one_by_one(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    ids = [(await add(asha, device, name)).json()["data"]["id"] for name in ("Phone", "Laptop")]
    assert (await asha.patch(f"/api/auth/passkeys/{ids[0]}", json={"name": "Old phone"})).status_code == 200
    assert (await asha.post(f"/app/account/passkeys/{ids[1]}/name", data={"name": "काम"})).status_code == 303
    assert (await asha.post(f"/app/account/passkeys/{ids[1]}/name", data={"name": " "})).status_code == 422
    told = (await asha.get("/api/auth/passkeys")).json()["data"]
    assert [each["name"] for each in told] == ["Old phone", "काम"]
    assert (await asha.delete(f"/api/auth/passkeys/{ids[0]}")).status_code == 200
    assert (await enter(await house.visitor(), device)).status_code == 401
    assert (await enter(await house.visitor(), device, which=1)).status_code == 200
    assert (await asha.post(f"/app/account/passkeys/{ids[1]}/remove")).status_code == 303
    assert (await asha.get("/api/auth/passkeys")).json()["data"] == []
    assert (await happenings(asha)).count(What.PASSKEY_REMOVED) == 2


async def test_whoever_came_by_a_lost_device_is_out_once_its_passkey_is_removed(house: House) -> None:
    asha, device, thief = await house.register(ASHA), Device(), await house.visitor()
    made = (await add(asha, device)).json()["data"]["id"]
    assert (await enter(thief, device)).status_code == 200
    assert (await asha.delete(f"/api/auth/passkeys/{made}")).status_code == 200
    assert (await thief.get("/api/auth/me")).status_code == 401
    assert (await asha.get("/api/auth/me")).status_code == 200


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


async def test_anothers_passkey_is_missing_and_the_same_one_is_not_taken_twice(house: House) -> None:
    asha, bilal, device = await house.register(ASHA), await house.register(BILAL), Device()
    mine = (await add(asha, device)).json()["data"]["id"]
    for path in (mine, str(uuid4())):
        assert (await bilal.delete(f"/api/auth/passkeys/{path}")).status_code == 404
        assert (await bilal.patch(f"/api/auth/passkeys/{path}", json={"name": "x"})).status_code == 404
        assert (await bilal.post(f"/app/account/passkeys/{path}/remove")).status_code == 404
    assert (await bilal.post("/app/account/passkeys/nonsense/remove")).status_code == 404
    asked = (await bilal.post("/api/auth/passkey-options")).json()["data"]
    copy = Device()
    made = copy.make(asked["options"])
    stolen = bytes(device.held[0].id)
    forged = json.loads(json.dumps(made).replace(text_of(copy.held[0].id), text_of(stolen)))
    sent = {"name": "x", "state": asked["state"], "credential": forged}
    # The name inside what the device wrote is what counts, so the letter's own is of no use.
    assert (await bilal.post("/api/auth/passkeys", json=sent)).status_code in {201, 422}
    assert (await enter(await house.visitor(), device)).json()["user"]["email"] == ASHA.email


async def test_one_persons_question_is_not_answered_by_another(house: House) -> None:
    asha, bilal, device = await house.register(ASHA), await house.register(BILAL), Device()
    asked = (await asha.post("/api/auth/passkey-options")).json()["data"]
    sent = {"name": "x", "state": asked["state"], "credential": device.make(asked["options"])}
    assert (await bilal.post("/api/auth/passkeys", json=sent)).status_code == 409
    door = await ask(await house.visitor())
    sent = {"name": "x", "state": door["state"], "credential": sent["credential"]}
    assert (await asha.post("/api/auth/passkeys", json=sent)).status_code == 409


async def test_after_the_password_a_passkey_serves_in_place_of_a_code(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    await add(asha, device)
    codes = (await asha.post("/api/auth/factor/passkey")).json()["data"]["codes"]
    assert len(codes) == 10
    assert (await asha.get("/api/auth/factor")).json()["data"]["by"] == "passkey"
    client = await house.visitor()
    first = await client.post("/api/auth/login", json=GIVEN)
    assert (first.status_code, first.json()["fields"]["passkey"]) == (401, True)
    step = first.json()["fields"]["step"]
    asked = await ask(client, step)
    assert [each["id"] for each in asked["options"]["allowCredentials"]] == [text_of(device.held[0].id)]
    # The password stands for knowing; the device need only be there.
    device.verifies = False
    sent = {"state": asked["state"], "step": step, "credential": device.sign(asked["options"])}
    assert (await client.post("/api/auth/passkey", json=sent)).status_code == 200
    assert (await client.get("/api/auth/log")).json()["data"][0]["about"] == "password_passkey"
    assert (
        await (await house.visitor()).post("/api/auth/login", json=GIVEN | {"code": "000000"})
    ).status_code == 401
    recovered = await (await house.visitor()).post("/api/auth/login", json=GIVEN | {"code": codes[0]})
    assert recovered.status_code == 200


async def test_the_second_step_takes_no_passkey_of_somebody_else_nor_without_the_password(
    house: House,
) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    mine, theirs = Device(), Device()
    await add(asha, mine)
    await add(bilal, theirs)
    await asha.post("/api/auth/factor/passkey")
    client = await house.visitor()
    step = (await client.post("/api/auth/login", json=GIVEN)).json()["fields"]["step"]
    asked = await ask(client, step)
    sent = {"state": asked["state"], "step": step, "credential": theirs.sign(asked["options"])}
    assert (await client.post("/api/auth/passkey", json=sent)).status_code == 401
    asked = await ask(client, step)
    mine.verifies = False
    sent = {"state": asked["state"], "credential": mine.sign(asked["options"])}
    assert (await client.post("/api/auth/passkey", json=sent)).status_code == 409
    assert (await client.post("/api/auth/passkey/options", json={"step": "forged"})).status_code == 401
    house.watch.move(minutes=6)
    assert (await client.post("/api/auth/passkey/options", json={"step": step})).status_code == 401


async def test_the_last_passkey_stays_while_the_second_step_needs_one(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    assert (await asha.post("/api/auth/factor/passkey")).status_code == 404
    made = (await add(asha, device)).json()["data"]["id"]
    shown = await asha.post("/app/account/passkeys/step")
    assert shown.text.count("<code>") == 10
    assert (await asha.post("/app/account/passkeys/step")).status_code == 409
    reply = await asha.delete(f"/api/auth/passkeys/{made}")
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.passkey_needed")
    assert "turn the second step off first" in (await asha.post(f"/app/account/passkeys/{made}/remove")).text
    assert (await asha.post("/api/auth/factor/off", json={"password": ASHA.password})).status_code == 200
    assert (await asha.delete(f"/api/auth/passkeys/{made}")).status_code == 200


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


async def test_nobody_keeps_more_than_twenty(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    for _ in range(20):
        assert (await add(asha, device)).status_code == 201
    reply = await asha.post("/api/auth/passkey-options")
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.too_many_passkeys")


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


async def test_a_site_reached_by_a_number_says_that_passkeys_need_a_name(house: House) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post("/api/auth/passkey-options", headers={"host": "127.0.0.1:8000"})
    assert reply.status_code == 409
    assert "localhost" in (await asha.get("/app/account/passkeys", headers={"host": "127.0.0.1:8000"})).text
