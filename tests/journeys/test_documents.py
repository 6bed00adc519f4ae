"""A founder drafts a paper in a browser: the preview follows, what is typed is kept, and no page has barriers."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from complianceai import drafting
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.test_tasks import _company
from tests.workspace.papers import TEXT
from tests.workspace.test_generating import PARTICULARS, plain

FIRM = {"name": "Sahyadri Tools Private Limited", "entity_type": "private_limited", "state": "MH"}


def _firm(page: Page) -> tuple[str, str]:
    """The id of a private company of somebody new, and the address of its documents."""
    _company(page)
    reply = page.request.post("/api/companies", data={"profile": FIRM})
    company = str(reply.json()["data"]["id"])
    headers = {"Origin": reply.url.partition("/api")[0]}
    told = page.request.post(
        f"/app/companies/{company}/documents/particulars", form=PARTICULARS, headers=headers
    )
    assert told.ok
    return company, f"/app/companies/{company}/documents"


def _made(page: Page, path: str, body: dict[str, Any]) -> dict[str, Any]:
    reply = page.request.post(f"/api/documents{path}", data=body)
    assert reply.ok, reply.text()
    found: dict[str, Any] = reply.json()["data"]
    return found


def _nda(page: Page, company: str) -> str:
    """The id of a document with two versions, a comment, a suggestion, a link and something not saved."""
    answers = plain(drafting.template("nda-mutual").example.answers)
    wish = {"templateId": "nda-mutual", "companyId": company, "userInputs": answers}
    made = _made(page, "/generate", wish)
    document, text = str(made["id"]), str(made["current"]["text"])
    changed = text.replace("confidential", "secret", 1)
    _made(page, f"/{document}/versions", {"baseVersion": 1, "text": changed, "note": "Softer"})
    _made(page, f"/{document}/comments", {"text": "Which courts?", "quote": "governed by the laws of India"})
    words = {"quote": "governed by the laws of India", "replacement": "governed by Indian law"}
    _made(page, f"/{document}/suggestions", words)
    _made(page, f"/{document}/links", {"days": 3})
    page.request.put(
        f"/api/documents/{document}/draft", data={"baseVersion": 1, "text": f"{changed}\nMore.\n"}
    )
    return document


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_of_documents_has_a_barrier(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        company, home = _firm(page)
        document = _nda(page, company)
        open_link = _made(page, f"/{document}/links", {"days": 3})["address"]
        locked = _made(page, f"/{document}/links", {"days": 3, "password": "tea"})["address"]
        one = f"{home}/{document}"
        for path in (
            home, f"{home}?q=laws", f"{home}?q=nothingatall", f"{home}/new", f"{home}/write", f"{home}/upload",
            f"{home}/particulars", f"{home}/chains", f"{home}/chains/director-appointed",
            f"{home}/new/board-resolution-bank-account", f"{home}/new/first-board-meeting",
            f"{home}/new/nda-mutual?ask=x", one, f"{one}?version=1", f"{one}/edit",
            f"{one}/compare?from=1&to=2", f"{one}/sharing", f"{one}/activity", open_link, locked,
        ):  # fmt: skip
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path


def test_the_paper_is_written_beside_the_answers_and_they_are_kept(
    browser: Browser, live_server: str
) -> None:
    with looking(browser, live_server, Look("desk", "light", "en")) as page:
        _, home = _firm(page)
        page.goto(f"{home}/new")
        page.get_by_label("Search").fill("bank account")
        expect(page.get_by_text("45 templates")).to_have_count(0)
        page.get_by_role("link", name="Board resolution: bank account").click()
        page.get_by_label("Which bank?").fill("Bharat Bank")
        page.get_by_label("Which branch?").fill("Pimpri")
        page.get_by_label("Which branch?").press("Tab")
        preview = page.locator(".preview")
        expect(preview.get_by_text("Bharat Bank")).to_be_visible()
        expect(page.get_by_label("Which bank?")).to_have_value("Bharat Bank")
        page.get_by_role("radio", name="Other signatories").check()
        expect(page.get_by_label("Which bank?")).to_have_value("Bharat Bank")
        page.reload()
        expect(page.get_by_label("Which branch?")).to_have_value("Pimpri")
        page.get_by_role("button", name="Check and look").click()
        expect(page.locator(".preview")).to_contain_text("Bharat Bank")
        assert barriers(page) == []


def test_what_is_typed_in_a_text_is_kept_without_saving(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        company, home = _firm(page)
        made = _made(page, "", {"companyId": company, "title": "Minutes", "text": TEXT})
        page.goto(f"{home}/{made['id']}/edit")
        with page.expect_response("**/draft"):
            page.get_by_label("Text").press_sequentially("Kept words. ")
        page.goto(f"{home}/{made['id']}")
        page.get_by_role("link", name="Go on with it").click()
        assert "Kept words." in page.get_by_label("Text").input_value()
        page.get_by_role("button", name="Save a version").click()
        expect(page.locator("#paper")).to_contain_text("Kept words.")


def test_words_chosen_in_the_paper_are_what_a_comment_is_about(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("desk", "dark", "en")) as page:
        company, home = _firm(page)
        made = _made(page, "", {"companyId": company, "title": "Minutes", "text": TEXT})
        page.goto(f"{home}/{made['id']}")
        page.locator("#paper p").first.select_text()
        expect(page.get_by_label("About these words")).to_have_value(TEXT.splitlines()[2])
        page.get_by_label("Say something").fill("Which branch?")
        page.locator("#comments").get_by_role("button", name="Send").last.click()
        expect(page.locator("blockquote.quoted")).to_have_text(TEXT.splitlines()[2])
        assert page.evaluate("CSS.highlights.get('quoted').size") == 1
        assert barriers(page) == []
