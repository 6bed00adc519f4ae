"""Somebody without an account signs a paper in a browser, draws their name, and anybody looks at the sealed copy."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.mails import mail_to
from tests.journeys.test_documents import _firm, _made
from tests.support.mails import text_of
from tests.workspace.papers import TEXT


def _asked(page: Page, home: Path) -> tuple[str, str, str]:
    """The address of a document's signatures, the link of the one who is asked to sign it, and their mailbox."""
    company, documents = _firm(page)
    made = _made(page, "", {"companyId": company, "title": "Bank account", "text": TEXT})
    document, mailbox = str(made["id"]), f"chitra.{uuid4().hex[:8]}@example.com"
    _made(page, f"/{document}/steps", {"step": "settle"})
    _made(page, f"/{document}/signing", {"signers": [{"name": "Chitra Nair", "email": mailbox}]})
    link = re.search(r"/sign/[\w-]+", text_of(mail_to(home, mailbox, "Bank account")))
    assert link is not None
    return f"{documents}/{document}/signing", link[0], mailbox


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_of_signing_has_a_barrier(
    browser: Browser, live_server: str, live_home: Path, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        signing, link, _ = _asked(page, live_home)
        for path in (signing, link, "/papers/check"):
            page.goto(path)
            assert barriers(page) == [], path
            assert not is_too_wide(page), path


def test_a_name_is_drawn_the_paper_signed_sealed_and_looked_at(
    browser: Browser, live_server: str, live_home: Path
) -> None:
    with looking(browser, live_server, LOOKS[0]) as page:
        signing, link, mailbox = _asked(page, live_home)
        page.goto(link)
        page.get_by_role("button", name="Send the code").click()
        expect(page.get_by_text("A code is on its way")).to_be_visible()
        code = re.search(r"\b\d{6}\b", text_of(mail_to(live_home, mailbox, "is your code")))
        assert code is not None
        page.get_by_label("The code in the mail").fill(code[0])
        pad = page.locator("canvas").bounding_box()
        assert pad is not None
        page.mouse.move(pad["x"] + 20, pad["y"] + 20)
        page.mouse.down()
        page.mouse.move(pad["x"] + 200, pad["y"] + 60, steps=5)
        page.mouse.up()
        assert re.fullmatch(r"\d+,\d+( \d+,\d+)+", page.locator("input[name=drawn]").input_value())
        page.get_by_label("I have read it").check()
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text("You signed on")).to_be_visible()
        mail_to(live_home, mailbox, "Signed by all")
        page.goto(signing)
        with page.expect_download() as taken:
            page.get_by_role("link", name="The signed paper").click()
        page.goto("/papers/check")
        page.get_by_label("The PDF").set_input_files(str(taken.value.path()))
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_text("It is one of ours, and unchanged.")).to_be_visible()
