"""The pages of documents: drafted, edited, compared, shared and talked about, without a script."""

import re

import pytest
from httpx import AsyncClient

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe
from tests.workspace.papers import OTHER, TEXT, read, saved, written


async def base_of(client: AsyncClient) -> tuple[str, str]:
    company = await describe(client)
    return company, f"/app/companies/{company}/documents"


async def test_a_document_is_written_read_edited_and_compared(house: House) -> None:
    asha = await house.register(ASHA)
    _, home = await base_of(asha)
    assert "No document yet" in (await asha.get(home)).text
    made = await asha.post(f"{home}/write", data={"title": "Bank account", "text": TEXT})
    assert made.status_code == 303, made.text
    here = made.headers["location"]
    shown = (await asha.get(here)).text
    assert '<h1 class="paper-title">Resolution</h1>' in shown
    editor = (await asha.get(f"{here}/edit")).text
    assert "The Board met at Pune" in editor
    assert (await asha.post(f"{here}/draft", data={"base": "1", "text": "# Half"})).status_code == 204
    assert "did not save" in (await asha.get(here)).text
    assert "# Half" in (await asha.get(f"{here}/edit")).text
    looked = await asha.post(f"{here}/edit", data={"base": "1", "text": OTHER, "deed": "look"})
    assert looked.status_code == 200
    assert "met at Nashik" in looked.text
    assert (
        await asha.post(f"{here}/edit", data={"base": "1", "text": OTHER, "note": "City"})
    ).status_code == 303
    again = await asha.get(here)
    assert "City" in again.text
    assert "did not save" not in again.text
    compared = (await asha.get(f"{here}/compare", params={"from": 1, "to": 2})).text
    assert re.search(r"<del[^>]*>Pune</del>", compared)
    assert re.search(r"<ins[^>]*>Nashik</ins>", compared)
    assert "Pune" in (await asha.get(here, params={"version": 1})).text
    assert (await asha.post(f"{here}/versions/1/restore", data={"base": "2"})).status_code == 303
    assert "Restored from version 1" in (await asha.get(here)).text
    listed = (await asha.get(home, params={"q": "pune"})).text
    assert "Bank account" in listed
    assert "Nothing found" in (await asha.get(home, params={"q": "nashik"})).text


