"""Answers for people at a terminal: by month, coloured by nearness and certainty; plain when piped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from complianceai.base.dates import MONTHS, in_words
from complianceai.base.money import rupees
from complianceai.catalogue import Citation
from complianceai.rules import Advice, Calendar, Cost, Occurrence, Undetermined
from complianceai.rules.explaining import Explanation

if TYPE_CHECKING:
    from complianceai.assistant.answer import Answer  # a fifth of the start, and of no use to a calendar

_CERTAINTY = {"verified": "", "disputed": "yellow", "unverified": "magenta"}


def new_console() -> Console:
    """Where answers for people are printed."""
    # Piped, a table is as wide as it needs to be: what reads it is not a screen.
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200)


def print_calendar(found: Calendar, today: date) -> None:
    """Prints a calendar month by month, then what could not be decided."""
    console = new_console()
    for (year, month), occurrences in found.by_month.items():
        console.print(Text(f"{MONTHS[month - 1]} {year}", style="bold"))
        console.print(_month(occurrences, today))
        console.print()
    if not found.occurrences:
        console.print(f"Nothing falls due between {in_words(found.start)} and {in_words(found.end)}.")
    if found.undetermined:
        console.print(Text("Could not be decided", style="bold"))
        for line in _undecided(found.undetermined):
            console.print(Text(f"  {line}"))


def print_advice(advised: Iterable[Advice]) -> None:
    """Prints what is the company's without a date, a line each."""
    told = [each for each in advised if not each.needs]
    if not told:
        return
    console = new_console()
    console.print()
    console.print(Text("Also yours, without a date", style="bold"))
    for each in told:
        doubt = "" if each.certainty == "verified" else f" [{each.certainty}]"
        console.print(Text(f"  {each.obligation.title.en}{doubt}: complianceai explain {each.obligation.id}"))


def _undecided(open_questions: Iterable[Undetermined]) -> Iterable[str]:
    """One line for each missing fact, the one that decides most first."""
    by_field: dict[str, list[Undetermined]] = {}
    for each in open_questions:
        by_field.setdefault(each.needs, []).append(each)
    for field, every in sorted(by_field.items(), key=lambda item: -len(item[1])):
        names = ", ".join(each.obligation_id for each in every)
        yield f"{field} decides {len(every)} {'duty' if len(every) == 1 else 'duties'}: {names}"


def _month(occurrences: Iterable[Occurrence], today: date) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for each in occurrences:
        table.add_row(
            Text(f"{each.due_date:%a} {each.due_date.day:2d}", style=_look(each, today)),
            Text(each.form, style="dim" if each.obligation.kind == "choice" else "bold"),
            each.obligation.title.en + (f", {each.part}" if each.part else ""),
            each.period.label,
            each.registration or "",
            _remarks(each),
        )
    return table


def _look(each: Occurrence, today: date) -> str:
    """A choice that passes is no risk, so it never glows."""
    return "dim" if each.obligation.kind == "choice" else _nearness(each.due_date, today)


