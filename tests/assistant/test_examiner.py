"""Questions by somebody who never saw the assistant's code, from the facts of law alone; no release may answer worse.

The first answer ever given to them was right in 77 of 100; the sentences and words were mended by what they showed, so
the share below is no promise about questions that nobody has seen yet.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from complianceai import catalogue
from complianceai.assistant import ask
from complianceai.assistant.evaluation import judge_answer
from complianceai.assistant.scoring import tally

QUESTIONS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "questions-examiner.json").read_text())[
    "questions"
]
LEAST_RIGHT, LEAST_CITED, LEAST_REFUSED = 0.82, 0.92, 1.0


def test_the_examiners_questions_are_answered_no_worse_than_before() -> None:
    law = catalogue.load()
    judged = [
        judge_answer(
            law,
            each,
            ask(
                law,
                each["question"],
                on=date.fromisoformat(each["on"]),
                profile=each.get("profile"),
                history=each.get("history", ()),
            ),
        )
        for each in QUESTIONS
    ]
    found = tally(judged)
    wrong = [f"{each.question['id']}: {', '.join(each.faults)}" for each in judged if each.faults]
    assert found["all"]["share"] >= LEAST_RIGHT, wrong
    assert found["all"]["cited_right"] >= LEAST_CITED * found["all"]["answered"]
    assert found["kind: refuse"]["share"] >= LEAST_REFUSED
