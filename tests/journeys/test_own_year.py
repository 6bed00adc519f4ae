"""From nothing to one's own year, as a new user goes."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon-Ledger!7"


def sign_up(page: Page) -> None:
    page.goto("/register")
    page.get_by_label("Name").fill("Asha Rao")
    page.get_by_label("E-mail").fill(f"asha-{uuid4().hex[:10]}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/app**")


def answer(page: Page, question: str, choice: str) -> None:
    page.get_by_role("group", name=question).get_by_text(choice, exact=True).click()


def describe(page: Page) -> None:
    page.goto("/app/companies/new")
    page.get_by_label("GSTIN", exact=True).first.fill("29AABCU9603R1ZJ")
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator("#interview").get_by_text("The number is sound")).to_be_visible()
    page.get_by_label("Name of the business").fill("Nandi Software Private Limited")
    page.get_by_label("How does it file there?").select_option("regular")
    page.get_by_label("Turnover of the last financial year").fill("8.4 crore")
    answer(page, "Does anybody work for it as an employee?", "No")
    answer(page, "Does it deduct tax from what it pays", "Yes")
    page.get_by_role("group", name="From which payments?").get_by_text("Rent", exact=True).click()
    answer(page, "Does any money or do any goods cross the border", "I do not know")
    page.get_by_role("button", name="Save and see the year").click()


def unfold_questions(page: Page) -> None:
    """Shows all open questions; the first few stand open, how many there are is the law's doing."""
    folded = page.locator("details.more:not([open]) > summary")
    while folded.count():
        folded.first.click()


@pytest.fixture
def owner(page: Page) -> Page:
    """A page signed in as somebody who has just described a company, standing at its year."""
    sign_up(page)
    describe(page)
    page.wait_for_url("**/app/companies/*-*")
    return page


def test_a_gstin_and_a_few_answers_lead_to_ones_own_year(owner: Page) -> None:
    expect(owner.get_by_role("heading", level=1)).to_have_text("Nandi Software Private Limited")
    expect(owner.locator("a.due", has_text="GSTR-3B").first).to_be_visible()
    assert barriers(owner) == []
    unfold_questions(owner)
    open_question = owner.get_by_text("Does any money or do any goods cross the border")
    expect(open_question.first).to_be_visible()


def test_answering_an_open_question_closes_it(owner: Page) -> None:
    question = "Does any money or do any goods cross the border"
    unfold_questions(owner)
    owner.get_by_role("link", name=question).click()
    expect(owner.get_by_role("group", name=question)).to_be_in_viewport()
    answer(owner, question, "No")
    owner.get_by_role("button", name="Save and see the year").click()
    owner.wait_for_url("**/app/companies/*-*")
    expect(owner.get_by_text(question)).to_have_count(0)


def test_only_what_follows_is_asked(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")
    capital = page.get_by_label("Paid-up share capital")
    expect(capital).to_be_hidden()
    page.get_by_label("What kind of business is it?").select_option("private_limited")
    expect(capital).to_be_visible()
    page.get_by_label("What kind of business is it?").select_option("llp")
    expect(capital).to_be_hidden()
    expect(page.get_by_label("The partners' contribution, together")).to_be_visible()


def test_the_questions_stand_one_under_another(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")
    boxes = [each.bounding_box() for each in page.locator("#interview > section:visible").all()]
    sides = {(round(box["x"]), round(box["width"])) for box in boxes if box}
    assert len(boxes) > 5
    assert len(sides) == 1


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_mend(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")
    page.get_by_label("Name of the business").fill("Kaveri & Sons")
    page.get_by_label("Turnover of the last financial year").fill("plenty")
    page.get_by_label("What kind of business is it?").select_option("partnership")
    page.get_by_role("button", name="Save and see the year").click()
    expect(page.get_by_role("alert")).to_contain_text("is not an amount")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Name of the business")).to_have_value("Kaveri & Sons")
    expect(page.get_by_label("Turnover of the last financial year")).to_have_value("plenty")
    assert barriers(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Turnover of the last financial year")).to_be_focused()


def test_a_complete_gstin_fills_in_the_form_while_it_is_typed(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")
    page.get_by_label("GSTIN", exact=True).first.press_sequentially("29AABCU9603R1ZJ")
    expect(page.get_by_label("In which State is its registered office?")).to_have_value("KA")
    expect(page.locator("#said")).to_contain_text("The number is sound")
    expect(page.get_by_label("GSTIN", exact=True).first).to_be_focused()


def test_what_is_typed_while_the_form_is_fetched_anew_is_kept(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")

    def late(route: Route) -> None:
        page.get_by_label("Name of the business").fill("Typed meanwhile")
        page.get_by_role("group", name="Does anybody work").get_by_text("No", exact=True).click()
        route.continue_()

    page.route("**/questions", late)
    page.get_by_label("GSTIN", exact=True).first.fill("29AABCU9603R1ZJ")
    expect(page.get_by_label("In which State is its registered office?")).to_have_value("KA")
    expect(page.get_by_label("Name of the business")).to_have_value("Typed meanwhile")
    expect(page.locator('[name="employs"][value="no"]')).to_be_checked()


def test_a_wrong_gstin_is_told_at_once(page: Page) -> None:
    sign_up(page)
    page.goto("/app/companies/new")
    page.get_by_label("GSTIN", exact=True).first.fill("29AABCU9603R1ZM")
    page.get_by_role("button", name="Fill in").click()
    expect(page.get_by_text("The last letter does not fit the rest").first).to_be_visible()


def test_the_interview_works_without_scripts(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    sign_up(page)
    describe(page)
    page.wait_for_url("**/app/companies/*-*")
    expect(page.locator("a.due", has_text="GSTR-3B").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_interview_and_the_year_have_no_barriers(
    browser: Browser, live_server: str, owner: Page, look: Look
) -> None:
    year = owner.url
    cookies = [
        dict(cookie) for cookie in owner.context.cookies() if cookie["name"] not in {"language", "theme"}
    ]
    with looking(browser, live_server, look, cookies) as page:
        for path in (year, f"{year}?view=list", f"{year}/edit?open=rare", "/app/companies/new", "/app"):
            page.goto(path)
            assert barriers(page) == []
            assert not is_too_wide(page)
