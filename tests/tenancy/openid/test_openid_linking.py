"""Accounts elsewhere linked with accounts here, unlinked, and used to show again who one is."""

from complianceai.tenancy.tables import elsewhere, people
from tests.cast import ASHA, BILAL, House
from tests.support.provider import (
    Standin,
)
from tests.tenancy.openid.trips import (
    COOKIE,
    PASSWORD,
    come,
    confirm_there,
    count,
    is_in,
    leave,
    second_step,
    value_of,
)


async def test_an_account_with_that_email_is_not_taken_over_but_linked_by_its_password(
    house: House, standin: Standin
) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    asked = await come(client, "/login/elsewhere?next=/law")
    assert asked.status_code == 200
    assert "You have an account here already" in asked.text
    assert not await is_in(client)
    assert await count(house, elsewhere) == 0
    pending = value_of(asked, "pending")
    sent = {"pending": pending, "next": "/law"}
    wrong = await client.post("/login/elsewhere/link", data=sent | {"password": "Wrong!2026x"})
    assert wrong.status_code == 401
    assert not await is_in(client)
    right = await client.post("/login/elsewhere/link", data=sent | PASSWORD)
    assert (right.status_code, right.headers["location"]) == (303, "/law")
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == ASHA.email
    assert (await client.get("/api/auth/email")).json()["data"]["verifiedAt"] is not None
    again = await house.visitor()
    assert (await come(again)).status_code == 303
    assert (await again.get("/api/auth/log")).json()["data"][0]["about"] == "elsewhere"
    used = await (await house.visitor()).post("/login/elsewhere/link", data=sent | PASSWORD)
    assert used.status_code == 409


async def test_what_waits_to_be_linked_is_nobody_elses_and_ends(house: House, standin: Standin) -> None:
    await house.register(ASHA)
    bilal = await house.register(BILAL)
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    assert (await bilal.post("/app/account/elsewhere", data={"pending": pending})).status_code == 409
    assert (await client.post("/login/elsewhere/link", data={"pending": "x"} | PASSWORD)).status_code == 409
    house.watch.move(minutes=11)
    late = await client.post("/login/elsewhere/link", data={"pending": pending} | PASSWORD)
    assert late.status_code == 409
    assert await count(house, elsewhere) == 0


async def test_the_second_step_is_asked_for_when_linking_and_when_coming(
    house: House, standin: Standin
) -> None:
    app = await second_step(house, await house.register(ASHA))
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    asked = await client.post("/login/elsewhere/link", data={"pending": pending} | PASSWORD)
    assert asked.status_code == 200
    sent = {"pending": pending, "step": value_of(asked, "step")}
    wrong = await client.post("/login/elsewhere/link", data=sent | {"code": "000000"})
    assert (wrong.status_code, await is_in(client)) == (401, False)
    sent |= {"code": app.at(house.watch.now)}
    assert (await client.post("/login/elsewhere/link", data=sent)).status_code == 303
    house.watch.move(seconds=30)
    again = await house.visitor()
    step = await come(again, "/login/elsewhere?next=/law")
    assert not await is_in(again)
    given = {"step": value_of(step, "step"), "code": app.at(house.watch.now), "next": "/law"}
    assert (await again.post("/login/code", data=given)).headers["location"] == "/law"
    assert await is_in(again)


async def test_the_password_of_somebody_else_links_nothing(house: House, standin: Standin) -> None:
    app = await second_step(house, await house.register(BILAL))
    await house.register(ASHA)
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    theirs = await client.post("/api/auth/login", json={"email": BILAL.email, "password": BILAL.password})
    sent = {"pending": pending, "step": theirs.json()["fields"]["step"], "code": app.at(house.watch.now)}
    assert (await client.post("/login/elsewhere/link", data=sent)).status_code == 401
    assert await count(house, elsewhere) == 0


