"""From marked-up text to a paper: numbers, references, and faults by line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.drafting import FaultyText, Style, read, read_leniently, write_docx, write_html, write_pdf
from complianceai.drafting.linting import lint
from complianceai.drafting.numbering import letter
from complianceai.drafting.paper import (
    Box,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Signatures,
    Table,
    plain,
)  # fmt: skip
from tests.drafting.drafts import CONTRACT


def _numbers(text: str) -> list[tuple[str, str]]:
    return [
        (block.number, plain(block.spans))
        for block in read(text, numbered=True).blocks
        if isinstance(block, Heading | Paragraph) and block.number
    ]


def test_headings_and_paragraphs_are_numbered() -> None:
    assert _numbers(CONTRACT) == [
        ("1", "Services"),
        ("1.1", "The provider does what clause 2 pays for."),
        ("1.2", "The services are:"),
        ("1.3", "More under clause 1.2 and clause 1.2(b)."),
        ("2", "Fees"),
    ]


def test_points_are_lettered_in_a_numbered_paper_and_bullets_elsewhere() -> None:
    text = "- one\n- two\n\n- three\n  - deep\n"
    numbered, plain_list = (read(text, each).blocks[0] for each in (True, False))
    assert isinstance(numbered, Items)
    assert isinstance(plain_list, Items)
    assert [item.label for item in numbered.items] == ["(a)", "(b)", "(c)"]
    assert numbered.items[2].within[0].items[0].label == "(i)"
    assert [item.label for item in plain_list.items] == ["", "", ""]


def test_numbers_that_somebody_wrote_stay() -> None:
    (items,) = read("3. three\n4. four\n", numbered=False).blocks
    assert isinstance(items, Items)
    assert [item.label for item in items.items] == ["3.", "4."]


def test_paragraphs_of_a_paper_without_clauses_are_numbered_through() -> None:
    blocks = read("(#) one\n\n## Heading\n\n(#) two\n", numbered=False).blocks
    assert [block.number for block in blocks] == ["1", "", "2"]


def test_after_z_comes_aa() -> None:
    assert [letter(count) for count in (1, 26, 27, 52, 53)] == ["(a)", "(z)", "(aa)", "(az)", "(ba)"]


def test_every_kind_of_block_is_read() -> None:
    text = ":::right\nPune\n:::\n\n> **RESOLVED**\n> so\n\n---\n:::pagebreak\n\n"
    text += ":::keep\nkept\n\n:::centre\nmiddle\n:::\n:::\n"
    kinds = [type(block) for block in read(text, numbered=False).blocks]
    assert kinds == [Box, Quote, Rule, PageBreak, Box]


def test_places_to_sign_that_follow_one_another_stand_together() -> None:
    signatures = read(CONTRACT, numbered=True).blocks[-1]
    assert isinstance(signatures, Signatures)
    assert [each.is_witness for each in signatures.signatures] == [False, True]
    assert [line.key for line in signatures.signatures[0].lines] == ["for", "name", "date"]


def test_a_table_keeps_its_escaped_bars_and_its_alignment() -> None:
    table = next(each for each in read(CONTRACT, numbered=True).blocks if isinstance(each, Table))
    assert table.aligns == ("left", "right")
    assert plain(table.rows[1][0]) == "A | B"


def test_blanks_to_fill_in_stay_and_stars_are_looks() -> None:
    html = write_html(read("Name ______ is **bold** and *slanted* \\*so\\*.", numbered=False), "en")
    assert "Name ______ is <strong>bold</strong> and <em>slanted</em> *so*." in html


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\n\n:::signature\nname: x\n", 3, "never closed"),
        ("a\n\n:::\n", 3, "closes nothing"),
        ("a\n\n:::poem\nx\n:::\n", 3, "no block is called 'poem'"),
        ("# A\n\n# B\n", 3, "one title"),
        ("a\n\nsee [[there]]\n", 3, "refers to nothing"),
        ("## A {#a}\n\n## B {#a}\n", 3, "stands twice"),
        ("| a | b |\n| 1 | 2 |\n", 1, "second line of a table"),
        ("| a | b |\n| --- | --- |\n| 1 |\n", 3, "this row has 1 cells, the head has 2"),
        (":::signature\nAsha\n:::\n", 2, "reads `name: words`"),
    ],
)
def test_faults_are_told_by_line(text: str, line: int, says: str) -> None:
    with pytest.raises(FaultyText) as refused:
        read(text, numbered=True)
    assert any(fault.line == line and says in fault.says for fault in refused.value.faults)


def test_every_fault_is_told_at_once_and_the_rest_is_read() -> None:
    paper, faults = read_leniently("# A\n\n# B\n\n:::poem\n\nwords\n", numbered=False)
    assert [fault.line for fault in faults] == [3, 5]
    assert "words" in [plain(block.spans) for block in paper.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\n<b>bold</b>", 2, "HTML"),
        ("![x](y.png)", 1, "pictures"),
        ("see [this](https://example.in)", 1, "links"),
        ("{# note #}", 1, "comment"),
        ("a\n  :::right", 2, "start of its line"),
        ("a\n{% if x %}\nb", 3, "endif"),
        ("{{ x|nothing }}", 1, "nothing"),
        ("a\n\n{{ ", 3, "unexpected"),
    ],
)
def test_a_text_that_somebody_writes_is_looked_through_by_line(text: str, line: int, says: str) -> None:
    assert [(fault.line, says in fault.says) for fault in lint(text)] == [(line, True)]


@given(st.text(alphabet="#*-:>|[](){}~\\ \n\t.1a_é₹क", max_size=200), st.booleans())
def test_any_text_at_all_is_read_and_written(text: str, numbered: bool) -> None:
    paper, _ = read_leniently(text, numbered=numbered)
    assert write_html(paper, "hi").startswith("<article")


HEAVY = {
    "stars": "*" * 400_000,
    "quotations in quotations": ">" * 5000 + " x",
    "blocks in blocks": ":::keep\n" * 9000 + ":::\n" * 9000,
    "blocks that never end": ":::keep\n" * 19_000,
    "lines without end": "a\n" * 30_000,
    "a word without end": "_" * 400_000,
    "marks without end": "**a " * 5000,
    "points in points": "\n".join("  " * depth + "- a" for depth in range(600)),
    "references": "[[a]] " * 300 + "\n",
    "cells": "| a " * 500 + "|\n" + "| - " * 500 + "|\n",
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_a_text_meant_to_weigh_is_read_in_no_time_or_refused_by_line(text: str) -> None:
    start = time.process_time()
    paper, faults = read_leniently(text, numbered=True)
    assert faults or paper.blocks
    assert time.process_time() - start < 3


def test_nothing_is_a_paper_too() -> None:
    paper = read("", numbered=False)
    assert write_html(paper, "en").startswith("<article")
    assert write_pdf(paper, Style()).startswith(b"%PDF")
    assert write_docx(paper, Style()).startswith(b"PK")
