"""Redlines in words: accepting all gives the new version, rejecting all the old one, in each form."""

import io
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.drafting import read_leniently, templates
from complianceai.drafting.comparing import Redline, compare
from complianceai.drafting.redline_pages import redline_html
from complianceai.drafting.redline_prints import redline_pdf
from complianceai.drafting.redlines import redline_docx
from complianceai.drafting.rows import rows_of
from tests.drafting.drafts import CONTRACT, drafted

WHEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _pieces(old: str, new: str) -> list[tuple[str, str]]:
    (row,) = compare(old, new).rows
    return [(piece.change, piece.text) for piece in row.pieces]


def test_a_changed_word_is_the_change() -> None:
    assert _pieces("The fee is ten rupees a year.", "The fee is twelve rupees a year.") == [
        ("same", "The fee is "),
        ("removed", "ten"),
        ("added", "twelve"),
        ("same", " rupees a year."),
    ]


def test_words_of_hindi_are_whole_words() -> None:
    assert _pieces("शुल्क दस रुपये प्रति वर्ष है।", "शुल्क बारह रुपये प्रति वर्ष है।") == [
        ("same", "शुल्क "),
        ("removed", "दस"),
        ("added", "बारह"),
        ("same", " रुपये प्रति वर्ष है।"),
    ]


def test_what_is_alike_by_chance_between_two_changes_is_part_of_them() -> None:
    pieces = _pieces(
        "The provider delivers the whole work by the end of May without delay or cost.",
        "The provider delivers the whole work in the month of June without delay or cost.",
    )
    assert [text for change, text in pieces if change == "same"][1:] == [" without delay or cost."]


def test_a_new_clause_moves_the_numbers_after_it() -> None:
    new = CONTRACT.replace("## Fees", "## Term\n\n(#) One year.\n\n## Fees")
    redline = compare(CONTRACT, new, numbered=True)
    added = [row.kind for row in redline.rows if row.change == "added"]
    assert added == ["heading", "clause"]
    fees = next(row for row in redline.rows if any("Fees" in piece.text for piece in row.pieces))
    assert [(piece.change, piece.text) for piece in fees.pieces][:2] == [("removed", "2."), ("added", "3.")]


def test_a_change_of_look_is_a_change() -> None:
    assert _pieces("The **fee** is due on demand.", "The fee is due on demand.")[1:3] == [
        ("removed", "fee"),
        ("added", "fee"),
    ]


def test_nothing_changed_is_nothing_changed() -> None:
    redline = compare(CONTRACT, CONTRACT, numbered=True)
    assert redline.is_empty
    assert (redline.added, redline.removed) == (0, 0)


def test_words_are_counted() -> None:
    redline = compare("one two three four five", "one two 3 4 four five six")
    assert (redline.added, redline.removed) == (3, 1)


def _rows(text: str) -> list[str]:
    return [row.text for row in rows_of(read_leniently(text, numbered=True)[0], "en")]


def _settled(data: bytes, dropped: str) -> list[str]:
    """The paragraphs of a Word file with every change of one kind taken away, as Word settles them."""
    texts: list[str] = []
    pending = ""
    for paragraph in docx.Document(io.BytesIO(data)).element.body.iter(f"{W}p"):
        pending += "".join(_run(run) for run in paragraph.iter(f"{W}r") if run.getparent().tag != W + dropped)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{dropped}") is None:
            texts.append(pending)
            pending = ""
    return texts[:-1]


def _run(run: Any) -> str:
    said = {f"{W}t": None, f"{W}delText": None, f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join((said[each.tag] or each.text or "") for each in run if each.tag in said)


def _holds(redline: Redline, old: str, new: str) -> None:
    assert redline.accepted() == _rows(new)
    assert redline.rejected() == _rows(old)
    data = redline_docx(redline, "Asha & <co>", WHEN)
    assert _settled(data, "del") == _rows(new)
    assert _settled(data, "ins") == _rows(old)
    html = redline_html(redline)
    assert _shown(html, "del") == _bare("".join(_rows(new)))
    assert _shown(html, "ins") == _bare("".join(_rows(old)))


def _shown(html: str, dropped: str) -> str:
    """The words of a page without what stands in one kind of tag."""
    kept = re.sub(f"<{dropped}>.*?</{dropped}>", "", html, flags=re.DOTALL)
    return _bare(unescape(re.sub(r"<[^>]*>", "", kept)))


def _bare(text: str) -> str:
    return "".join(text.replace("\u2014", "").split())


_LINES = CONTRACT.split("\n")
_EDITS = st.lists(
    st.tuples(
        st.integers(0, len(_LINES) - 1), st.sampled_from(["drop", "double", "word", "swap", "shout", "empty"])
    ),
    max_size=8,
)


def _edited(edits: list[tuple[int, str]]) -> str:
    lines = list(_LINES)
    for at, edit in edits:
        line = lines[at % len(lines)]
        match edit:
            case "drop":
                lines.pop(at % len(lines))
            case "double":
                lines.insert(at % len(lines), line)
            case "word":
                lines[at % len(lines)] = f"{line} forthwith"
            case "swap":
                lines.append(lines.pop(at % len(lines)))
            case "shout":
                lines[at % len(lines)] = line.upper()
            case _:
                lines.insert(at % len(lines), "")
        lines = lines or [""]
    return "\n".join(lines)


@given(_EDITS, _EDITS)
def test_accepting_all_is_the_new_version_and_rejecting_all_the_old(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    old, new = _edited(first), _edited(second)
    _holds(compare(old, new, numbered=True), old, new)


@given(st.text(alphabet="ab \n#-|.*", max_size=80), st.text(alphabet="ab \n#-|.*", max_size=80))
def test_any_two_texts_are_compared(old: str, new: str) -> None:
    _holds(compare(old, new, numbered=True), old, new)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_redline_is_shown_as_pdf(language: str) -> None:
    text, _ = drafted(templates()[0], language)
    redline = compare(text, text.replace("\n\n", "\n\nforthwith ", 3), language=language)
    data = redline_pdf(redline, "Both versions")
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "forthwith" in words


def test_marks_of_a_page_stay_words() -> None:
    html = redline_html(compare("a", "<script>alert(1)</script> & b"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_table_stays_a_table_in_a_page_and_in_print() -> None:
    old = "| Item | Fee |\n| --- | --- |\n| Design | 10 |\n| Audit | 20 |\n"
    redline = compare(old, old.replace("10", "12").replace("| Audit | 20 |\n", ""))
    html = redline_html(redline)
    assert html.count("<table>") == 1
    assert "<td>Design</td><td><del>10</del><ins>12</ins></td>" in html
    assert '<tr class="redline-removed"><td><del>Audit</del></td><td><del>20</del></td></tr>' in html
    words = pypdf.PdfReader(io.BytesIO(redline_pdf(redline))).pages[0].extract_text()
    assert "Audit" in words
