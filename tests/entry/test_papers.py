"""Papers at the shell: the templates there are, whether they are whole, one of them filled in."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from complianceai.entry.cli import app

runner = CliRunner()


def test_templates_are_listed() -> None:
    listed = json.loads(runner.invoke(app, ["templates", "list", "--format", "json"]).stdout)
    assert "nda-mutual" in {row["id"] for row in listed}
    assert "nda-mutual" in runner.invoke(app, ["templates", "list"]).stdout


def test_templates_are_checked() -> None:
    done = runner.invoke(app, ["templates", "check", "nda-mutual"])
    assert (done.exit_code, done.stdout) == (0, "1 templates, 0 faults\n")
    done = runner.invoke(app, ["templates", "check", "no-such"])
    assert (done.exit_code, done.stderr) == (1, "there is no template called no-such\n")


@pytest.mark.parametrize(
    ("form", "start"), [("text", b"# "), ("html", b"<article"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_paper_is_drafted(tmp_path: Path, form: str, start: bytes) -> None:
    file = tmp_path / "paper"
    done = runner.invoke(app, ["draft", "nda-mutual", "--format", form, "-o", str(file)])
    assert done.exit_code == 0, done.stderr
    assert file.read_bytes().startswith(start)


def test_faulty_answers_are_told_one_a_line(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("answers: {nonsense: 1}\n")
    done = runner.invoke(app, ["draft", "nda-mutual", "--answers", str(answers)])
    assert done.exit_code == 1
    assert "answers.nonsense: This template asks nothing of that name; leave it out." in done.stderr
    answers.write_text("[1]")
    assert (
        "answers: this key is missing"
        in runner.invoke(app, ["draft", "nda-mutual", "--answers", str(answers)]).stderr
    )
    assert "no template called" in runner.invoke(app, ["draft", "no-such"]).stderr
