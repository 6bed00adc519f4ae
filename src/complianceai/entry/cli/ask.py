"""The command that answers a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import orjson
import typer

from complianceai.catalogue import Catalogue
from complianceai.entry.cli import batch
from complianceai.entry.cli.ask_law import BatchOption, Format, FormatOption, ProfileOption, put_json, today
from complianceai.entry.cli.reading import document, law, maybe_day, refusals

LONGEST_QUESTION = 1000


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("ask")(ask_command)


def ask_command(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="In English, Hindi or between the two.")
    ] = None,
    profile_path: ProfileOption = None,
    on: Annotated[str | None, typer.Option("--on", help="The day of asking; default: today.")] = None,
    output: FormatOption = Format.TABLE,
    batch_file: BatchOption = None,
) -> None:
    """Answer a question, with the law cited; no network, no key."""
    from complianceai.assistant import answer_as_plain, ask

    with refusals():
        if batch_file is not None:
            batch.run_and_tell(batch_file, answer_question(law(), today()))
            return
        if question is None:
            raise typer.BadParameter("give a question, or --batch FILE")
        raw = document(profile_path) if profile_path else None
        found = ask(law(), _checked(question), on=maybe_day("--on", on) or today(), profile=raw)
        if output is Format.JSON:
            put_json(answer_as_plain(found))
        else:
            from complianceai.entry.cli.tables import print_answer

            print_answer(found)


def answer_question(catalogue: Catalogue, default_day: date) -> batch.Answer:
    """Answers requests with a question."""
    from complianceai.assistant import answer_as_plain, ask

    def answer(request: batch.Request) -> bytes:
        found = ask(
            catalogue,
            _question(request),
            on=batch.maybe_day(request, "on") or default_day,
            profile=request.get("profile"),
            history=_history(request),
        )
        return orjson.dumps(answer_as_plain(found))

    return answer


def _checked(question: str) -> str:
    if not 0 < len(question.strip()) <= LONGEST_QUESTION:
        raise typer.BadParameter(f"a question has 1 to {LONGEST_QUESTION} characters")
    return question


def _question(request: batch.Request) -> str:
    question = request.get("question")
    if not isinstance(question, str) or not 0 < len(question.strip()) <= LONGEST_QUESTION:
        raise batch.LineFault("question", f"is a text of 1 to {LONGEST_QUESTION} characters")
    return question


def _history(request: batch.Request) -> Sequence[str]:
    history: Any = request.get("history") or []
    if not isinstance(history, list) or not all(isinstance(each, str) for each in history):
        raise batch.LineFault("history", "is a list of earlier questions, oldest first")
    return [each[:LONGEST_QUESTION] for each in history]
