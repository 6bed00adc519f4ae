"""The command `complianceai evaluate` as people and scripts use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from complianceai.entry.cli import app

QUESTIONS: list[dict[str, Any]] = [
    {"id": "a", "kind": "due", "style": "plain", "question": "When is GSTR-9 due?", "on": "2026-11-23",
     "must": [["--12-31"]], "cites": ["GSTR-9"]},
    {"id": "b", "kind": "due", "style": "hindi", "question": "जीएसटीआर-9 कब भरना है?", "on": "2026-11-23",
     "must": [["--12-30"]], "cites": ["GSTR-9"]},
    {"id": "c", "kind": "refuse", "style": "plain", "question": "How is the weather?", "on": "2026-11-23",
     "refuse": True},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.json"
    path.write_text(json.dumps({"questions": QUESTIONS}))
    return str(path)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments])


def test_programs_get_the_counts_by_kind_and_by_language(questions: str) -> None:
    found = json.loads(_run(questions, "--json").output)
    groups = found["groups"]
    assert (groups["all"]["questions"], groups["all"]["right"], groups["all"]["wrong"]) == (3, 2, 1)
    assert groups["language: Hindi"]["wrong"] == 1
    assert groups["kind: refuse"]["out_of_scope_refused"] == 1
    assert groups["all"]["unsupported_numbers"] == 0
    assert groups["all"]["cited_right"] == 2
    assert [each["id"] for each in found["wrong"]] == ["b"]
    assert json.loads(_run(questions, "--format", "json").output) == found


def test_people_get_a_table_and_on_request_each_question_that_went_wrong(questions: str) -> None:
    shown = _run(questions, "--wrong").output
    assert "66.7%" in shown
    assert "b: जीएसटीआर-9 कब भरना है?" in shown
    assert "says none of --12-30" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", "questions: must be a list"),
        ('{"questions": [{"id": "x", "on": "2026-01-01"}]}', "question: must be a text"),
        ('{"questions": [{"id": "x", "question": "When?", "on": "soon"}]}', "'soon' is not a date"),
        ("{", "neither YAML nor JSON"),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "faulty.json"
    path.write_text(text)
    done = _run(str(path))
    assert done.exit_code == 1
    assert said in done.output + done.stderr
