"""A document answered again: its interview opens with the kept answers, and what is saved is its next version."""

from httpx import AsyncClient

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe
from tests.workspace.own.test_own import ANSWERS, QUESTIONS, brought, generated, made, word
from tests.workspace.papers import read, saved, written


async def _made(client: AsyncClient, company: str) -> tuple[str, str]:
    own = await made(client, company, questions=QUESTIONS)
    document = (await generated(client, company, own["id"], ANSWERS))["id"]
    return document, f"/app/companies/{company}/documents/{document}"


async def test_the_answers_are_there_and_changing_one_makes_a_version(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    document, here = await _made(asha, company)
    assert f'href="{here}/answers"' in (await asha.get(here)).text
    shown = (await asha.get(f"{here}/answers")).text
    assert 'value="50000"' in shown
    assert "Save a version" in shown
    # What is typed is kept for whoever types it, and is no version.
    typed = await asha.post(f"{here}/answers", data={"pay": "70000", "base": "1", "deed": "look"})
    assert typed.status_code == 200
    assert 'value="70000"' in (await asha.get(f"{here}/answers")).text
    assert (await read(asha, document))["version"] == 1
    bad = await asha.post(f"{here}/answers", data={"pay": "much", "base": "1", "deed": "make"})
    assert bad.status_code == 422
    done = await asha.post(f"{here}/answers", data={"pay": "70000", "base": "1", "deed": "make"})
    assert done.status_code == 303, done.text
    current = (await read(asha, document))["current"]
    assert (current["number"], current["userInputs"]["pay"], current["templateVersion"]) == (2, "70000", 1)
    assert "₹70,000" in current["text"]
    same = await asha.post(f"{here}/answers", data={"base": "2", "deed": "make"})
    assert same.status_code == 409
    assert "Begun and not finished" not in (await asha.get(f"/app/companies/{company}/documents")).text
    assert (await asha.post(f"{here}/answers/drop")).status_code == 303


async def test_words_changed_by_hand_are_warned_of_and_whoever_was_faster_is_not_written_over(
    house: House,
) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    document, here = await _made(asha, company)
    await saved(bilal, document, "# Offer\n\nBy hand.\n")
    shown = (await asha.get(f"{here}/answers")).text
    assert "Since version 1 words were changed by hand" in shown
    late = await asha.post(f"{here}/answers", data={"pay": "70000", "base": "1", "deed": "make"})
    assert late.status_code == 409
    assert "saved version 2 while you edited version 1" in late.text
    assert (await read(asha, document))["version"] == 2
    assert (await asha.post(f"{here}/answers", data={"base": "2", "deed": "make"})).status_code == 303
    assert "₹70,000" in (await read(asha, document))["current"]["text"]


async def test_a_word_paper_is_answered_again_and_a_text_of_ones_own_is_not(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    own = (await brought(asha, company, word("Dear {{ name }}"))).json()["data"]
    paper = (await generated(asha, company, own["id"], {"name": "Asha"}))["id"]
    home = f"/app/companies/{company}/documents"
    assert "Dear Asha" in (await asha.get(f"{home}/{paper}/answers")).text
    assert (
        await asha.post(f"{home}/{paper}/answers", data={"name": "Bilal", "deed": "make"})
    ).status_code == 303
    assert (await read(asha, paper))["version"] == 2
    assert (await bilal.get(f"{home}/{paper}/answers")).status_code == 403
    free = await written(asha, company)
    assert (await asha.get(f"{home}/{free}/answers")).status_code == 409
    assert f"{free}/answers" not in (await asha.get(f"{home}/{free}")).text
