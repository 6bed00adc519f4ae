"""What a model may ask the rules engine: dates, the cost of lateness, a rule; only reading, for one company."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from complianceai.assistant.models.grounds import passage_of
from complianceai.assistant.phrases import day_words
from complianceai.assistant.verifier import Evidence, Passage
from complianceai.catalogue.model import Catalogue
from complianceai.rules import (
    InputFaults,
    Lateness,
    Profile,
    ProfileFaults,
    WindowFault,
    calendar,
    penalty,
    read_profile,
)
from complianceai.rules.explaining import named

MOST_DAYS, MOST_LINES, MOST_CALLS, MOST_LETTERS = 400, 60, 2, 4000


@dataclass
class Desk:
    """The tools of one answer. The company is the one that the session has: a model cannot name another.

    What a tool answers is evidence from then on, under the id of the rule that it comes from.
    """

    catalogue: Catalogue
    evidence: Evidence
    today: date
    company: Mapping[str, Any] | None

    @property
    def tools(self) -> tuple[Callable[..., str], ...]:
        """The functions that a model may call."""
        return (self.due_dates, self.cost_of_lateness, self.rule)

    def due_dates(self, first_day: date, last_day: date) -> str:
        """Every due date of the company in a window of at most a year, each with the id of its rule."""
        if self.company is None:
            return "No company is open: only rules in general can be told."
        if not 0 <= (last_day - first_day).days <= MOST_DAYS:
            return "last_day comes after first_day, at most a year later."
        try:
            found = calendar(self.catalogue, self._profile, first_day, last_day, None)
        except (ProfileFaults, WindowFault) as error:
            return str(error)
        lines = [
            (
                each.obligation_id,
                f"{each.form} for {each.period.label} is due on {day_words(each.due_date, hindi=False)}.",
            )
            for each in found.occurrences[:MOST_LINES]
        ]
        return self._told(lines) or "Nothing falls due in that window."

    def cost_of_lateness(
        self, form: str, due_on: date, filed_on: date | None = None, inputs: dict[str, Any] | None = None
    ) -> str:
        """What filing or paying late costs, each part with its working and the id of its rule."""
        try:
            profile = self._profile if self.company is not None else None
            cost = penalty(
                self.catalogue, Lateness(form, due_on, filed_on, inputs or {}, profile), self.today
            )
        except (InputFaults, ProfileFaults) as error:
            return "\n".join(str(each) for each in error.faults)
        due = f" due on {day_words(cost.due_date, hindi=False)}" if cost.due_date else ""
        words = [
            f"{form}{due}, {cost.days_late} days late, costs Rs {cost.total} in all.",
            *(f"{each.kind.replace('_', ' ')}: {each.formula} = Rs {each.amount}." for each in cost.lines),
        ]
        return self._told([(cost.obligation.id, each) for each in words])

    def rule(self, name: str) -> str:
        """A rule in words by its form, id or common name: who, when, how much, where it stands."""
        found = named(self.catalogue, name)[:2]
        if not found:
            return "No rule is called so."
        passages = [passage_of(self.catalogue, each.id, self.today) for each in found]
        for each in passages:
            self.evidence.add(each)
        told = (f"[{each.id}] {each.heading}\n" + "\n".join(each.statements) for each in passages)
        return "\n\n".join(told)[:MOST_LETTERS]

    @property
    def _profile(self) -> Profile:
        return read_profile(self.company or {})

    def _told(self, lines: list[tuple[str, str]]) -> str:
        return "\n".join(self._noted(lines))[:MOST_LETTERS]

    def _noted(self, lines: list[tuple[str, str]]) -> Iterator[str]:
        for identity, words in lines:
            if self.evidence.find(identity) is None:
                self.evidence.add(passage_of(self.catalogue, identity, self.today))
            self.evidence.add(Passage(identity, "", (words,)))
            yield f"[{identity}] {words}"
