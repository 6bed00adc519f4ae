"""One's own account on phone and desk: from the password to the last question, with a second step between."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon-Ledger!7"
PAGES = ("", "/sessions", "/factor", "/tokens", "/delete")


def sign_up(page: Page) -> str:
    email = f"asha-{uuid4().hex[:10]}@example.com"
    person = {"name": "Asha Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=person).ok
    company = {"profile": {"name": "Rao Textiles LLP", "entity_type": "llp", "state": "MH"}}
    assert page.request.post("/api/companies", data=company).ok
    assert page.request.post("/api/auth/tokens", data={"name": "Books", "may": ["read", "write"]}).ok
    return email


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_the_account_can_be_read_by_everybody(
    browser: Browser, live_server: str, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        sign_up(page)
        for path in PAGES:
            page.goto(f"/app/account{path}")
            assert (path, barriers(page), is_too_wide(page)) == (path, [], False)
        page.goto("/app/account/factor")
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.locator("svg.qr")).to_be_visible()
        assert (barriers(page), is_too_wide(page)) == ([], False)


def test_a_second_step_is_set_up_and_asked_for(page: Page) -> None:
    email = sign_up(page)
    page.goto("/app/account/factor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    app = TOTP(page.locator("main code").inner_text().replace(" ", ""))
    page.get_by_label("Code", exact=True).fill(app.now())
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator("main .codes code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("button", name="Sign out").click()
    page.goto("/login?next=/app/account")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(recovery[3])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Account")
