"""A person's own facts, the download of everything, and the end of an account."""

from sqlalchemy import func, select

from complianceai.tenancy.policies import Role
from complianceai.tenancy.tables import companies, people
from tests.cast import ASHA, BILAL, CHITRA, House, describe

PASSWORD = {"password": ASHA.password}


async def count(house: House, table: object) -> int:
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def test_name_and_number_are_changed_by_page_and_by_api(house: House) -> None:
    asha = await house.register(ASHA)
    reply = await asha.patch("/api/auth/me", json={"name": "Asha Patil", "phone": "9876543210"})
    assert (reply.json()["user"]["name"], reply.json()["user"]["phone"]) == ("Asha Patil", "9876543210")
    assert 'value="Asha Patil"' in (await asha.get("/app/account")).text
    wrong = await asha.post("/app/account", data={"name": "Asha1", "phone": ""})
    assert wrong.status_code == 422
    assert "Leave out digits" in wrong.text
    assert (await asha.post("/app/account", data={"name": "Asha Rao", "phone": ""})).status_code == 303
    user = (await asha.get("/api/auth/me")).json()["user"]
    assert (user["name"], user["phone"], user["email"]) == ("Asha Rao", None, ASHA.email)
    assert (await asha.patch("/api/auth/me", json={"name": "A B", "email": "x@y.in"})).status_code == 422


async def test_the_download_holds_what_is_the_persons_and_no_secret(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await describe(bilal, name="Khan Foods LLP")
    await asha.post("/api/auth/tokens", json={"name": "Books", "may": ["read"]})
    reply = await asha.get("/app/account/export.json")
    told = reply.json()
    assert "attachment" in reply.headers["content-disposition"]
    assert told["person"]["email"] == ASHA.email
    assert [each["company_id"] for each in told["memberships"]] == [company]
    assert [each["deed"] for each in told["deeds"]] == ["company.created", "tasks.synced"]
    assert len(told["sessions"]) == len(told["tokens"]) == len(told["companies"]) == 1
    assert "hash" not in str({name: told[name] for name in ("person", "sessions", "tokens", "secondFactor")})
    assert "Khan" not in reply.text
    again = (await asha.get("/api/auth/export")).json()["data"]
    # That it was downloaded is itself something that happened.
    assert [each["what"] for each in again.pop("happenings")][-2:] == ["token_made", "exported"]
    assert again == {name: told[name] for name in told if name != "happenings"}


async def test_an_account_goes_with_the_companies_that_only_its_owner_owned(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    own, shared = await describe(asha, name="Only Mine LLP"), await describe(asha, name="Ours LLP")
    await house.join(bilal, own, Role.PREPARER)
    await house.join(bilal, shared, Role.OWNER)
    page = await asha.get("/app/account/delete")
    assert "Only Mine LLP" in page.text
    assert "1 other person belongs to it" in page.text
    assert "Ours LLP" not in page.text
    reply = await asha.post("/api/auth/delete", json=PASSWORD)
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.companies_would_go")
    assert "Only Mine LLP" in reply.json()["error"]
    for named in ([shared], [own, shared]):
        assert (await asha.post("/api/auth/delete", json=PASSWORD | {"companies": named})).status_code == 409
    wrong = {"password": "Wrong!2026x", "companies": [own]}
    assert (await asha.post("/api/auth/delete", json=wrong)).status_code == 422
    assert (await asha.post("/api/auth/delete", json=PASSWORD | {"companies": [own]})).status_code == 200
    assert (await asha.get("/api/auth/me")).status_code == 401
    assert (await count(house, people), await count(house, companies)) == (1, 1)
    assert (await bilal.get(f"/api/companies/{own}")).status_code == 404
    trail = (await bilal.get(f"/api/companies/{shared}/trail")).json()["data"]
    assert [each["deed"] for each in trail] == ["member.left", "tasks.synced", "company.created"]


async def test_the_page_deletes_what_it_showed(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    stale = await asha.post("/app/account/delete", data=PASSWORD)
    assert stale.status_code == 409
    assert (await asha.post("/app/account/delete", data={"companies": company})).status_code == 422
    reply = await asha.post("/app/account/delete", data=PASSWORD | {"companies": company})
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert (await count(house, people), await count(house, companies)) == (0, 0)
    assert (await house.register(ASHA)).cookies


async def test_who_is_a_member_only_leaves_and_takes_nothing_along(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    await house.join(chitra, company, Role.VIEWER)
    assert (await chitra.post("/api/auth/delete", json=PASSWORD)).status_code == 200
    assert (await asha.get(f"/api/companies/{company}")).status_code == 200
