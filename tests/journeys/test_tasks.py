"""A founder files a return and looks at what lateness costs, on a phone and on a desk."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.cast import PROFILE
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.support.papers import pdf_of

PASSWORD = "Monsoon-Ledger!7"
GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


def _company(page: Page) -> str:
    """The address of a new company of somebody new, who is signed in there."""
    who = {"name": "Asha Rao", "email": f"asha-{uuid4().hex[:10]}@example.com", "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=who).ok
    reply = page.request.post("/api/companies", data={"profile": {**PROFILE, **GST}})
    return f"/app/companies/{reply.json()['data']['id']}"


def test_a_founder_files_a_return_and_it_is_marked_as_not_reviewed(
    browser: Browser, live_server: str
) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        page.goto(f"{_company(page)}/tasks?q=GSTR-3B")
        page.get_by_role("link", name="GSTR-3B MH").first.click()
        page.get_by_text("What was filed").click()
        page.get_by_label("Filed on").fill("2026-11-20")
        page.get_by_role("textbox", name="Acknowledgement").fill("AA270000000001")
        page.locator("#filing").get_by_role("button", name="Keep").click()
        page.get_by_role("button", name="Mark as filed").click()
        expect(page.get_by_text("Filed by Asha Rao, not reviewed by anybody else.")).to_be_visible()


def test_what_a_paper_says_is_taken_over_and_filed(browser: Browser, live_server: str) -> None:
    lines = ("Form GSTR-3B", "Financial Year 2026-27", "Tax Period October", "ARN AA271126000123X")
    paper = pdf_of((*lines, "Date of ARN 19/11/2026"))
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        page.goto(f"{_company(page)}/tasks?q=GSTR-3B+Oct+2026")
        page.get_by_role("link", name="GSTR-3B MH").first.click()
        sent = FilePayload(name="ack.pdf", mimeType="application/pdf", buffer=paper)
        page.get_by_label("Add a file").set_input_files(sent)
        page.locator("#evidence").get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("link", name="ack.pdf")).to_be_visible()
        assert barriers(page) == []
        assert not is_too_wide(page)
        page.get_by_role("link", name="Use this").click()
        expect(page.get_by_role("textbox", name="Acknowledgement")).to_have_value("AA271126000123X")
        assert barriers(page) == []
        page.locator("#filing").get_by_role("button", name="Keep").click()
        page.get_by_role("button", name="Mark as filed").click()
        expect(page.get_by_text("Filed by Asha Rao, not reviewed by anybody else.")).to_be_visible()


def test_a_filter_is_sent_and_the_ticked_are_changed(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("desk", "light", "en")) as page:
        page.goto(f"{_company(page)}/tasks")
        page.get_by_label("Search").fill("GSTR-1 ")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**q=GSTR-1**")
        for box in page.get_by_role("checkbox").all()[:2]:
            box.check()
        page.get_by_role("group", name="Change those that are ticked").get_by_label("Priority").select_option(
            "low"
        )
        page.get_by_role("button", name="Change", exact=True).click()
        expect(page.get_by_text("2 tasks were changed.")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_tasks_have_no_barriers(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        base = _company(page)
        task = page.request.get(f"/api{base.removeprefix('/app')}/tasks").json()["data"][0]["id"]
        for path in (
            "dashboard",
            "tasks",
            f"tasks/{task}",
            "tasks/new",
            "agenda",
            "agenda?year=2026",
            "notices",
            "notices/new",
            "register",
            "bundle",
        ):
            page.goto(f"{base}/{path}")
            assert barriers(page) == [], path
            assert not is_too_wide(page), path


def test_the_list_is_walked_by_keys_which_can_be_turned_off(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("desk", "light", "en")) as page:
        base = _company(page)
        page.goto(f"{base}/tasks?q=GSTR-1")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("x")
        boxes = page.get_by_role("checkbox", name="Choose")
        assert [box.is_checked() for box in boxes.all()[:2]] == [True, False]
        page.keyboard.press("Shift+?")
        expect(page.get_by_role("heading", name="Keys of this list")).to_be_visible()
        assert barriers(page) == []
        page.get_by_label("Use these keys").uncheck()
        page.get_by_role("button", name="Close").click()
        page.keyboard.press("x")
        assert [box.is_checked() for box in boxes.all()[:2]] == [True, False]
        page.get_by_text("Save this view").click()
        page.get_by_label("Name of the view").fill("First returns")
        page.get_by_role("button", name="Save", exact=True).click()
        page.goto(f"{base}/tasks")
        page.get_by_role("link", name="First returns").click()
        page.wait_for_url("**q=GSTR-1**")
        assert barriers(page) == []
