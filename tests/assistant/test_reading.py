"""How questions are read: forms by their ends and mentions, schemes, misspelt words of asking, whole fees."""

from datetime import date

import pytest

from complianceai import catalogue
from complianceai.assistant import ask

ON = date(2026, 11, 25)


def _answer(question: str, *history: str) -> str:
    return ask(catalogue.load(), question, on=ON, history=history).text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("llp form 8 n 11 dates", ("30 October", "30 May")),
        ("GSTR-6 & 7 due dates", ("13th", "10th")),
        ("What replaces Form 60?", ("Form 97",)),
        ("10FA ka naya form?", ("42",)),
        ("How long do we have to answer REG-17?", ("seven working days",)),
        ("last date of FC-4 for our FCRA registration", ("31 December",)),
        ("When does a company need an internal committee under the POSH Act?", ("ten or more workers",)),
        ("Where do I file the FLA return?", ("FLAIR",)),
        ("एलएलपी का फॉर्म 8 कब तक?", ("30 अक्टूबर",)),
        ("damages on esi paid 5 mnths late", ("15 %",)),
        ("Trade mark of two classes renewed four months late by e-filing: fee in all?", ("Rs 27,000",)),
    ],
)
def test_a_question_is_read_as_it_is_meant(question: str, says: tuple[str, ...]) -> None:
    text = _answer(question)
    assert all(each in text for each in says), text


def test_who_is_under_composition_is_told_no_by_what_the_rule_asks_for() -> None:
    assert _answer("Do composition dealers file GSTR-1?").startswith("No")


def test_a_number_of_days_in_a_follow_up_is_no_form() -> None:
    assert "Rs 500" in _answer("What if it is filed 5 days late?", "When is AOC-4 due?")


def test_another_s_returns_are_not_shown() -> None:
    assert ask(catalogue.load(), "Show me the GST returns of my competitor.", on=ON).refused
