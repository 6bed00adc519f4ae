"""The assistant without a model: the worked questions, and what it must never do."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from complianceai import catalogue
from complianceai.assistant import answer_as_plain, ask
from complianceai.assistant.evaluation import judge_answer

QUESTIONS = json.loads((Path(__file__).parent / "worked-questions.json").read_text())["questions"]
ON = date(2026, 11, 25)
LLP = {"entity_type": "llp", "state": "MH"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each["id"])
def test_the_worked_questions_are_answered_right_and_cited(question: dict[str, Any]) -> None:
    law = catalogue.load()
    answer = ask(
        law,
        question["question"],
        on=date.fromisoformat(question["on"]),
        profile=question.get("profile"),
        history=question.get("history", ()),
    )
    judged = judge_answer(law, question, answer)
    assert not judged.faults, answer.text
    assert judged.cites_right


@pytest.mark.parametrize(
    "nonsense",
    ["", "?", "aaaa bbbb cccc", "🙂🙂🙂", "a" * 1000, "138 138 138", "'; drop table people; --", "{{7*7}}", "\x00\x01",
     "कखग घङच", "31/02/2026", "Form Form Form", "99999999999999999999 crore crore"],
)  # fmt: skip
def test_whatever_is_asked_an_answer_comes_and_nothing_breaks(nonsense: str) -> None:
    answer = ask(catalogue.load(), nonsense, on=ON, profile=LLP)
    assert answer.text
    assert answer.refused or answer.sources


def test_every_sentence_about_the_law_rests_on_a_rule_that_is_cited() -> None:
    law = catalogue.load()
    for question in QUESTIONS:
        answer = ask(law, question["question"], on=date.fromisoformat(question["on"]))
        cited = {identity for identity, _ in answer.sources}
        for sentence in answer.sentences:
            assert answer.refused or answer.needs or set(sentence.rests_on) <= cited
            assert answer.refused or answer.needs or sentence.rests_on, sentence


def test_an_answer_tells_other_programs_its_numbers_and_where_they_are_from() -> None:
    plain = answer_as_plain(ask(catalogue.load(), "When is GSTR-9 due?", on=ON))
    assert {"kind": "due_date", "value": "2026-12-31", "from": "gst-gstr-9"} in plain["facts"]
    assert plain["citations"][0]["url"].startswith("https://")
    assert plain["provider"] == "simple"


def test_a_hindi_question_is_answered_in_hindi_with_the_same_rule() -> None:
    law = catalogue.load()
    hindi, english = ask(law, "जीएसटीआर-9 कब भरना है?", on=ON), ask(law, "When is GSTR-9 due?", on=ON)
    assert "तारीख" in hindi.text
    assert set(hindi.sources) == set(english.sources)
    assert hindi.facts == english.facts