async def test_somebody_signed_in_links_after_seeing_whose_account_it_is(
    house: House, standin: Standin
) -> None:
    asha = await house.register(ASHA)
    standin.person |= {"sub": "u-2", "email": "asha@work.example"}
    shown = await come(asha, "/app/account/elsewhere/go")
    assert "asha@work.example" in shown.text
    assert await count(house, elsewhere) == 0
    sent = {"pending": value_of(shown, "pending")}
    # A form of another site is refused, so nobody can be made to link a stranger's account.
    forged = await asha.post("/app/account/elsewhere", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert forged.status_code == 403
    assert (await asha.post("/app/account/elsewhere", data=sent)).status_code == 303
    assert (await asha.post("/app/account/elsewhere", data=sent)).status_code == 409
    client = await house.visitor()
    assert (await come(client)).status_code == 303
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == ASHA.email
    assert "asha@work.example" in (await asha.get("/app/account/elsewhere")).text
    bilal = await house.register(BILAL)
    taken = {"pending": value_of(await come(bilal, "/app/account/elsewhere/go"), "pending")}
    assert (await bilal.post("/app/account/elsewhere", data=taken)).status_code == 409


async def test_a_journey_to_link_is_ended_by_nobody_else(house: House, standin: Standin) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    back = await leave(asha, "/app/account/elsewhere/go")
    trip = {name: value for name, value in asha.cookies.items() if name.endswith("-trip")}
    token = f"{COOKIE}={bilal.cookies[COOKIE]}"
    mixed = await house.visitor(
        cookie="; ".join([token, *(f"{name}={value}" for name, value in trip.items())])
    )
    assert (await mixed.get(back)).status_code in {303, 401}
    assert await count(house, elsewhere) == 0


async def test_unlinking_leaves_another_way_in(house: House, standin: Standin) -> None:
    client = await house.visitor()
    await come(client)
    (linked,) = (await client.get("/api/auth/elsewhere")).json()["data"]
    reply = await client.delete(f"/api/auth/elsewhere/{linked['id']}")
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.last_way_in")
    assert (await client.post(f"/app/account/elsewhere/{linked['id']}/unlink")).status_code == 409
    asha = await house.register(BILAL)
    assert (await asha.delete(f"/api/auth/elsewhere/{linked['id']}")).status_code == 404
    assert (await asha.post("/app/account/elsewhere/x/unlink")).status_code == 404
    await confirm_there(client)
    assert (await client.post("/api/auth/password", json={"newPassword": ASHA.password})).status_code == 200
    other = await house.visitor()
    await come(other)
    assert (await client.post(f"/app/account/elsewhere/{linked['id']}/unlink")).status_code == 303
    assert (await is_in(client), await is_in(other)) == (True, False)
    given = {"email": "asha@example.com", "password": ASHA.password}
    assert (await (await house.visitor()).post("/api/auth/login", json=given)).status_code == 200
    assert "You have an account here already" in (await come(await house.visitor())).text


async def test_who_has_no_password_shows_who_they_are_at_the_provider(house: House, standin: Standin) -> None:
    client = await house.visitor()
    await come(client)
    nothing = await client.post("/api/auth/login", json={"email": "asha@example.com", "password": ""})
    assert nothing.status_code == 401
    house.watch.move(minutes=11)
    for path, sent in (
        ("/api/auth/delete", {}),
        ("/api/auth/factor", {}),
        ("/api/auth/password", {"newPassword": "x"}),
    ):
        reply = await client.post(
            path, json=sent | {"newPassword": ASHA.password} if "newPassword" in sent else sent
        )
        assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.confirm_yourself"), path
    led = await client.post("/app/account/delete", data={})
    assert (led.status_code, led.headers["location"]) == (
        303,
        "/app/account/confirm?next=/app/account/delete",
    )
    assert "Go on with Example" in (await client.get(led.headers["location"])).text
    await confirm_there(client)
    assert standin.asked[-1]["prompt"] == "login"
    assert standin.asked[-1]["max_age"] == "0"
    assert (await client.get("/api/auth/export")).json()["data"]["accountsElsewhere"][0]["subject"] == "u-1"
    assert (await client.post("/api/auth/delete", json={})).status_code == 200
    assert await count(house, people) == await count(house, elsewhere) == 0


async def test_who_has_no_password_is_asked_for_none_on_any_page(house: House, standin: Standin) -> None:
    client = await house.visitor()
    await come(client)
    pages = ("", "/email", "/delete", "/factor", "/confirm")
    for path in pages:
        text = (await client.get(f"/app/account{path}")).text
        assert 'autocomplete="current-password"' not in text, path
        assert ("First show that it is you" in text) is (path != "/confirm"), path
    await confirm_there(client)
    for path in pages[:-1]:
        assert "First show that it is you" not in (await client.get(f"/app/account{path}")).text, path


async def test_showing_at_the_provider_takes_ones_own_account_and_a_fresh_sign_in(
    house: House, standin: Standin
) -> None:
    client = await house.visitor()
    await come(client)
    house.watch.move(minutes=11)
    standin.claims = {"auth_time": int(house.watch.now.timestamp()) - 3600}
    stale = await come(client, "/app/account/confirm/elsewhere")
    assert stale.status_code == 401
    standin.claims = {"auth_time": int(house.watch.now.timestamp()) - 3, "sub": "u-9"}
    other = await come(client, "/app/account/confirm/elsewhere")
    assert other.status_code == 404
    assert (await client.post("/api/auth/delete", json={})).status_code == 403
    standin.claims.pop("sub")
    await confirm_there(client)
