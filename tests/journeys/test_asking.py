"""A founder asks about their company, sees on which rule the answer rests, and finds it again."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PROFILE
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

QUESTION = "When is LLP Form 11 due?"


def _ask_page(page: Page) -> str:
    """The address where somebody new asks about a new company of theirs."""
    who = {
        "name": "Asha Rao",
        "email": f"asha-{uuid4().hex[:10]}@example.com",
        "password": "Monsoon-Ledger!7",
    }
    assert page.request.post("/api/auth/register", data=who).ok
    reply = page.request.post("/api/companies", data={"profile": PROFILE})
    return f"/app/companies/{reply.json()['data']['id']}/ask"


def test_an_answer_comes_while_it_is_written_and_opens_its_rule_beside_it(
    browser: Browser, live_server: str
) -> None:
    with looking(browser, live_server, Look("desk", "light", "en")) as page:
        home = _ask_page(page)
        page.goto(home)
        page.get_by_label("Your question").fill(QUESTION)
        page.get_by_role("button", name="Ask", exact=True).click()
        exchange = page.locator(".exchange")
        expect(exchange.get_by_text("30 May 2027").first).to_be_visible()
        expect(exchange.get_by_text("from the rules")).to_be_visible()
        assert page.url.removeprefix(live_server).startswith(f"{home}/")
        exchange.locator(".sources a").first.click()
        expect(page.get_by_role("dialog").get_by_text("Where it stands")).to_be_visible()
        page.get_by_role("button", name="Close").click()
        page.get_by_label("Your question").fill("and what does it cost if it is 10 days late?")
        page.get_by_label("Your question").press("Enter")
        expect(page.locator(".exchange")).to_have_count(2)
        expect(page.locator(".exchange").last.get_by_text("from the rules")).to_be_visible()
        page.reload()
        expect(page.locator(".exchange")).to_have_count(2)


def test_a_suggestion_asks_itself(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        page.goto(_ask_page(page))
        page.locator(".offers button[name=offer]").first.click()
        expect(page.locator(".exchange .answer p").first).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_the_desk_have_no_barriers(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        home = _ask_page(page)
        page.goto(home)
        assert barriers(page) == []
        assert not is_too_wide(page)
        company = home.split("/")[3]
        told = page.request.post("/api/chat", data={"message": QUESTION, "companyId": company}).json()["data"]
        page.goto(f"{home}/{told['sessionId']}")
        assert barriers(page) == []
        assert not is_too_wide(page)
        for each in page.locator(".exchange summary").all():
            each.click()
        assert barriers(page) == []
        assert not is_too_wide(page)
        shared = page.request.post(f"/api/chat/{told['messageId']}/share", data={}).json()["data"]
        page.goto(shared["address"])
        assert barriers(page) == []
        assert not is_too_wide(page)
