"""What a company's overdue duties cost today, and what each further day adds, with every line's formula. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from complianceai import catalogue
from complianceai.rules import Cost, InputFaults, Lateness, Profile, cost_of_duty

# What is looked at one by one; beyond it the page says that there is more.
MOST = 300


class Late(NamedTuple):
    """An overdue task, as far as its cost turns on it."""

    id: UUID
    obligation_id: str
    form: str
    period_label: str
    registration: str | None
    statutory_date: date
    effective_date: date
    # What somebody said of this very task, by the names of its duty's inputs.
    inputs: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class AtRisk:
    """One overdue task and what it costs if it is filed today, or what must be known to tell.

    Units: whole rupees.
    """

    late: Late
    today: Cost | None
    per_day: int
    needs: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """What it costs today; 0 where it cannot be told or costs nothing."""
        return self.today.total if self.today else 0


@dataclass(frozen=True)
class Risk:
    """All overdue tasks of a company: what they cost together as far as that can be told.

    Units: whole rupees.
    """

    lines: tuple[AtRisk, ...]
    is_cut: bool

    @cached_property
    def total(self) -> int:
        """What all of them cost if they are filed today."""
        return sum(line.total for line in self.lines)

    @cached_property
    def per_day(self) -> int:
        """What waiting until tomorrow adds."""
        return sum(line.per_day for line in self.lines)

    @cached_property
    def priced(self) -> tuple[AtRisk, ...]:
        """Those that cost something, the dearest first."""
        dear = [line for line in self.lines if line.total or line.per_day]
        return tuple(
            sorted(dear, key=lambda line: (-line.total, line.late.effective_date, str(line.late.id)))
        )

    @cached_property
    def unknown(self) -> tuple[AtRisk, ...]:
        """Those of which it cannot be told, since nobody has said what the charge turns on."""
        return tuple(line for line in self.lines if line.needs)


def risk_of(overdue: Iterable[Late], profile: Profile | None, today: date) -> Risk:
    """What the overdue tasks cost; without a profile nothing that turns on the company can be told."""
    lines = list(overdue)
    return Risk(tuple(at_risk(late, profile, today) for late in lines[:MOST]), len(lines) > MOST)


def at_risk(late: Late, profile: Profile | None, today: date) -> AtRisk:
    """What one overdue task costs, or what must be known to tell."""
    law = catalogue.load()
    obligation = law.obligations.get(late.obligation_id)
    if obligation is None:
        return AtRisk(late, None, 0)
    asked = Lateness(late.form, late.statutory_date, today, late.inputs or {}, profile, late.registration)
    try:
        cost = cost_of_duty(law, obligation, asked, today)
        tomorrow = today + timedelta(days=1)
        later = cost_of_duty(law, obligation, asked._replace(filed_on=tomorrow), tomorrow)
    except InputFaults as missing:
        abouts = {each.name: each.about for each in obligation.inputs}
        names = [fault.path for fault in missing.faults]
        return AtRisk(late, None, 0, tuple(abouts.get(name) or name.replace("_", " ") for name in names))
    return AtRisk(late, cost, later.total - cost.total)
