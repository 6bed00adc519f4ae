"""A forgotten password, from the sign-in page through the mail to the sign-in page; and how those pages look."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.mails import link_in, mail_to

PASSWORD, NEW = "Monsoon-Ledger!7", "Harvest-Ledger!8"
OPEN = ("/forgot", "/reset?token=x", "/verify?token=x", "/email?token=x", "/email/undo?token=x")


def _sign_up(page: Page) -> str:
    email = f"asha-{uuid4().hex[:10]}@example.com"
    person = {"name": "Asha Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=person).ok
    return email


def test_a_forgotten_password_is_chosen_anew_by_mail(page: Page, live_home: Path) -> None:
    email = _sign_up(page)
    page.goto("/app")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/login")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(link_in(mail_to(live_home, email, "Choose a new password")))
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Use this password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The new password holds")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(NEW)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/app")
    page.goto("/app/account/email")
    expect(page.get_by_role("main").get_by_text("Verified")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_addresses_and_links_can_be_read_by_everybody(
    browser: Browser, live_server: str, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        for path in OPEN:
            page.goto(path)
            assert (path, barriers(page), is_too_wide(page)) == (path, [], False)
        _sign_up(page)
        page.goto("/app/account/email")
        assert (barriers(page), is_too_wide(page)) == ([], False)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_mail_itself_can_be_read_by_everybody(
    browser: Browser, live_server: str, live_home: Path, look: Look
) -> None:
    subject = "अपना ई-मेल सत्यापित करें" if look.language == "hi" else "Verify your e-mail"
    with looking(browser, live_server, look) as page:
        html = mail_to(live_home, _sign_up(page), subject).get_body(("html",))
        assert html is not None
        page.set_content(html.get_content())
        assert (barriers(page), is_too_wide(page)) == ([], False)