async def test_two_at_once_are_shown_both_sides_and_the_slower_loses_nothing(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company, home = await base_of(asha)
    await house.join(bilal, company, Role.PREPARER)
    document = await written(asha, company)
    await saved(asha, document, OTHER)
    mine = TEXT.replace("opened", "closed")
    late = await bilal.post(f"{home}/{document}/edit", data={"base": "1", "text": mine})
    assert late.status_code == 409
    assert "saved version 2 while you edited version 1" in late.text
    for words in ("Nashik</ins>", "closed</ins>", 'name="base" value="2"', mine.strip().splitlines()[-1]):
        assert words in late.text, words
    both = OTHER.replace("opened", "closed")
    assert (await bilal.post(f"{home}/{document}/edit", data={"base": "2", "text": both})).status_code == 303


async def test_what_cannot_be_done_is_said_on_the_page(house: House) -> None:
    asha = await house.register(ASHA)
    company, home = await base_of(asha)
    document = await written(asha, company)
    here = f"{home}/{document}"
    for path, data, words in (
        ("edit", {"base": "1", "text": TEXT}, "This is exactly what version 1 says"),
        ("edit", {"base": "1", "text": "# A\n\n[[nowhere]]"}, "Line 3"),
        ("steps", {"step": "approve"}, "cannot take the step"),
        ("steps", {"step": "nonsense"}, "Something needs another look"),
        ("comments", {"comment": ""}, "Something needs another look"),
        ("comments", {"comment": "x", "quote": "no such words"}, "stand 0 times"),
        ("suggestions", {"old_words": "no such words"}, "stand 0 times"),
        ("details", {"title": ""}, "Something needs another look"),
        ("details", {"title": "A", "expires_on": "yesterday"}, "This must be a date"),
        ("versions/1/restore", {}, "This is exactly what version 1 says"),
        ("upload", {}, "No file came with it"),
        ("links", {"days": "0"}, "Something needs another look"),
        ("links", {"days": "soon"}, "This must be a whole number"),
        ("shares", {"whom": "person:x", "level": "view"}, "Something needs another look"),
    ):
        reply = await asha.post(f"{here}/{path}", data=data)
        assert reply.status_code in {409, 422}, (path, data, reply.status_code)
        assert words in reply.text, (path, data)
    assert (await read(asha, document))["version"] == 1
    for path in ("nonsense", "nonsense/edit", f"{document}/shares/x/remove"):
        method = "POST" if path.endswith("remove") else "GET"
        assert (await asha.request(method, f"{home}/{path}")).status_code == 404, path


async def test_words_are_said_about_and_changed_as_suggested(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company, home = await base_of(asha)
    await house.join(bilal, company, Role.REVIEWER)
    document = await written(asha, company)
    here = f"{home}/{document}"
    said = {"comment": "Which branch, @Asha?", "quote": "with the   bank"}
    assert (await bilal.post(f"{here}/comments", data=said)).status_code == 303
    shown = (await asha.get(here)).text
    assert '<blockquote class="quoted small">with the bank</blockquote>' in shown
    assert f"Calls {ASHA.name}" in shown
    comment = re.findall(r"/comments/([0-9a-f-]+)/resolve", shown)[0]
    assert (
        await asha.post(f"{here}/comments", data={"comment": "Camp", "parent": comment})
    ).status_code == 303
    assert (await asha.post(f"{here}/comments/{comment}/resolve")).status_code == 303
    assert f"Settled by {ASHA.name}" in (await bilal.get(here)).text
    words = {"old_words": "the bank", "new_words": "Bharat Bank", "why": "Name it"}
    assert (await bilal.post(f"{here}/suggestions", data=words)).status_code == 303
    accept = re.findall(r"/suggestions/[0-9a-f-]+/accept", (await asha.get(here)).text)[0]
    assert (await asha.post(f"{here}{accept}")).status_code == 303
    current = (await read(asha, document))["current"]
    assert (current["number"], current["note"]) == (2, f"{BILAL.name}: Name it")
    assert "an account with Bharat Bank." in current["text"]
    assert "accepted by Asha Rao in version 2" in (await bilal.get(here)).text
    # Whose words it now holds can no longer approve it.
    await asha.post(f"{here}/steps", data={"step": "submit"})
    assert (await bilal.post(f"{here}/steps", data={"step": "approve"})).status_code == 403
    activity = (await asha.get(f"{here}/activity")).text
    for deed in ("looked at it", "suggested other words", "accepted a suggestion", "settled a comment"):
        assert deed in activity


async def test_a_template_is_found_asked_and_made_with_nothing_but_forms(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, entity_type="private_limited")
    home = f"/app/companies/{company}/documents"
    found = (await asha.get(f"{home}/new", params={"q": "bank account"})).text
    assert "board-resolution-bank-account" in found
    here = f"{home}/new/nda-mutual"
    page = (await asha.get(here)).text
    assert "The paper so far" in page
    refused = await asha.post(here, data={"deed": "make"})
    assert refused.status_code == 422
    assert "This has to be answered." in refused.text
    assert "Begun and not finished" in (await asha.get(home)).text
    one = (await asha.get(here, params={"ask": "x"})).text
    assert "Question 1 of" in one


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_every_page_of_documents_is_shown_in_either_language(house: House, language: str) -> None:
    asha = await house.register(ASHA)
    asha.cookies.set("language", language)
    company, home = await base_of(asha)
    document = await written(asha, company)
    for path in ("", "/new", "/write", "/upload", "/particulars", "/chains", "/chains/director-appointed",
                 f"/{document}", f"/{document}/edit", f"/{document}/sharing", f"/{document}/activity"):  # fmt: skip
        reply = await asha.get(f"{home}{path}")
        assert reply.status_code == 200, (path, reply.text)
