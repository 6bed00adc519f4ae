"""The pages of a practice, as they are seen on a phone and on a desk."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PROFILE
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon-Ledger!7"


def _register(page: Page, name: str) -> str:
    email = f"{name.lower()}-{uuid4().hex[:10]}@example.com"
    sent = {"name": f"{name} Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=sent).ok
    return email


def _practice(page: Page) -> str:
    reply = page.request.post("/api/practices", data={"name": f"Rao and Company {'long' * 6}", "kind": "cs"})
    return str(reply.json()["data"]["id"])


def test_a_practice_is_made_and_its_first_client_described_and_hidden(
    browser: Browser, live_server: str
) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        _register(page, "Dev")
        page.goto("/app")
        page.get_by_role("link", name="Make a practice").click()
        page.get_by_label("Name").fill("Rao and Company")
        page.get_by_role("button", name="Make the practice").click()
        expect(page.get_by_text("No client yet")).to_be_visible()
        page.get_by_role("link", name="Add a client").click()
        page.get_by_role("link", name="Describe a company").click()
        page.get_by_label("Name").first.fill("Mandara Studio")
        page.locator("#f-entity_type").select_option("llp")
        page.locator("#f-state").select_option("KA")
        page.get_by_role("button", name="Save and see the year").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mandara Studio")
        page.get_by_role("link", name="Practice", exact=True).click()
        page.get_by_role("link", name="Everybody Mandara Studio").click()
        page.get_by_text("Private: only named people").click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Mandara Studio Private")).to_be_visible()
        expect(page.get_by_role("rowheader", name="Dev Rao")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_read_and_use_the_pages(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        _register(page, "Dev")
        practice = _practice(page)
        api, base = f"/api/practices/{practice}", f"/app/practices/{practice}"
        company = page.request.post(f"{api}/clients", data={"profile": PROFILE}).json()["data"]["id"]
        me = page.request.get("/api/auth/me").json()["user"]["id"]
        team = page.request.post(f"{api}/teams", data={"name": "Audit", "people": [me]}).json()["data"]["id"]
        assert page.request.put(f"{api}/clients/{company}/teams/{team}", data={"role": "reviewer"}).ok
        assert page.request.put(f"{api}/clients/{company}/people/{me}", data={"role": "preparer"}).ok
        for kind, sent in (("invitations", {"role": "staff"}), ("client-invitations", {})):
            email = f"{'long' * 12}@example.com"
            assert page.request.post(f"{api}/{kind}", data={"email": email, **sent}).ok
        parts = ("clients", "clients?q=nothing", "clients/add", f"clients/{company}", "private", "teams")
        more = (f"teams/{team}", "people", f"people/{me}", "details", "trail")
        addresses = [f"{base}/{part}" for part in (*parts, *more)]
        for path in (
            *addresses,
            f"{base}/cockpit",
            f"{base}/load",
            "/app/practices/new",
            f"/app/companies/{company}/members",
        ):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path
            assert not re.search(r"\{\{|%\(", page.inner_text("main")), path
