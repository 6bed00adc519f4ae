"""The cockpit over the wire."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from complianceai.register.cockpit.load import HOURS, Assumed
from complianceai.register.cockpit.queries import Cockpit
from complianceai.site.replies import Reply, Wire

Hours = Annotated[int, Field(ge=0, le=168)]
Minutes = Annotated[int, Field(ge=1, le=6000)]
Label = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
MOST_FORMS = 500


class LoadInput(Wire):
    """What is assumed: hours a week of one person, of named people, and minutes of one task by its form."""

    hours: Hours = HOURS
    hours_of: Annotated[dict[UUID, Hours], Field(default_factory=dict, max_length=MOST_FORMS)]
    minutes_of: Annotated[dict[Label, Minutes], Field(default_factory=dict, max_length=MOST_FORMS)]

    def assumed(self) -> Assumed:
        """It as the forecast takes it."""
        hours_of = {str(person): hours for person, hours in self.hours_of.items()}
        return Assumed(self.hours, hours_of, self.minutes_of)


class CellReply(Reply):
    """How the tasks of a cell stand."""

    mark: str
    done: int
    total: int


class LineReply(Reply):
    """A client and its cells by form; the rarer forms share the empty name."""

    company_id: UUID
    name: str
    overdue: int
    cells: dict[str, CellReply]


class WorkReply(Reply):
    """What somebody has to do; without a person it is nobody's."""

    person_id: UUID | None
    name: str | None
    open: int
    overdue: int
    waiting: int
    hours: int
    capacity: int | None


class WeekReply(Reply):
    """A week to come, its hours against those there are."""

    starts_on: date
    tasks: int
    hours: int
    capacity: int


class CockpitReply(Reply):
    """A practice's clients by duties of a month, work by person, and the weeks to come."""

    month: date
    columns: list[str]
    clients: list[LineReply]
    by_mark: dict[str, int]
    work: list[WorkReply]
    weeks: list[WeekReply]


def cockpit_as_plain(found: Cockpit) -> dict[str, Any]:
    """The cockpit in the shape of `CockpitReply`, without thousands of cells being looked at once more."""
    matrix = found.matrix
    return {
        "month": found.month,
        "columns": matrix.columns,
        "clients": [
            {
                "companyId": line.company_id,
                "name": line.name,
                "overdue": line.overdue,
                "cells": {form: cell._asdict() for form, cell in line.cells.items()},
            }
            for line in matrix.lines
        ],
        "byMark": {mark.value: count for mark, count in matrix.by_mark.items()},
        "work": [WorkReply.model_validate(each).model_dump(by_alias=True) for each in found.work],
        "weeks": [WeekReply.model_validate(each).model_dump(by_alias=True) for each in found.weeks],
    }
