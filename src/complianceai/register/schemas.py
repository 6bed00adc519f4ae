"""The shapes of what the register's API sends."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


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
    checked_on: date | None = Field(
        description="The day it was last read; null where its text was not read yet."
    )


class OccurrenceOut(BaseModel):
    """One due date."""

    obligation: str
    form: str
    title: str
    authority: str
    kind: Literal["duty", "choice"]
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


class AdviceOut(BaseModel):
    """Something that has no date; `needs` names the fact that would tell whether it is the company's."""

    obligation: str
    form: str | None
    title: str
    kind: Literal["duty", "status", "definition", "relief"]
    why: str
    no_date: str
    needs: str | None
    certainty: Literal["verified", "disputed", "unverified"]
    citations: list[CitationOut]


class CalendarOut(BaseModel):
    """All due dates of a window."""

    catalogue: str
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    occurrences: list[OccurrenceOut]
    undetermined: list[UndeterminedOut]
    advice: list[AdviceOut]


class CalendarReply(BaseModel):
    """A company's calendar."""

    success: Literal[True]
    data: CalendarOut


class SupposeInput(BaseModel):
    """Facts that are supposed: each name of the profile that is given stands in place of what it is now."""

    model_config = ConfigDict(extra="forbid")

    profile: dict[str, Any]


class SupposedDutyOut(BaseModel):
    """A duty with the dates of it that would come or go."""

    obligation: str
    form: str
    title: str
    certainty: Literal["verified", "disputed", "unverified"]
    why: list[str]
    dates: list[date]


class MovedOut(BaseModel):
    """A date that would be another day."""

    obligation: str
    form: str
    period: str
    before: date
    after: date


class SupposedOut(BaseModel):
    """What other facts would change within a year; `undetermined` names what could not be decided by them."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    added: list[SupposedDutyOut]
    gone: list[SupposedDutyOut]
    moved: list[MovedOut]
    undetermined: list[str]
