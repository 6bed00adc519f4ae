"""The command that puts a file of questions to the assistant and counts what it got right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complianceai.entry.cli.ask_law import Format, FormatOption, put_json
from complianceai.entry.cli.reading import Refused, day, document, law, refusals

if TYPE_CHECKING:
    from complianceai.assistant.evaluation import Judged

_COLUMNS = (
    ("questions", "questions"), ("right", "right"), ("wrong", "wrong"), ("wrongly_refused", "wrongly refused"),
    ("answered", "answered"), ("cited_right", "cited right"), ("unsupported_numbers", "unsupported numbers"),
    ("out_of_scope", "out of scope"), ("out_of_scope_refused", "of them refused"),
)  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("evaluate")(evaluate_command)


def evaluate_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Question files; docs/questions.md has their form."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    show: Annotated[bool, typer.Option("--wrong", help="Show each question that went wrong.")] = False,
    output: FormatOption = Format.TABLE,
) -> None:
    """Put questions to the assistant, offline, and count what was right, by kind and by language."""
    from complianceai.assistant.scoring import tally

    with refusals():
        judged = [found for path in files for found in _judged(path)]
    counts = tally(judged)
    if as_json or output is Format.JSON:
        put_json(
            {"files": list(map(str, files)), "groups": counts, "wrong": list(map(_as_plain, _wrong(judged)))}
        )
        return
    _print(counts)
    if show:
        for each in map(_as_plain, _wrong(judged)):
            typer.echo(
                f"\n{each['id']}: {each['question']}\n  {'; '.join(each['faults'])}\n  {each['answer']}"
            )


def _judged(path: Path) -> Iterator[Judged]:
    from complianceai.assistant import ask
    from complianceai.assistant.evaluation import judge_answer

    catalogue = law()
    for number, each in enumerate(_questions(path), start=1):
        where = f"{path}: question {each.get('id', number)}"
        answer = ask(
            catalogue,
            _text(where, each),
            on=day(f"{where}: on", str(each.get("on"))),
            profile=each.get("profile"),
            history=each.get("history", ()),
        )
        yield judge_answer(catalogue, each, answer)


def _questions(path: Path) -> list[Mapping[str, Any]]:
    held = document(path)
    found = held.get("questions") if isinstance(held, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Refused(f"{path}: questions: must be a list of questions; docs/questions.md has their form")
    return found


def _text(where: str, question: Mapping[str, Any]) -> str:
    text = question.get("question")
    if not isinstance(text, str) or not text.strip():
        raise Refused(f"{where}: question: must be a text")
    return text


def _wrong(judged: list[Judged]) -> Iterator[Judged]:
    return (each for each in judged if each.faults or not each.cites_right or each.unsupported)


def _as_plain(each: Judged) -> dict[str, Any]:
    unsupported = [f"nothing it cites has {figure}" for figure in each.unsupported]
    cited = [] if each.cites_right or each.answer.refused else ["cites none of what it should"]
    return {
        "id": each.question.get("id"),
        "question": each.question["question"],
        "faults": [*each.faults, *cited, *unsupported],
        "answer": each.answer.text,
    }


def _print(counts: Mapping[str, Mapping[str, Any]]) -> None:
    from rich.table import Table

    from complianceai.entry.cli.tables import new_console

    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("")
    for _, title in _COLUMNS:
        table.add_column(title, justify="right")
    table.add_column("share right", justify="right")
    for name, group in counts.items():
        table.add_row(name, *(str(group[key]) for key, _ in _COLUMNS), f"{group['share']:.1%}")
    new_console().print(table)
