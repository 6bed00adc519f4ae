"""How far from a period's end its date can lie, so that a window looks at no more periods than it must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from complianceai.catalogue.model import Catalogue

# A company's first year, the longest period there is.
LONGEST_PERIOD = 18


class Reach(NamedTuple):
    """The earliest and the latest that a date can lie after its period's end.

    Units: months; negative before the end.
    """

    least: int
    most: int


_FAR = Reach(-60, 60)


def reach_of(catalogue: Catalogue, rule: Any, period_months: int) -> Reach:
    """The reach of a due rule or of an anchor for periods of a length, wide rather than narrow."""
    if isinstance(rule, str):
        return Reach(0 if rule == "period_end" else -period_months, 0)
    if "earliest" in rule:
        return _earliest(catalogue, rule["earliest"], period_months)
    if "latest" in rule:
        return _around([reach_of(catalogue, each, period_months) for each in rule["latest"]])
    if "choose" in rule:
        return _around([reach_of(catalogue, branch["due"], period_months) for branch in rule["choose"]])
    if "duty" in rule:
        return _of_duty(catalogue, rule, period_months)
    if "fixed" in rule or "formula" in rule:
        return _FAR
    if "fact" in rule:
        return Reach(-period_months, 0)
    anchor = reach_of(catalogue, rule["after"] if "after" in rule else rule["on"], period_months)
    own = _own(rule)
    return Reach(anchor.least + own.least, anchor.most + own.most)


def _earliest(catalogue: Catalogue, rules: Iterable[Any], period_months: int) -> Reach:
    """The reach of the earliest of several dates: never later than one that there is in every case."""
    every = [(rule, reach_of(catalogue, rule, period_months)) for rule in rules]
    certain = [reach.most for rule, reach in every if _is_certain(rule)]
    around = _around([reach for _, reach in every])
    return Reach(around.least, min(certain, default=around.most))


def _is_certain(rule: Any) -> bool:
    """Whether a rule or an anchor gives a date whatever is known, told from the period alone."""
    if isinstance(rule, str):
        return rule in ("period_start", "period_end")
    anchor = rule.get("after", rule.get("on"))
    return anchor is not None and _is_certain(anchor)


def _own(rule: Mapping[str, Any]) -> Reach:
    """What a rule adds to its anchor."""
    if "day" in rule:
        later = rule.get("months_later", 0)
        return Reach(later - 1, later + 1)
    if "days" in rule:
        return Reach(rule["days"] // 31 - 1, rule["days"] // 28 + 1)
    if "months" in rule:
        return Reach(rule["months"] - 1, rule["months"] + 1)
    if "date" in rule:
        years = 12 * rule.get("years_later", 0)
        return Reach(years - 1, years + 13)
    return Reach(0, 0)


def _around(every: list[Reach]) -> Reach:
    return Reach(min(each.least for each in every), max(each.most for each in every))


def _of_duty(catalogue: Catalogue, anchor: Mapping[str, Any], period_months: int) -> Reach:
    if anchor.get("previous"):
        return Reach(
            -period_months - 1, 24
        )  # done at the earliest when its period ended, at the latest two years on
    other = catalogue.obligations.get(anchor["duty"])
    if other is None:
        return _FAR
    due = _around([reach_of(catalogue, each.due, period_months) for each in other.schedules])
    # What was done may have been done early or a year late; an extension is taken to be shorter than half a year.
    return Reach(-1, due.most + 12) if anchor.get("date") == "done" else Reach(due.least, due.most + 6)
