"""Clients by duties: what stands in each cell, out of counts by state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from complianceai.register.cockpit.load import MINUTES_OF
from complianceai.register.tasks.states import CLOSED
from complianceai.site.words import marked

MOST_COLUMNS = 8
REST = ""


class Mark(StrEnum):
    """How the tasks of a cell stand, the most pressing first."""

    OVERDUE = "overdue"
    SENT_BACK = "sent_back"
    IN_REVIEW = "in_review"
    IN_PREPARATION = "in_preparation"
    TO_DO = "to_do"
    DONE = "done"


MARK_WORDS: Mapping[Mark, str] = {
    Mark.OVERDUE: marked("overdue"),
    Mark.SENT_BACK: marked("sent back"),
    Mark.IN_REVIEW: marked("in review"),
    Mark.IN_PREPARATION: marked("in preparation"),
    Mark.TO_DO: marked("to do"),
    Mark.DONE: marked("done"),
}


_MARKS = tuple(Mark)
_RANKS = {mark: rank for rank, mark in enumerate(_MARKS)}
_CLOSED = frozenset(state.value for state in CLOSED)
_OPENED = {mark.value: mark for mark in Mark}


class Counted(NamedTuple):
    """So many tasks of a client with this form, in this state, of the month."""

    company_id: UUID
    form: str
    state: str
    is_late: bool
    number: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How a client's tasks of one column stand: the most pressing mark, how many are done, and of how many."""

    mark: Mark
    done: int
    total: int


@dataclass(slots=True)
class Line:
    """A client with its cells by column; a column that does not concern it is not among them."""

    company_id: UUID
    name: str
    overdue: int
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def mark(self) -> Mark | None:
        """The most pressing mark of the client."""
        marks = {cell.mark for cell in self.cells.values()} | ({Mark.OVERDUE} if self.overdue else set())
        return next((mark for mark in Mark if mark in marks), None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The lines in the order of the clients, the columns by how many clients they concern, and counts by mark."""

    columns: list[str]
    lines: list[Line]
    by_mark: Mapping[Mark, int]


def make_matrix(
    clients: Iterable[tuple[UUID, str]], counted: Iterable[Counted], overdue: Mapping[UUID, int]
) -> Matrix:
    """Clients by duties; the rarer forms share the last column, which is named by an empty text."""
    lines = {identity: Line(identity, name, overdue.get(identity, 0)) for identity, name in clients}
    rows = [row for row in counted if row.company_id in lines]
    columns = {form: form for form in _columns(rows)}
    # The rank of the most pressing mark, how many are done, how many there are: thousands of them, hence so plain.
    piles: dict[tuple[UUID, str], list[int]] = {}
    by_mark = dict.fromkeys(Mark, 0)
    for row in rows:
        mark = _mark_of(row)
        by_mark[mark] += row.number
        pile = piles.setdefault((row.company_id, columns.get(row.form, REST)), [len(_MARKS), 0, 0])
        pile[0] = min(pile[0], _RANKS[mark])
        pile[1] += row.number if mark is Mark.DONE else 0
        pile[2] += row.number
    for (identity, form), (rank, done, total) in piles.items():
        lines[identity].cells[form] = Cell(_MARKS[rank], done, total)
    shown = [*columns, REST] if any(form == REST for _, form in piles) else list(columns)
    return Matrix(shown, list(lines.values()), by_mark)


def _columns(rows: Iterable[Counted]) -> tuple[str, ...]:
    of_form: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        of_form[row.form].add(row.company_id)
    # Of two that concern as many clients, the one that everybody knows comes first.
    ranked = sorted(
        (form for form in of_form if form),
        key=lambda form: (-len(of_form[form]), form not in MINUTES_OF, form),
    )
    return tuple(ranked[:MOST_COLUMNS])


def _mark_of(row: Counted) -> Mark:
    if row.state in _CLOSED:
        return Mark.DONE
    return Mark.OVERDUE if row.is_late else _OPENED[row.state]
