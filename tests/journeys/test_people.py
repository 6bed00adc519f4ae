"""The pages of a company's people and of its trail, as they are seen on a phone and on a desk."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PROFILE
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.mails import link_in, mail_to

PASSWORD = "Monsoon-Ledger!7"
SUBJECT = "Asha Rao invites you to"


def _register(page: Page, name: str) -> str:
    email = f"{name.lower()}-{uuid4().hex[:10]}@example.com"
    sent = {"name": f"{name} Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=sent).ok
    return email


def _describe(page: Page) -> str:
    reply = page.request.post("/api/companies", data={"profile": PROFILE})
    return f"/app/companies/{reply.json()['data']['id']}"


def test_a_colleague_comes_by_the_mailed_link_and_goes_again(
    browser: Browser, live_server: str, live_home: Path
) -> None:
    look = Look("phone", "light", "en")
    with looking(browser, live_server, look) as asha, looking(browser, live_server, look) as bilal:
        _register(asha, "Asha")
        email = _register(bilal, "Bilal")
        asha.goto(_describe(asha))
        asha.get_by_role("link", name="People").click()
        asha.get_by_label("E-mail").fill(email)
        asha.get_by_label("Role").select_option("preparer")
        asha.get_by_role("button", name="Make an invitation").click()
        # The link that Asha's page shows proves nothing of Bilal's address; the one that is mailed to it does.
        expect(asha.get_by_label("Link")).to_have_value(re.compile("/app/invitation"))
        bilal.goto(link_in(mail_to(live_home, email, SUBJECT)))
        bilal.get_by_role("button", name="Accept").click()
        expect(bilal.get_by_role("heading", level=1)).to_have_text(PROFILE["name"])
        bilal.get_by_role("link", name="People").click()
        bilal.get_by_role("link", name="Bilal Rao").click()
        bilal.get_by_role("button", name="Leave this company").click()
        expect(bilal.get_by_text("No company yet")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_read_and_use_the_pages(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        _register(page, "Asha")
        base = _describe(page)
        sent = {"email": f"{'long' * 12}@example.com", "role": "auditor", "until": "2099-12-31"}
        assert page.request.post(f"/api{base.removeprefix('/app')}/invitations", data=sent).ok
        person = page.request.get("/api/auth/me").json()["user"]["id"]
        for path in (base, f"{base}/members", f"{base}/members/{person}", f"{base}/trail"):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path
