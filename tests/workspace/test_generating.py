"""Papers drafted from templates: every template, by page and by program, and every refusal with its cure."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from httpx import AsyncClient

from complianceai import drafting
from complianceai.drafting import Template
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe
from tests.workspace.papers import DOCUMENTS, read

PARTICULARS = {
    "address": "Plot 14, MIDC Bhosari, Pune 411026",
    "signatory": "Asha Rao; Managing Director; 08123456",
    "directors": "Asha Rao; Managing Director; 08123456; Aundh\nBilal Khan; Director; 08123457; Kothrud",
    "members": "Asha Rao; 6000; Aundh, Pune\nBilal Khan; 4000; Kothrud, Pune",
    "email": "office@example.com",
    "cin": "U28999PN2019PTC184321",
    "pan": "aajcs4821k",
}
COMPANY = {
    "name": "Sahyadri Tools Private Limited",
    "entity_type": "private_limited",
    "state": "MH",
}


def plain(answers: Any) -> Any:
    return json.loads(json.dumps(answers, default=str))


async def company_of(client: AsyncClient) -> str:
    company = await describe(client, **COMPANY)
    reply = await client.post(f"/app/companies/{company}/documents/particulars", data=PARTICULARS)
    assert reply.status_code == 303, reply.text
    return company


async def generated(client: AsyncClient, company: str, template: str, answers: Any, **more: Any) -> Any:
    wish = {"templateId": template, "companyId": company, "userInputs": plain(answers), **more}
    return await client.post(f"{DOCUMENTS}/generate", json=wish)


async def test_every_template_is_drafted_from_its_example_in_each_of_its_languages(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    for template in drafting.templates():
        for language in template.languages:
            made = await generated(asha, company, template.id, template.example.answers, language=language)
            assert made.status_code == 201, (template.id, language, made.text)
            told = made.json()["data"]
            assert told["title"] == template.title[language]
            assert told["current"]["text"].strip(), template.id


async def test_a_paper_is_taken_along_as_pdf_docx_and_html(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    template = drafting.template("nda-mutual")
    made = (await generated(asha, company, template.id, template.example.answers)).json()["data"]
    place = f"{DOCUMENTS}/{made['id']}/versions/1/file"
    pdf = await asha.get(place, params={"format": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    archived = await asha.get(place, params={"format": "pdf", "archive": "true"})
    assert b"pdfaid" in archived.content
    docx = await asha.get(place, params={"format": "docx"})
    assert "word/document.xml" in ZipFile(BytesIO(docx.content)).namelist()
    html = await asha.get(place, params={"format": "html"})
    assert html.text.startswith("<!doctype html>")
    for reply in (pdf, docx, html):
        assert reply.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in reply.headers["content-security-policy"]
    text = made["current"]["text"].replace("confidential", "secret")
    body = {"baseVersion": 1, "text": text}
    assert (await asha.post(f"{DOCUMENTS}/{made['id']}/versions", json=body)).status_code == 201
    tracked = await asha.get(
        f"{DOCUMENTS}/{made['id']}/compare", params={"from": 1, "to": 2, "format": "docx"}
    )
    inside = ZipFile(BytesIO(tracked.content)).read("word/document.xml").decode()
    assert "<w:ins " in inside
    assert "<w:del " in inside
    shown = await asha.get(f"{DOCUMENTS}/{made['id']}/compare", params={"from": 1, "to": 2, "format": "pdf"})
    assert shown.content.startswith(b"%PDF-")
    told = [row["told"] for row in (await asha.get(f"{DOCUMENTS}/{made['id']}/activity")).json()["data"]]
    assert {"version": 1, "format": "docx"} in told


async def test_every_refusal_names_the_field_its_rule_and_the_cure(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    template = drafting.template("nda-mutual")
    needed = next(each.name for each in template.questions if each.required and not each.default)
    answers = {**plain(template.example.answers), needed: "", "nonsense": "1"}
    refused = await generated(asha, company, template.id, answers)
    assert refused.status_code == 422
    told = refused.json()["fields"]
    assert told[f"userInputs.{needed}"] == "This has to be answered."
    assert told["userInputs.nonsense"] == "This template asks nothing of that name; leave it out."
    for wish, field in (
        ({"companyId": "not-one"}, "companyId"),
        ({"templateId": "../etc"}, "templateId"),
        ({"userInputs": []}, "userInputs"),
        ({"language": "ta"}, "language"),
        ({"unknown": 1}, "unknown"),
    ):
        body = {"templateId": template.id, "companyId": company, "userInputs": {}, **wish}
        reply = await asha.post(f"{DOCUMENTS}/generate", json=body)
        assert (reply.status_code, set(reply.json()["fields"])) == (422, {field}), wish
        assert all(sentence.endswith(".") for sentence in reply.json()["fields"].values())
    missing = {"templateId": "no-such-paper", "companyId": company, "userInputs": {}}
    assert (await asha.post(f"{DOCUMENTS}/generate", json=missing)).status_code == 404
    page = await asha.post(f"/app/companies/{company}/documents/new/{template.id}", data={"deed": "make"})
    assert page.status_code == 422
    assert f'href="#f-{needed}"' in page.text


@pytest.mark.parametrize(
    "nonsense",
    [
        "\x00",
        "\ud800",
        "{{ 7 * 7 }}",
        "<script>alert(1)</script>",
        "x" * 30_000,
        [["a"]],
        {"a": {"b": {}}},
        1e308,
    ],
)
async def test_nonsense_is_refused_or_written_as_the_words_it_is(house: House, nonsense: Any) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    template = drafting.template("nda-mutual")
    name = next(each.name for each in template.questions if each.type == "text" and each.required)
    answers = {**plain(template.example.answers), name: nonsense}
    body = json.dumps({"templateId": template.id, "companyId": company, "userInputs": answers})
    sent = await asha.post(
        f"{DOCUMENTS}/generate", content=body.encode("utf-8", "surrogatepass"),
        headers={"content-type": "application/json"},
    )  # fmt: skip
    assert sent.status_code in {201, 422}, sent.text
    if sent.status_code == 201:
        document = sent.json()["data"]["id"]
        page = await asha.get(f"/app/companies/{company}/documents/{document}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        shown = sent.json()["data"]["current"]["text"]
        assert nonsense != "{{ 7 * 7 }}" or nonsense in shown.replace("\\", "")


async def test_a_version_is_drafted_anew_from_other_answers(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    template = drafting.template("nda-mutual")
    made = (await generated(asha, company, template.id, template.example.answers)).json()["data"]
    kept = made["current"]["userInputs"]
    name = next(each.name for each in template.questions if each.type == "text" and kept.get(each.name))
    body = {"baseVersion": 1, "userInputs": {**kept, name: "Konkan Castings LLP"}, "note": "New name"}
    again = await asha.post(f"{DOCUMENTS}/{made['id']}/versions", json=body)
    assert again.status_code == 201, again.text
    assert "Konkan Castings LLP" in again.json()["data"]["text"]
    assert (await read(asha, made["id"]))["version"] == 2


async def test_answers_are_kept_as_one_goes_and_only_their_own_person_sees_them(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await company_of(asha)
    await house.join(bilal, company, Role.PREPARER)
    here = f"/app/companies/{company}/documents/new/board-resolution-bank-account"
    question = next(
        each
        for each in drafting.template("board-resolution-bank-account").questions
        if each.type == "text" and each.required and not each.default
    )
    typed = {question.name: "Bharat Bank of Pune"}
    part = await asha.post(here, data=typed, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert part.text.count("Bharat Bank of Pune") >= 2  # in its field, and in the paper beside it
    assert "Bharat Bank of Pune" in (await asha.get(here)).text
    assert "Bharat Bank of Pune" not in (await bilal.get(here)).text
    assert (await asha.post(f"{here}/drop")).status_code == 303
    assert "Bharat Bank of Pune" not in (await asha.get(here)).text


async def test_one_question_at_a_time_leads_to_the_paper(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    template = drafting.template("nda-mutual")
    here = f"/app/companies/{company}/documents/new/{template.id}"
    answers = form_of(template)
    assert (await asha.post(here, data={**answers, "deed": "look"})).status_code == 200
    first = template.questions[0].name
    page = (await asha.post(here, data={"ask": first, "deed": "next"})).text
    assert "Question 2 of" in page
    back = (await asha.post(here, data={"ask": first, "deed": "before"})).text
    assert "Question 1 of" in back
    made = await asha.post(here, data={"deed": "make"})
    assert made.status_code == 303, made.text
    assert "Begun and not finished" not in (await asha.get(f"/app/companies/{company}/documents")).text


def form_of(template: Template) -> dict[str, Any]:
    """The example's answers as a browser's form has them."""
    form: dict[str, Any] = {}
    for name, value in plain(template.example.answers).items():
        if isinstance(value, dict):
            form |= {f"{name}.{part}": text for part, text in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for at, row in enumerate(value, 1):
                form |= {f"{name}.{at}.{part}": str(text) for part, text in row.items()}
        elif isinstance(value, bool):
            form[name] = "yes" if value else "no"
        else:
            form[name] = value
    return form


async def test_every_template_is_made_through_its_page(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    for template in drafting.templates():
        here = f"/app/companies/{company}/documents/new/{template.id}"
        assert (await asha.get(here)).status_code == 200, template.id
        made = await asha.post(here, data={**form_of(template), "in": "en", "deed": "make"})
        assert made.status_code == 303, (template.id, made.text[made.text.find("faults") :][:1500])


async def test_an_event_offers_all_its_papers_and_what_was_made_of_them(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    home = f"/app/companies/{company}/documents"
    template = next(each for each in drafting.templates() if "director-appointed" in each.chains)
    made = (await generated(asha, company, template.id, template.example.answers)).json()["data"]
    events = (await asha.get(f"{home}/chains")).text
    assert f"{home}/chains/director-appointed" in events
    page = (await asha.get(f"{home}/chains/director-appointed")).text
    papers = [each.id for each in drafting.templates() if "director-appointed" in each.chains]
    assert all(f"{home}/new/{each}" in page for each in papers)
    assert f"{home}/{made['id']}" in page
    assert (await asha.get(f"{home}/chains/no-such-event")).status_code == 404
    stats = (await asha.get(f"/api/companies/{company}/stats")).json()["data"]
    assert stats["documents"] == 1


async def test_what_one_paper_of_an_event_was_told_the_next_need_not_be_told_again(house: House) -> None:
    asha = await house.register(ASHA)
    company = await company_of(asha)
    first, second, name = _alike()
    answers = {**plain(first.example.answers), name: "Chandrika of Kolhapur"}
    assert (await generated(asha, company, first.id, answers)).status_code == 201
    page = (await asha.get(f"/app/companies/{company}/documents/new/{second.id}")).text
    assert "Chandrika of Kolhapur" in page


def _alike() -> tuple[Template, Template, str]:
    """Two papers of one event, and a question of text that both ask first and foremost."""
    found = [
        (one, other, each.name)
        for one in drafting.templates()
        for other in drafting.templates()
        if one.id != other.id and set(one.chains) & set(other.chains)
        for each in one.questions
        if each.type == "text" and not each.when and not each.pattern
        if any((each.name, each.type, "") == (two.name, two.type, two.when) for two in other.questions)
    ]
    return found[0]
