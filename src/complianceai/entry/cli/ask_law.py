"""The commands that ask the law: calendar, penalty, explain."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from complianceai.base.periods import financial_year
from complianceai.entry.cli import batch
from complianceai.entry.cli.reading import Refused, day, law, maybe_day, pairs, profile, refusals
from complianceai.rules import Advice, Calendar, Lateness, advise, calendar, input_names, penalty
from complianceai.rules.advice import advice_as_plain
from complianceai.rules.wire import calendar_as_plain, cost_as_plain

INDIA = timezone(timedelta(hours=5, minutes=30))


class CalendarFormat(StrEnum):
    """What a calendar can be printed as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"
    XLSX = "xlsx"


class Format(StrEnum):
    """What an answer can be printed as."""

    TABLE = "table"
    JSON = "json"


ProfileOption = Annotated[
    Path | None, typer.Option("--profile", help="The company's profile, a YAML or JSON file.")
]
BatchOption = Annotated[
    str | None, typer.Option("--batch", help="A file of JSON lines, one request a line; - is standard input.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="A table for people, or JSON.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("calendar")(calendar_command)
    app.command("penalty")(penalty_command)
    app.command("explain")(explain_command)


def today() -> date:
    """The day it is in India."""
    return datetime.now(UTC).astimezone(INDIA).date()


def put_json(answer: Any) -> None:
    """Writes an answer as indented JSON."""
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")


def calendar_command(
    profile_path: Annotated[
        Path | None, typer.Argument(metavar="PROFILE", help="The company's profile, a YAML or JSON file.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="First day, as 2026-04-01; default: this financial year.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day, included.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Answer with the law as notified on that day.")
    ] = None,
    form: Annotated[CalendarFormat, typer.Option("--format", help="What to print.")] = CalendarFormat.TABLE,
    batch_file: BatchOption = None,
) -> None:
    """All due dates of a company in a window."""
    with refusals():
        if batch_file is not None:
            batch.run_and_tell(batch_file, batch.answer_calendar(law()))
            return
        if profile_path is None:
            raise typer.BadParameter("give a profile, or --batch FILE")
        if (start is None) != (end is None):
            raise typer.BadParameter("--from and --to go together")
        year = financial_year(today())
        first, last = (day("--from", start), day("--to", end)) if start and end else (year.start, year.end)
        company, known_on = profile(profile_path), maybe_day("--as-of", as_of)
        found = calendar(law(), company, first, last, known_on)
        _print_calendar(found, lambda: advise(law(), company, first, last, known_on), form, profile_path)


def _print_calendar(
    found: Calendar, advised: Callable[[], tuple[Advice, ...]], form: CalendarFormat, path: Path
) -> None:
    if form is CalendarFormat.JSON:
        put_json(calendar_as_plain(found, [advice_as_plain(each) for each in advised()]))
    elif form is CalendarFormat.TABLE:
        from complianceai.entry.cli.tables import print_advice, print_calendar

        print_calendar(found, today())
        print_advice(advised())
    else:
        from complianceai.register import exports

        if form is CalendarFormat.XLSX and sys.stdout.isatty():
            raise Refused("--format xlsx: a workbook is not for the screen; add > calendar.xlsx")
        writers: dict[CalendarFormat, Callable[[], bytes]] = {
            CalendarFormat.CSV: lambda: exports.as_csv(found).encode(),
            CalendarFormat.ICS: lambda: exports.as_ics(found, path.stem),
            CalendarFormat.XLSX: lambda: exports.as_xlsx(found, path.stem),
        }
        sys.stdout.buffer.write(writers[form]())


def penalty_command(
    form: Annotated[str | None, typer.Option("--form", help="The form's label, such as GSTR-3B.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="The day it was due.")] = None,
    filed: Annotated[
        str | None, typer.Option("--filed", help="The day it was filed; left out: not filed yet.")
    ] = None,
    inputs: Annotated[list[str] | None, typer.Option("--input", help="key=value; more may follow.")] = None,
    profile_path: ProfileOption = None,
    output: FormatOption = Format.TABLE,
    batch_file: BatchOption = None,
    help_inputs: Annotated[
        bool, typer.Option("--help-inputs", help="List the inputs that the form takes.")
    ] = False,
) -> None:
    """What lateness costs, each line with its working."""
    with refusals():
        if batch_file is not None:
            batch.run_and_tell(batch_file, batch.answer_penalty(law(), today()))
            return
        if form is None:
            raise typer.BadParameter("give --form, or --batch FILE")
        if help_inputs:
            _print_inputs(form, output)
            return
        company = profile(profile_path) if profile_path else None
        asked = Lateness(
            form, maybe_day("--due", due), maybe_day("--filed", filed), pairs(inputs or []), company
        )
        cost = penalty(law(), asked, today())
        if output is Format.JSON:
            put_json(cost_as_plain(cost))
        else:
            from complianceai.entry.cli.tables import print_cost

            print_cost(cost)


def _print_inputs(form: str, output: Format) -> None:
    from complianceai.rules.choosing import unknown_form

    if not law().by_form(form):
        raise Refused(str(unknown_form(law(), form)))
    found = list(input_names(law(), form))
    if output is Format.JSON:
        put_json([{"name": name, "type": kind, "about": about} for name, kind, about in found])
        return
    from complianceai.entry.cli.tables import print_inputs

    print_inputs(form, found)


def explain_command(
    what: Annotated[
        str | None, typer.Argument(metavar="FORM|OBLIGATION", help="A form's label or an obligation's id.")
    ] = None,
    profile_path: ProfileOption = None,
    on: Annotated[
        str | None, typer.Option("--on", help="Explain the law of that day; default: today.")
    ] = None,
    output: FormatOption = Format.TABLE,
    list_all: Annotated[bool, typer.Option("--list", help="List every obligation.")] = False,
) -> None:
    """The rule in plain words: who, when, how much, where it stands, when last checked."""
    from complianceai.rules.explaining import explain, explain_as_plain, listing

    with refusals():
        if list_all:
            from complianceai.entry.cli.tables import print_listing

            put_json(listing(law())) if output is Format.JSON else print_listing(listing(law()))
            return
        if what is None:
            raise typer.BadParameter("name a form or an obligation, or --list")
        company = profile(profile_path) if profile_path else None
        found = explain(law(), what, company, maybe_day("--on", on) or today())
        if output is Format.JSON:
            put_json([explain_as_plain(each) for each in found])
        else:
            from complianceai.entry.cli.tables import print_explanations

            print_explanations(found)
