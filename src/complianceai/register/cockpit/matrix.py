"""Clients by duties: what stands in each cell, out of counts by state."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
_RANK_OF = {mark: rank for rank, mark in enumerate(_MARKS)}
_DONE = _MARKS.index(Mark.DONE)
# By the state of a task that is in time.
_RANKS = {
    **{mark.value: rank for rank, mark in enumerate(_MARKS)},
    **{state.value: _DONE for state in CLOSED},
}


class Counted(NamedTuple):
    """So many of a client's tasks of the month have this form and this state, and are late or in time."""

    form: str
    state: str
    is_late: bool
    number: int

    @property
    def rank(self) -> int:
        """The rank of their mark, the most pressing first."""
        rank = _RANKS[self.state]
        return 0 if self.is_late and rank != _DONE else rank


class Cell(NamedTuple):
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
    clients: Iterable[tuple[UUID, str]],
    counted: Mapping[UUID, Sequence[Counted]],
    overdue: Mapping[UUID, int],
) -> Matrix:
    """Clients by duties; the rarer forms share the last column, which is named by an empty text."""
    lines = [Line(identity, name, overdue.get(identity, 0)) for identity, name in clients]
    forms: Counter[str] = Counter()
    for rows in counted.values():
        forms.update({row.form for row in rows})
    columns = _columns(forms)
    # There are thousands of them, and some dozens of different ones.
    distinct = {row for rows in counted.values() for row in rows}
    cells = {row: (row.form if row.form in columns else REST, _cell(row), row.rank) for row in distinct}
    numbers = [0] * len(_MARKS)
    for line in lines:
        held = line.cells
        for row in counted.get(line.company_id, ()):
            column, cell, rank = cells[row]
            numbers[rank] += cell[2]
            beside = held.get(column)
            held[column] = cell if beside is None else _together(beside, cell)
    shown = [*columns, REST] if any(column == REST for column, _, _ in cells.values()) else list(columns)
    return Matrix(shown, lines, dict(zip(_MARKS, numbers, strict=True)))


def _columns(of_form: Mapping[str, int]) -> tuple[str, ...]:
    # Of two that concern as many clients, the one that everybody knows comes first.
    ranked = sorted(
        (form for form in of_form if form),
        key=lambda form: (-of_form[form], form not in MINUTES_OF, form),
    )
    return tuple(ranked[:MOST_COLUMNS])


def _cell(row: Counted) -> Cell:
    mark = _MARKS[row.rank]
    return Cell(mark, row.number if mark is Mark.DONE else 0, row.number)


def _together(one: Cell, other: Cell) -> Cell:
    pressing = one.mark if _RANK_OF[one.mark] <= _RANK_OF[other.mark] else other.mark
    return Cell(pressing, one.done + other.done, one.total + other.total)
