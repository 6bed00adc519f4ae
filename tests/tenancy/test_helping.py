"""An operator sees what a person sees only by that person's permission, which ends by itself and leaves a trail."""

from httpx import AsyncClient

from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.support.operators import register_operator


async def code_of(client: AsyncClient, **wish: str) -> str:
    page = await client.post("/app/account/help", data={"hours": "1", **wish})
    assert page.status_code == 200, page.text
    return page.text.split("<code>")[1].split("</code>")[0]


async def test_with_the_code_the_operator_sees_and_changes_nothing_and_each_page_is_told(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    code = await code_of(asha)
    operator = await register_operator(house, BILAL)
    began = await operator.post("/operator/help", data={"code": f" {code.upper()} "})
    assert (began.status_code, began.headers["location"]) == (303, "/app")
    page = await operator.get(f"/app/companies/{company}/tasks")
    assert page.status_code == 200
    assert f"You see what {ASHA.name} sees" in page.text
    # Neither the console nor the person's own account is open in that session, and nothing can be changed.
    assert (await operator.get("/operator")).status_code == 404
    for path in ("/app/account", "/app/account/help", "/app/account/export.json", "/api/auth/export"):
        assert (await operator.get(path)).status_code == 403, path
    changed = await operator.patch(f"/api/companies/{company}", json={"name": "Mine now"})
    assert (changed.status_code, changed.json()["code"]) == (403, "tenancy.helper_may_not")
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    # Two pages of the company were asked for, the refused one among them.
    helped = [each for each in trail if each["deed"] == "operator.helped"]
    assert [each["person"] for each in helped] == [f"{BILAL.name} ({ASHA.name})"] * 2
    log = (await asha.get("/app/account/log")).text
    assert "An operator began to help</td>" in log or "An operator began to help" in log
    assert f"/app/companies/{company}/tasks" in log
    assert f"{BILAL.name} is helping" in (await asha.get("/app/account/help")).text


async def test_what_a_helper_changes_bears_their_name(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    code = await code_of(asha, may_change="yes")
    operator = await register_operator(house, BILAL)
    await operator.post("/operator/help", data={"code": code})
    changed = await operator.patch(f"/api/companies/{company}", json={"name": "Rao Weaving LLP"})
    assert changed.status_code == 200, changed.text
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    edited = next(each for each in trail if each["deed"] == "company.edited")
    assert edited["person"] == f"{BILAL.name} ({ASHA.name})"
    # What asks who is there is not answered by a helper, whatever they may change.
    assert (
        await operator.post("/api/auth/delete", json={"password": "", "companies": []})
    ).status_code == 403


async def test_the_help_ends_by_itself_and_when_the_person_says_so(house: House) -> None:
    asha = await house.register(ASHA)
    operator = await register_operator(house, BILAL)
    await operator.post("/operator/help", data={"code": await code_of(asha)})
    assert (await operator.get("/app")).status_code == 200
    house.watch.move(hours=1)
    assert (await operator.get("/app")).headers["location"].startswith("/login")
    again = await house.visitor()
    await again.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    other = await register_operator(house, CHITRA)
    await again.post("/api/auth/confirm", json={"password": ASHA.password})
    await other.post("/operator/help", data={"code": await code_of(again)})
    assert (await other.get("/app")).status_code == 200
    assert (await again.post("/app/account/help", data={"deed": "end"})).status_code == 303
    assert (await other.get("/app")).headers["location"].startswith("/login")


async def test_a_code_serves_one_operator_once_and_in_its_time(house: House) -> None:
    asha = await house.register(ASHA)
    code = await code_of(asha)
    first, second = await register_operator(house, BILAL), await register_operator(house, CHITRA)
    assert (await first.post("/operator/help", data={"code": code})).status_code == 303
    refused = await second.post("/operator/help", data={"code": code})
    assert (refused.status_code, "opens nothing any more" in refused.text) == (404, True)
    for nonsense in ("", "x" * 1000, "'; --", "0000-0000-0000-0000-0000"):
        assert (await second.post("/operator/help", data={"code": nonsense})).status_code in {404, 429}, (
            nonsense
        )


async def test_nobody_allows_it_in_a_browser_that_was_left_open(house: House) -> None:
    asha = await house.register(ASHA)
    house.watch.move(minutes=11)
    reply = await asha.post("/app/account/help", data={"hours": "24"})
    assert (reply.status_code, reply.headers["location"]) == (
        303,
        "/app/account/confirm?next=/app/account/help",
    )


async def test_without_being_an_operator_the_code_is_worth_nothing(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    code = await code_of(asha)
    assert (await chitra.post("/operator/help", data={"code": code})).status_code == 404
