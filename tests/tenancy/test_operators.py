"""Who runs the site: made by the command line alone, let in by a second factor, seen by those whom they look at."""

from uuid import UUID

from sqlalchemy import select
from starlette.routing import Route

from complianceai.entry.asgi import create_app
from complianceai.storage.audit import audit
from complianceai.tenancy.happenings import What
from complianceai.tenancy.operators.access import DOOR
from complianceai.tenancy.operators.actions import OPERATORS_TRAIL, grant, note_look, revoke
from complianceai.tenancy.operators.console import PAGES
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.tables import happenings
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.support.operators import open_console, register_operator, turn_on


async def test_the_console_opens_only_by_a_second_factor_shown_lately(house: House) -> None:
    client = await house.register(BILAL)
    assert (await client.get("/operator")).status_code == 404
    await grant(house.database, BILAL.email, house.watch.now)
    led = await client.get("/operator")
    assert (led.status_code, led.headers["location"]) == (303, f"{DOOR}?next=/operator")
    assert "Set one up" in (await client.get(led.headers["location"])).text
    app = await turn_on(house, client, BILAL)
    # The password, which opens the account's own pages, does not open this.
    await client.post("/api/auth/confirm", json={"password": BILAL.password})
    assert (await client.get("/operator")).status_code == 303
    wrong = await client.post(DOOR, data={"code": "000000"})
    assert (wrong.status_code, "This code is wrong" in wrong.text) == (401, True)
    await open_console(house, client, app)
    assert (await client.get("/operator")).status_code == 200
    house.watch.move(minutes=15)
    assert (await client.get("/operator")).status_code == 303


async def test_who_signed_in_by_two_factors_is_let_in_at_once_and_elsewhere_not(house: House) -> None:
    first = await house.register(BILAL)
    await grant(house.database, BILAL.email, house.watch.now)
    app = await turn_on(house, first, BILAL)
    second = await house.visitor()
    given = {"email": BILAL.email, "password": BILAL.password, "code": app.at(house.watch.now)}
    assert (await second.post("/api/auth/login", json=given)).status_code == 200
    assert (await second.get("/operator")).status_code == 200
    assert (await first.get("/operator")).status_code == 303


async def test_a_token_opens_no_console(house: House) -> None:
    client = await register_operator(house, BILAL)
    made = await client.post("/api/auth/tokens", json={"name": "all", "may": ["read", "write", "account"]})
    assert made.status_code < 300, made.text
    program = await house.visitor(authorization=f"Bearer {made.json()['data']['token']}")
    assert (await program.get("/api/auth/me")).status_code == 200
    assert (await program.get("/operator")).status_code == 404


async def test_nobody_is_led_outside_by_the_door(house: House) -> None:
    client = await house.register(BILAL)
    await grant(house.database, BILAL.email, house.watch.now)
    app = await turn_on(house, client, BILAL)
    sent = {"code": app.at(house.watch.now), "next": "https://example.com/operator"}
    assert (await client.post(DOOR, data=sent)).headers["location"] == "/operator"


async def test_to_be_made_one_and_to_be_one_no_more_is_told_and_holds_at_once(house: House) -> None:
    client = await register_operator(house, BILAL)
    assert not await grant(house.database, BILAL.email, house.watch.now)
    assert (await client.get("/operator")).status_code == 200
    await revoke(house.database, BILAL.email, house.watch.now)
    assert (await client.get("/operator")).status_code == 404
    log = (await client.get("/app/account/log")).text
    assert "The operator&#39;s console opened to you" in log
    assert "The operator&#39;s console closed to you" in log
    async with house.database.reading() as connection:
        whole = select(audit.c.deed).where(audit.c.company_id == OPERATORS_TRAIL).order_by(audit.c.number)
        assert list((await connection.execute(whole)).scalars()) == ["operator.granted", "operator.revoked"]


async def test_a_look_is_told_to_the_company_and_to_the_person(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = UUID(await describe(asha))
    me = (await asha.get("/api/auth/me")).json()["user"]["id"]
    operator = (await chitra.get("/api/auth/me")).json()["user"]["id"]
    now = house.watch.now
    who = Scope(Person(UUID(operator), CHITRA.name, CHITRA.email, None, now), address="192.0.2.7")
    await note_look(house.database, who, "company", now, companies=[company], people=[UUID(me)])
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"][0]
    assert (trail["deed"], trail["person"]) == ("operator.looked", CHITRA.name)
    shown = await asha.get(f"/app/companies/{company}/trail")
    assert "looked at it as the operator of this site" in shown.text
    assert "192.0.2.7" not in shown.text
    async with house.database.reading() as connection:
        mine = select(happenings.c.about).where(happenings.c.what == What.OPERATOR_LOOKED.value)
        assert list((await connection.execute(mine)).scalars()) == ["company"]
    assert "An operator looked at your account" in (await asha.get("/app/account/log")).text


def test_each_entry_of_the_console_leads_to_a_page(house: House) -> None:
    known = [each.path_regex for each in create_app(house.settings).routes if isinstance(each, Route)]
    assert [each.href for each in PAGES if not any(one.match(each.href) for one in known)] == []
    assert len({each.href for each in PAGES}) == len(PAGES)
