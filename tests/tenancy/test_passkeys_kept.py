"""Passkeys named, told of, removed, counted, and used as the second step."""

import json
from uuid import uuid4

from httpx import AsyncClient

from complianceai.tenancy.happenings import What
from tests.cast import ASHA, BILAL, House
from tests.support.authenticator import Device, text_of
from tests.support.passkeys import add, ask, enter

GIVEN = {"email": ASHA.email, "password": ASHA.password}


async def happenings(client: AsyncClient) -> list[str]:
    return [each["what"] for each in (await client.get("/api/auth/log")).json()["data"]]


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


async def test_nobody_keeps_more_than_twenty(house: House) -> None:
    asha, device = await house.register(ASHA), Device()
    for _ in range(20):
        assert (await add(asha, device)).status_code == 201
    reply = await asha.post("/api/auth/passkey-options")
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.too_many_passkeys")


async def test_a_site_reached_by_a_number_says_that_passkeys_need_a_name(house: House) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post("/api/auth/passkey-options", headers={"host": "127.0.0.1:8000"})
    assert reply.status_code == 409
    assert "localhost" in (await asha.get("/app/account/passkeys", headers={"host": "127.0.0.1:8000"})).text
