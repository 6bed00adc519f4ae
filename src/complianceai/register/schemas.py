"""The shapes of what the register's API sends."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field


class PeriodOut(BaseModel):
    """The period that is reported."""

    label: str
    start: date
    end: date


class ExtensionOut(BaseModel):
    """What moved the date."""

    instrument: str
    dated: date
    to: date
    source: str


class CitationOut(BaseModel):
    """Where it stands in the law."""

    act: str
    provision: str
    url: str
    checked_on: date


class OccurrenceOut(BaseModel):
    """One due date."""

    obligation: str
    form: str
    title: str
    authority: str
    registration: str | None
    period: PeriodOut
    part: str | None
    due_date: date
    statutory_due_date: date
    effective_date: date
    extension: ExtensionOut | None
    certainty: Literal["verified", "disputed", "unverified"]
    citations: list[CitationOut]
    trace: list[str]


class UndeterminedOut(BaseModel):
    """A duty that could not be decided, and the fact that would decide it."""

    obligation: str
    needs: str
    why: str


class CalendarOut(BaseModel):
    """All due dates of a window."""

    catalogue: str
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    occurrences: list[OccurrenceOut]
    undetermined: list[UndeterminedOut]


class CalendarReply(BaseModel):
    """A company's calendar."""

    success: Literal[True]
    data: CalendarOut
