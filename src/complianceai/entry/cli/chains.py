"""The command that shows what one event brings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from complianceai.base.dates import in_words
from complianceai.entry.cli.ask_law import Format, FormatOption, ProfileOption, put_json
from complianceai.entry.cli.reading import Refused, day, law, maybe_day, pairs, profile, refusals
from complianceai.rules.chain_results import Chain, Link
from complianceai.rules.chain_wire import chain_as_plain, chains_listed
from complianceai.rules.chains import chain


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    app.command("chain")(chain_command)


def chain_command(
    event: Annotated[
        str | None, typer.Argument(metavar="EVENT", help="What happened, as --list names it.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day it happened, as 2026-05-20.")] = None,
    profile_path: ProfileOption = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answer", help="key=value, as --list names them; give it again for more."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Answer with the law as notified on that day.")
    ] = None,
    output: FormatOption = Format.TABLE,
    list_all: Annotated[bool, typer.Option("--list", help="List the events and what each asks.")] = False,
) -> None:
    """Everything that one event brings, each thing with its date or its place."""
    with refusals():
        if list_all:
            _list(event, output)
            return
        if event is None or on is None:
            raise typer.BadParameter("name an event and --on DATE, or --list")
        found = _found(event, day("--on", on), profile_path, answers or [], maybe_day("--as-of", as_of))
        if output is Format.JSON:
            put_json(chain_as_plain(law(), found))
        else:
            _print(found)


def _found(event: str, on: date, path: Path | None, answers: list[str], as_of: date | None) -> Chain:
    company = profile(path) if path else None
    return chain(law(), company, event, on, pairs(answers, "--answer"), as_of)


def _list(event: str | None, output: Format) -> None:
    listed = [each for each in chains_listed(law()) if event in (None, each["event"])]
    if not listed:
        raise Refused(f"event: no chain is called {event!r}; see `complianceai chain --list`")
    if output is Format.JSON:
        put_json(listed)
        return
    for each in listed:
        print(f"{each['event']}: {each['title']['en']} ({each['links']} links)")
        for ask in each["asks"]:
            default = "" if ask["default"] is None else f" [{ask['default']}]"
            print(f"    {ask['name']} ({ask['type'].replace('_', '/')}): {ask['about']}{default}")


def _print(found: Chain) -> None:
    from rich.table import Table
    from rich.text import Text

    from complianceai.entry.cli.tables import new_console

    console = new_console()
    console.print(Text(f"{found.event.title.en}, {in_words(found.on)}", style="bold"))
    if found.refused:
        console.print(Text(found.refused))
        return
    for words in found.presumed:
        console.print(Text(f"Taken as given: {words}", style="dim"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for each in found.links:
        table.add_row(_when(each), Text(each.form, style="bold"), each.rule.what.en, _certainty(each))
    console.print(table)
    if found.undetermined:
        console.print(Text("Could not be decided", style="bold"))
        for one in found.undetermined:
            console.print(Text(f"  {one.rule.what.en}: {one.why} ({one.needs})"))
    for note in found.event.notes:
        console.print(Text(note, style="dim"))


def _when(each: Link) -> str:
    if each.due_date is not None:
        return f"{each.due_date:%a} {in_words(each.due_date)}"
    gate = each.rule.gate
    return "" if gate is None else f"{gate.side} {gate.words.en if gate.words else gate.link or 'the event'}"


def _certainty(each: Link) -> str:
    return "" if each.certainty == "verified" else each.certainty
