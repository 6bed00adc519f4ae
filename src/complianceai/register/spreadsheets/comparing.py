"""What a table would change of a company's tasks, row by row, and what is wrong with which cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from complianceai.base.ids import read_id
from complianceai.register.spreadsheets.reading import Row, Sheet
from complianceai.register.spreadsheets.tasks_sheet import CHANGES, ID
from complianceai.register.tasks.queries.people import Colleague
from complianceai.register.tasks.states import Priority
from complianceai.site.words import marked

NO_TASK = marked("No task of this company has this id. Leave the column as it was downloaded.")
TWICE = marked("This task stands in row {row} already. Keep one of the two.")
NOT_A_DAY = marked("{said} is not a date. Write it as 2026-05-20.")
NOT_A_PRIORITY = marked("{said} is no priority. Write low, medium or high, or leave it empty.")
NOBODY = marked(
    "Nobody of this name works for the company: {said}. Write the name as it stands under People."
)
SEVERAL = marked("Several people are called {said}. Give it to one of them on the task's page.")
TOO_LONG = marked("It is too long: at most {most} characters.")
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
LONGEST = {"notes": 5000, "acknowledgement": 100}


@dataclass(frozen=True, slots=True)
class Known:
    """A task as it is, as far as a table can change it."""

    id: UUID
    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """What each row would change, and what is wrong, both plain enough to be kept."""

    edits: list[dict[str, Any]]
    faults: list[dict[str, Any]]


class _Wrong(ValueError):
    def __init__(self, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.sentence, self.fields = sentence, fields


def compare(sheet: Sheet, known: Mapping[UUID, Known], people: Sequence[Colleague]) -> Compared:
    """The edits of the rows that are right, and the faults of the others; a row with a fault changes nothing."""
    edits: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    seen: dict[UUID, int] = {}
    for row in sheet.rows:
        task = known.get(read_id(row.cells.get(ID, "")) or UUID(int=0))
        wrong: list[dict[str, Any]] = []
        if task is None:
            wrong.append(_fault(sheet, row, ID, _Wrong(NO_TASK)))
        elif task.id in seen:
            wrong.append(_fault(sheet, row, ID, _Wrong(TWICE, row=seen[task.id])))
        else:
            seen[task.id] = row.number
            after = _after(sheet, row, task, people, wrong)
            if after and not wrong:
                before = {name: task.values[name] for name in after}
                edits.append(
                    {
                        "row": row.number,
                        "task": str(task.id),
                        "name": task.name,
                        "before": before,
                        "after": after,
                    }
                )
        faults += wrong
    return Compared(edits, faults)


def _after(
    sheet: Sheet, row: Row, task: Known, people: Sequence[Colleague], wrong: list[dict[str, Any]]
) -> dict[str, Any]:
    after: dict[str, Any] = {}
    for heading, name in CHANGES.items():
        if heading not in row.cells:
            continue
        try:
            value = _READERS[name](name, row.cells[heading], people)
        except _Wrong as error:
            wrong.append(_fault(sheet, row, heading, error))
        else:
            if value != task.values[name]:
                after[name] = value
    return after


def _fault(sheet: Sheet, row: Row, heading: str, error: _Wrong) -> dict[str, Any]:
    return {"cell": f"{_letter(sheet.columns.index(heading))}{row.number}", "sentence": error.sentence,
            "fields": {name: str(value) for name, value in error.fields.items()}}  # fmt: skip


def _letter(index: int) -> str:
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def _day(_name: str, said: str, _people: Sequence[Colleague]) -> str | None:
    if not said:
        return None
    try:
        found = date.fromisoformat(said[:10])
    except ValueError:
        raise _Wrong(NOT_A_DAY, said=said[:60]) from None
    if not FIRST <= found <= LAST:
        raise _Wrong(NOT_A_DAY, said=said[:60])
    return found.isoformat()


def _priority(_name: str, said: str, _people: Sequence[Colleague]) -> str | None:
    word = said.lower()
    if word and word not in set(Priority):
        raise _Wrong(NOT_A_PRIORITY, said=said[:60])
    return word or None


def _person(_name: str, said: str, people: Sequence[Colleague]) -> str | None:
    if not said:
        return None
    found = [each for each in people if each.name.casefold() == said.casefold()]
    if len(found) != 1:
        raise _Wrong(SEVERAL if found else NOBODY, said=said[:60])
    return str(found[0].id)


def _words(name: str, said: str, _people: Sequence[Colleague]) -> str:
    if len(said) > LONGEST[name]:
        raise _Wrong(TOO_LONG, most=LONGEST[name])
    return said


_READERS: Mapping[str, Callable[[str, str, Sequence[Colleague]], str | None]] = {
    "assignee_id": _person, "reviewer_id": _person, "working_date": _day, "filed_on": _day,
    "priority": _priority, "notes": _words, "acknowledgement": _words,
}  # fmt: skip
