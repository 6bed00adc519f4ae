"""Whatever anybody types, in whatever order and after whatever went before, an answer comes and nothing breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complianceai import catalogue
from complianceai.assistant import answer_as_plain, ask

ON = date(2026, 11, 25)
LAW = catalogue.load()
SHOP: dict[str, Any] = {"entity_type": "proprietorship", "state": "MH", "turnover": 9000000}
WORDS = (
    "gstr-3b", "gstr 1", "tds", "26q", "form", "16", "141", "when", "kab", "कब", "due", "late", "fee", "10 days",
    "12 din",
    "3 crore", "5 lakh", "Rs 1,00,000", "turnover", "employees", "14", "nil", "FY 2025-26", "31/03/2026", "30 Feb 2026",
    "in Delhi", "महाराष्ट्र", "LLP", "opc", "need", "changed", "still", "who signs", "and", "aur", "?", "…", "%",
    "100000000000", "years", "99999999999 years late", "agm on 30 sep", "q3", "next month", "interest",
    "professional tax", "lwf", "क्या",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ANYTHING = st.one_of(st.text(max_size=200), SENTENCES)
CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@CALM
@given(question=ANYTHING, history=st.lists(ANYTHING, max_size=2), company=st.sampled_from([None, SHOP]))
def test_any_text_gets_an_answer_that_rests_on_something_or_is_refused(
    question: str, history: list[str], company: dict[str, Any] | None
) -> None:
    answer = ask(LAW, question, on=ON, profile=company, history=history)
    assert answer.text.strip()
    assert answer.refused or answer.sources or answer.needs
    assert answer_as_plain(answer)["answer"] == answer.text


@CALM
@given(question=SENTENCES)
def test_the_same_question_is_answered_the_same_way(question: str) -> None:
    assert ask(LAW, question, on=ON).text == ask(LAW, question, on=ON).text


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2024, 2, 29), date(2099, 12, 31)])
def test_on_any_day_of_asking_an_answer_comes(day: date) -> None:
    for question in ("When is GSTR-9 due?", "gstr3b 10 days late, turnover 3 cr", "what should we do next?"):
        assert ask(LAW, question, on=day, profile=SHOP).text
