"""Each packaged template, found by listing: whole in every language and in every branch."""

import io
import re
import zipfile
from datetime import date

import docx
import pypdf
import pytest

from complianceai.base.errors import Kind
from complianceai.drafting import (
    Style,
    UnknownTemplate,
    html_page,
    template,
    templates,
    write_docx,
    write_html,
    write_pdf,
)
from complianceai.drafting.clauses import topics
from complianceai.drafting.loading import FOLDER, folders
from complianceai.drafting.proving import faults_of
from complianceai.drafting.validation import faults_in
from tests.drafting.drafts import drafted

FOLDERS = folders(FOLDER)
NAMES = [folder.name for folder in FOLDERS]
LANGUAGES = ("en", "hi")


def test_there_are_templates() -> None:
    assert [each.id for each in templates()] == [
        each.id for each in sorted(templates(), key=lambda one: one.title["en"])
    ]
    assert {each.id for each in templates()} == set(NAMES) != set()


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_whole_in_each_language_and_each_branch(name: str) -> None:
    assert faults_of(FOLDER / name, date(2026, 11, 25)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_what_law_it_rests_on_and_when_that_was_read(name: str) -> None:
    assert template(name).law
    for law in template(name).law:
        assert law.url.startswith("http")
        assert date.fromisoformat(law.checked) <= date(2026, 11, 25)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_its_example_is_made_as_html_word_and_pdf(name: str, language: str) -> None:
    text, paper = drafted(template(name), language)
    assert paper.title
    style = Style(language=language, letterhead="Sahyadri Tools Private Limited\nPune")
    html = write_html(paper, language)
    assert html.startswith(f'<article class="paper" lang="{language}">')
    word = docx.Document(io.BytesIO(write_docx(paper, style)))
    assert paper.title in "\n".join(each.text for each in word.paragraphs)
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(paper, style))).pages
    assert 1 <= len(pages) <= 40
    assert "{{" not in text


@pytest.mark.parametrize("name", NAMES)
def test_its_pdf_can_be_one_for_archives(name: str) -> None:
    _, paper = drafted(template(name), "hi")
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(paper, Style(language="hi", pdfa=True))))
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert "pdfaid" in metadata.stream.get_data().decode()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_each_clause_of_the_library_has_a_note_and_both_languages() -> None:
    assert topics()
    for topic in topics().values():
        assert topic.clauses
        for clause in topic.clauses:
            for words in (topic.title, clause.title, clause.use, clause.text):
                assert words["en"].strip(), clause
                assert words["hi"].strip(), clause


def test_an_unknown_template_is_missing() -> None:
    with pytest.raises(UnknownTemplate) as refused:
        template("no-such-thing")
    assert refused.value.kind is Kind.MISSING
    assert str(refused.value) == "There is no template called no-such-thing."


def test_a_template_of_the_wrong_shape_is_told_by_its_key() -> None:
    words = {"en": "A", "hi": "अ"}
    question = {"name": "a", "type": "text", "label": words}
    raw = {
        "title": words,
        "summary": words,
        "kind": "poem",
        "law": [],
        "groups": [{"title": words, "questions": [{**question, "type": "table"}, {**question, "name": "B"}]}],
    }
    faults = "\n".join(faults_in("templates/x", raw))
    assert "templates/x: kind" in faults
    assert "templates/x: law" in faults
    assert "templates/x: groups.0.questions.0" in faults
    assert "templates/x: groups.0.questions.1.name" in faults


def test_two_questions_of_one_name_and_an_end_that_nobody_asks_are_told() -> None:
    words = {"en": "A", "hi": "अ"}
    law = {
        "act": "An Act",
        "section": "1",
        "about": "this",
        "url": "https://example.in",
        "checked": "2026-11-25",
    }
    question = {"name": "a", "type": "text", "label": words}
    raw = {
        "title": words,
        "summary": words,
        "kind": "letter",
        "law": [law],
        "expires": "b",
        "groups": [{"title": words, "questions": [question, question]}],
    }
    assert list(faults_in("x", raw)) == [
        "x: a: two questions bear this name",
        "x: expires: no question is called 'b'",
    ]


def test_the_files_of_word_carry_no_thumbnail_and_are_the_same_for_the_same_paper() -> None:
    _, paper = drafted(templates()[0], "en")
    first, second = write_docx(paper, Style()), write_docx(paper, Style())
    assert first == second
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert not [name for name in names if "thumbnail" in name]


def test_a_page_of_its_own_fetches_and_runs_nothing() -> None:
    _, paper = drafted(templates()[0], "hi")
    page = html_page(write_html(paper, "hi"), "hi", "<b>A & B</b>")
    assert page.startswith('<!doctype html>\n<html lang="hi">')
    assert "<title>&lt;b&gt;A &amp; B&lt;/b&gt;</title>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|url\(|@import|https?://", page)