def _nearness(due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        return "dim"
    return "bold red" if days <= 7 else "yellow" if days <= 30 else "green"


def _remarks(each: Occurrence) -> Text:
    remarks = Text()
    if each.obligation.kind == "choice":
        remarks.append("a choice", style="dim")
    if each.certainty != "verified":
        remarks.append(f"{' ' if remarks else ''}{each.certainty}", style=_CERTAINTY[each.certainty])
    if each.extension is not None:
        remarks.append(f"{' ' if remarks else ''}was {in_words(each.statutory_due_date)}", style="cyan")
    if each.effective_date != each.due_date:
        remarks.append(f"{' ' if remarks else ''}in time until {in_words(each.effective_date)}", style="dim")
    return remarks


def print_cost(cost: Cost) -> None:
    """Prints what lateness costs, line by line."""
    console = new_console()
    due = in_words(cost.due_date) if cost.due_date else "no due date"
    filed = in_words(cost.filed_on) if cost.filed_on else "not filed yet"
    console.print(
        f"[bold]{cost.form}[/]  due {due}, {filed}, {cost.days_late} day{'' if cost.days_late == 1 else 's'} late"
    )
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for line in cost.lines:
        kind = line.kind.replace("_", " ") + (
            " (at discretion, not counted)" if line.charge.discretionary else ""
        )
        table.add_row(
            kind,
            Text(rupees(line.amount), justify="right"),
            line.formula,
            f"{line.charge.citation.provision}",
        )
        if line.charge.reason:
            table.add_row("", "", Text(f"{line.charge.certainty}: {line.charge.reason}", style="yellow"), "")
    table.add_row(
        Text("total", style="bold"), Text(rupees(cost.total), style="bold", justify="right"), "", ""
    )
    console.print(table)


def print_inputs(form: str, found: Iterable[tuple[str, str, str]]) -> None:
    """Prints the inputs that a form takes."""
    console = new_console()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    count = 0
    for name, kind, about in found:
        table.add_row(Text(name, style="bold"), kind, about)
        count += 1
    console.print(table if count else f"{form} takes no inputs.")


def print_listing(rows: Iterable[dict[str, str]]) -> None:
    """Prints every obligation, one a line."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Obligation", "Forms", "Title", "Kind", "Authority", "Certainty", "Checked on"):
        table.add_column(name)
    for row in rows:
        table.add_row(*row.values(), style=_CERTAINTY[row["certainty"]])
    new_console().print(table)


def print_explanations(found: Iterable[Explanation]) -> None:
    """Prints each rule in plain words."""
    console = new_console()
    for each in found:
        obligation = each.obligation
        forms = ", ".join(dict.fromkeys(form.form for form in obligation.forms))
        console.print(
            f"[bold]{obligation.title.en}[/]  {forms}  [dim]{obligation.id}, {obligation.authority.label}[/]"
        )
        console.print(obligation.summary.en)
        for title, lines in _sections(each):
            if lines:
                console.print(Text(title, style="bold"))
                for line in lines:
                    console.print(Text(f"  {line}"))
        console.print()


def _sections(each: Explanation) -> Iterable[tuple[str, list[str]]]:
    obligation = each.obligation
    yield "This company", [each.verdict] if each.verdict else []
    yield (
        "Next dates",
        [f"{in_words(one.due_date)}  {one.form}  {one.period.label}" for one in each.next_dates],
    )
    yield "Who", list(each.who)
    yield "When", list(each.when)
    yield "No date that looks like law", [obligation.undated.why.en] if obligation.undated else []
    yield "Limits", list(each.thresholds)
    yield "Late", [_charge_words(charge.kind, words, charge.discretionary) for charge, words in each.charges]
    yield (
        "Extended",
        [f"to {in_words(e.to)} by {e.instrument} of {in_words(e.dated)}: {e.who}" for e in each.extensions],
    )
    yield "File", [f"at {obligation.file_at}", f"signed by: {obligation.signed_by.en}", *obligation.papers]
    yield (
        "Proof",
        [f"{proof.name}: {proof.about}" if proof.about else proof.name for proof in obligation.evidence],
    )
    yield "Law", [_citation(citation) for citation in obligation.citations]
    yield "Changed", [f"{in_words(change.on)}: {change.what}" for change in obligation.changes]
    certainty = obligation.certainty + (f": {obligation.reason}" if obligation.reason else "")
    yield "Certainty", [certainty, *(f"{doubt.certainty}: {doubt.reason}" for doubt in obligation.doubts)]
    yield "Notes", list(obligation.notes)


def _charge_words(kind: str, words: str, discretionary: bool) -> str:
    return f"{kind.replace('_', ' ')}: {words}{' (at discretion)' if discretionary else ''}"


def _citation(citation: Citation) -> str:
    read = f"checked {in_words(citation.checked_on)}" if citation.is_read else "not read by us"
    return f"{citation.act}, {citation.provision}  {citation.url}  {read}"


def print_answer(answer: Answer) -> None:
    """Prints an answer, and under it where each sentence stands in the law."""
    console = new_console()
    console.print(answer.text, highlight=False, markup=False)
    if answer.sources:
        console.print()
    for each in answer.sources.values():
        doubt = "" if each.certainty == "verified" else f" ({each.certainty})"
        told = f"{each.id}: {each.provision}, checked {in_words(each.checked_on)}{doubt}"
        console.print(Text(told, style="dim"), highlight=False)
