"""Papers: the templates there are, whether they are whole, and one of them filled in."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from complianceai.entry.cli.ask_law import Format, FormatOption, put_json, today
from complianceai.entry.cli.reading import Refused, document, refusals


class PaperFormat(StrEnum):
    """What a paper can be written as."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="The templates of papers.", no_args_is_help=True)
    tools.command("list")(list_command)
    tools.command("check")(check_command)
    app.add_typer(tools, name="templates")
    app.command("draft")(draft_command)


def list_command(output: FormatOption = Format.TABLE) -> None:
    """Every template: its name, its kind and what it is."""
    from complianceai.drafting import templates

    rows = [{"id": each.id, "kind": each.kind, "title": each.title["en"]} for each in templates()]
    if output is Format.JSON:
        put_json(rows)
        return
    for row in rows:
        print(f"{row['id']:<36} {row['kind']:<14} {row['title']}")


def check_command(
    ids: Annotated[list[str] | None, typer.Argument(help="Only these templates.")] = None,
) -> None:
    """Every fault of the templates, in each language and each branch."""
    from complianceai.drafting.loading import FOLDER, folders
    from complianceai.drafting.proving import survey

    wanted = tuple(ids or ())
    if unknown := sorted(set(wanted) - {folder.name for folder in folders(FOLDER)}):
        print(f"there is no template called {', '.join(unknown)}", file=sys.stderr)
        sys.exit(1)
    faults = list(survey(today(), only=wanted))
    for name, words in faults:
        print(f"{name}: {words}")
    print(f"{len(wanted) or len(folders(FOLDER))} templates, {len(faults)} faults")
    sys.exit(1 if faults else 0)


def draft_command(
    template_id: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help="As `complianceai templates list` names it.")
    ],
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="YAML or JSON: answers, and company; default: the example."),
    ] = None,
    output: Annotated[PaperFormat, typer.Option("--format")] = PaperFormat.TEXT,
    to: Annotated[
        Path | None, typer.Option("--to", "-o", help="Where to write it; default: standard output.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="en or hi")] = "en",
) -> None:
    """One paper, filled in from answers."""
    with refusals():
        made = _drafted(template_id, answers, output, language)
    if to is not None:
        to.write_bytes(made)
    else:
        sys.stdout.buffer.write(made)


def _drafted(template_id: str, answers: Path | None, output: PaperFormat, language: str) -> bytes:
    from complianceai.base.errors import DomainError
    from complianceai.drafting import Style, check, compose, read, template, write_docx, write_html, write_pdf
    from complianceai.drafting.company import EXAMPLE

    try:
        chosen = template(template_id)
        given, company = _given(answers, chosen.example.answers, {**EXAMPLE, **chosen.example.company})
        checked = check(chosen, given, company, today())
        if checked.faults:
            raise Refused(*(f"answers.{fault.question}: {fault.says['en']}" for fault in checked.faults))
        text = compose(chosen, checked.answers, company, language, today())
        if output is PaperFormat.TEXT:
            return text.encode()
        paper = read(text, chosen.numbered)
    except DomainError as error:
        raise Refused(str(error)) from error
    style = Style(language="hi" if language == "hi" else "en")
    match output:
        case PaperFormat.HTML:
            return write_html(paper, language).encode()
        case PaperFormat.DOCX:
            return write_docx(paper, style)
        case _:
            return write_pdf(paper, style)


def _given(path: Path | None, answers: Any, company: Any) -> tuple[Any, Any]:
    if path is None:
        return answers, company
    raw = document(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("answers"), dict):
        raise Refused(
            f"{path}: answers: this key is missing; write `answers:` and below it each question and its answer"
        )
    return raw["answers"], raw.get("company") or company
