"""Lists across companies: those that a person reaches, a practice's clients, and its clients by duty."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.cockpit.matrix import MARK_WORDS, Cell
from complianceai.register.cockpit.queries import read_cockpit
from complianceai.register.interview.choices import ENTITIES, SCHEMES
from complianceai.register.lists.model import Listing, worded
from complianceai.register.lists.of_company import MOST, TRAIL_HEADING, trail_rows
from complianceai.register.spreadsheets.companies_sheet import COMPANY_HEADING, clients_lines, companies_lines
from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.rules.words import STATE_NAMES
from complianceai.site.language import translate
from complianceai.site.numbers import month_name
from complianceai.site.words import marked
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice.queries.trail import list_practice_trail
from complianceai.tenancy.scope import Scope

_IDS = frozenset({"Company id"})
_WORDS: Mapping[str, Mapping[str, str]] = {
    "Kind": dict(ENTITIES),
    "State": STATE_NAMES,
    "GST scheme": dict(SCHEMES),
}


async def companies_of(connection: AsyncConnection, scope: Scope, language: str) -> Listing:
    """The person's companies, by name."""
    rows = _said(await companies_lines(connection, scope), language)
    return Listing("companies", marked("Companies"), scope.person.name, COMPANY_HEADING, rows, left_off=_IDS)


async def clients_of(connection: AsyncConnection, scope: Scope, practice: Practice, language: str) -> Listing:
    """The practice's clients that the person sees, by name."""
    rows = _said(await clients_lines(connection, scope, practice.id), language)
    return Listing("clients", marked("Clients"), practice.name, COMPANY_HEADING, rows, left_off=_IDS)


def _said(lines: Sequence[Sequence[Value]], language: str) -> list[list[Value]]:
    return [
        [_cell(name, value, language) for name, value in zip(COMPANY_HEADING, line, strict=True)]
        for line in lines
    ]


def _cell(name: str, value: Value, language: str) -> Value:
    words = _WORDS.get(name, {})
    return worded(value, words[value], language) if isinstance(value, str) and value in words else value


async def trail_of_practice(
    connection: AsyncConnection, scope: Scope, practice: Practice, language: str
) -> Listing:
    """Who changed what of the practice and when, the latest first; what proves it is the export for the verifier.

    Errors: NotYourPracticeRole.
    """
    found, _ = await list_practice_trail(connection, scope, practice.id, limit=MOST, offset=0)
    return Listing("trail", marked("Trail"), practice.name, TRAIL_HEADING, trail_rows(found, language))


async def cockpit_of(
    connection: AsyncConnection, scope: Scope, practice: Practice, month: date, search: str, language: str
) -> Listing:
    """The practice's clients by duties of a month, as the cockpit shows them."""
    matrix = (await read_cockpit(connection, scope, practice.id, month, search)).matrix
    columns = list(matrix.columns)
    heading = (marked("Client"), *(form or marked("Others") for form in columns), marked("Overdue in all"))
    rows: list[list[Value]] = [
        [line.name, *(_mark(line.cells.get(form), language) for form in columns), line.overdue]
        for line in matrix.lines
    ]
    asked = [(marked("Month"), f"{month_name(month.month, language)} {month.year}")]
    if search:
        asked.append((marked("Name"), search))
    return Listing("cockpit", marked("Clients by duty"), practice.name, heading, rows, asked)


def _mark(cell: Cell | None, language: str) -> Value:
    if cell is None:
        return None
    count = f" {cell.done}/{cell.total}" if cell.total > 1 else ""
    return Said(f"{cell.mark.value}{count}", translate(language, MARK_WORDS[cell.mark]) + count)
