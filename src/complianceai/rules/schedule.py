"""When a duty falls due for a period, and the arithmetic that led there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai.base.dates import add_months, in_words, last_day, next_month_day, ordinal
from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, Extension
from complianceai.rules.applicability import with_period
from complianceai.rules.company_year import previous_year
from complianceai.rules.formulas import due_formula
from complianceai.rules.law import Duty, Plan
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.words import field_in_words, fill


class Doubt(str):
    """A step for which it is argued what the date is."""

    __slots__ = ()


class Due(NamedTuple):
    """A statutory date and the steps that led to it."""

    on: date
    steps: tuple[str, ...]

    @property
    def is_argued(self) -> bool:
        """Whether one of the steps is argued about."""
        return any(isinstance(step, Doubt) for step in self.steps)


# Dates of other duties, once worked out for a company.
Memo = dict[tuple[str, Period], tuple[date, Extension | None, tuple[str, ...]]]


class NoAnchor(Exception):
    """The date a rule counts from is not known, and the rule can do without it."""


class Situation(NamedTuple):
    """For whom and for which period a date is asked."""

    catalogue: Catalogue
    duties: Mapping[str, Duty]
    profile: Profile
    subject: Subject
    period: Period
    facts: Facts
    memo: Memo


def _at(situation: Situation, period: Period, facts: Facts) -> Situation:
    catalogue, duties, profile, subject, _, _, memo = situation
    return Situation(catalogue, duties, profile, subject, period, facts, memo)


def due(plan: Plan, situation: Situation) -> Due:
    """The statutory date of a period under a schedule.

    Errors: NeedsFact where it turns on an unknown fact.
    """
    if (found := plan.memo.get(situation.period)) is not None:
        kept: Due = found
        return kept
    steps: list[str] = []
    return Due(resolved(plan.schedule.due, situation, steps), tuple(steps))


def resolved(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    """The date that a rule gives; the arithmetic is appended to the steps.

    Errors: NeedsFact, NoAnchor.
    """
    for key, method in _METHODS.items():
        if key in rule:
            return method(rule, at, steps)
    raise AssertionError(rule)  # the schema lets nothing else through


def _day(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    anchor = _anchor(rule["after"], at, steps)
    later = rule.get("months_later", 0)
    month = add_months(anchor.replace(day=1), later)
    end = last_day(month.year, month.month)
    found = end if rule["day"] == "last" else month.replace(day=min(rule["day"], end.day))
    which = "last day" if rule["day"] == "last" else ordinal(rule["day"])
    where = (
        "same month as" if later == 0 else "month after" if later == 1 else f"{ordinal(later)} month after"
    )
    steps.append(f"The {which} of the {where} {in_words(anchor)} is {in_words(found)}.")
    return found


def _days(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    anchor = _anchor(rule["after"], at, steps)
    found = anchor + timedelta(days=rule["days"])
    steps.append(f"{_count(rule['days'], 'day')} {in_words(anchor)} is {in_words(found)}.")
    return found


def _months(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    """The corresponding day of the later month, or that month's last where it is shorter.

    Source: General Clauses Act 1897, section 3(35); State of Himachal Pradesh v. Himachal Techno Engineers (2010).
    """
    anchor = _anchor(rule["after"], at, steps)
    found = add_months(anchor, rule["months"])
    steps.append(f"{_count(rule['months'], 'month')} {in_words(anchor)} is {in_words(found)}.")
    return found


def _count(number: int, unit: str) -> str:
    size = abs(number)
    return f"{size} {unit}{'' if size == 1 else 's'} {'after' if number >= 0 else 'before'}"


def _date(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    anchor = _anchor(rule["after"], at, steps)
    month, day = map(int, rule["date"].split("-"))
    years = rule.get("years_later", 0)
    found = next_month_day(anchor, month, day, years)
    named = in_words(date(2000, month, day)).rpartition(" ")[0]
    later = f", {years} year{'' if years == 1 else 's'} later," if years else ""
    steps.append(f"The first {named} after {in_words(anchor)}{later} is {in_words(found)}.")
    return found


def _on(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    found = _anchor(rule["on"], at, steps)
    steps.append(f"It falls on {in_words(found)} itself.")
    return found


def _fixed(rule: Mapping[str, Any], _: Situation, steps: list[str]) -> date:
    found: date = rule["fixed"]
    steps.append(f"The law names the day: {in_words(found)}.")
    return found


def _extreme(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    key, pick = ("earliest", min) if "earliest" in rule else ("latest", max)
    found: list[date] = []
    for each in rule[key]:
        try:
            found.append(resolved(each, at, steps))
        except NoAnchor:
            continue
    if not found:
        raise NoAnchor
    chosen = pick(found)
    if len(found) > 1:
        steps.append(f"The {key} of {' and '.join(map(in_words, found))} is {in_words(chosen)}.")
    return chosen


def _choose(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    for branch in rule["choose"]:
        if "when" not in branch or branch["when"].of(at.facts):
            if because := branch.get("because"):
                steps.append(fill(because, at.facts))
            return resolved(branch["due"], at, steps)
    raise NoAnchor


def _formula(rule: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    found, words = due_formula(rule["formula"])(at.facts, at.period)
    steps.extend(words)
    return found


_METHODS = {
    "day": _day,
    "days": _days,
    "months": _months,
    "date": _date,
    "on": _on,
    "fixed": _fixed,
    "earliest": _extreme,
    "latest": _extreme,
    "choose": _choose,
    "formula": _formula,
}


def _anchor(anchor: Any, at: Situation, steps: list[str]) -> date:
    if callable(anchor):  # worked out by whoever asks, as chains do for their links and answers
        day_given: date = anchor(steps)
        return day_given
    if anchor == "period_end":
        return at.period.end
    if anchor == "period_start":
        return at.period.start
    if anchor == "event":
        day: date = at.facts["event.on"]
        steps.append(f"It happened on {in_words(day)}.")
        return day
    if "fact" in anchor:
        return _fact(anchor["fact"], at, steps)
    if "duty" in anchor:
        return _other_duty(anchor, at, steps)
    return resolved(anchor, at, steps)


def _fact(name: str, at: Situation, steps: list[str]) -> date:
    found: date = at.facts[name]
    steps.append(f"The {field_in_words(name).partition(' (')[0]} is {in_words(found)}.")
    return found


def _other_duty(anchor: Mapping[str, Any], at: Situation, steps: list[str]) -> date:
    """The date of another duty for the same period: done where it is said, else due."""
    other = at.duties.get(anchor["duty"])
    if other is None:
        raise NoAnchor
    period = previous_year(at.profile, at.period) if anchor.get("previous") else at.period
    name = other.obligation.title.en
    which = anchor.get("date", "statutory")
    if which == "done":
        held = at.profile.done.get(other.obligation.done_on, {}).get(period.label) if period else None
        if held is not None and period is not None:
            steps.append(f"{name} of {period.label}: held on {in_words(held)}.")
            if anchor.get("argued_if_late"):
                _doubt_if_late(other, held, at, steps)
            return held
        if anchor.get("previous"):
            raise NoAnchor
    if period is None:
        raise NoAnchor
    found, extension = _date_of(other, _at(at, period, at.facts), steps)
    moved = extension.to if extension and which == "operative" else found
    steps.append(f"{name} of {period.label}: last date {in_words(moved)}.")
    return moved


def _doubt_if_late(other: Duty, held: date, at: Situation, steps: list[str]) -> None:
    """A step that tells of a meeting held too late, from which it is argued whether days are counted."""
    last, _ = _date_of(other, at, [])
    if held > last:
        words = f"That was after its last date, {in_words(last)}"
        steps.append(Doubt(f"Disputed: {words}; it is argued whether the days run from there instead."))


def _date_of(other: Duty, at: Situation, steps: list[str]) -> tuple[date, Extension | None]:
    """The date of another duty, worked out once for a company and a period, or for a registration and a period."""
    if other.obligation.per == "registration":
        found, moved, words = _first_date_of(other, at)  # States and districts differ, so nothing is shared
        steps.extend(words)
        return found, moved
    key = (other.obligation.id, at.period)
    if key not in at.memo:
        at.memo[key] = _first_date_of(other, at)
    found, moved, words = at.memo[key]
    steps.extend(words)
    return found, moved


def _first_date_of(other: Duty, at: Situation) -> tuple[date, Extension | None, tuple[str, ...]]:
    facts = with_period(other, at.subject.facts, at.period)
    for plan in other.plans:
        governs = (plan.schedule.since or date.min) <= at.period.end <= (plan.schedule.until or date.max)
        if governs and (plan.schedule.when is None or plan.schedule.when.of(facts)):
            found = due(plan, _at(at, at.period, facts))
            return found.on, extension(other, found.on, at.period, facts), found.steps
    raise NoAnchor


def extension(
    duty: Duty, statutory: date, period: Period, facts: Mapping[str, Any], form: str = ""
) -> Extension | None:
    """The extension that moves a date furthest, if any fits."""
    best: Extension | None = None
    for each in duty.extensions:
        moves = each.statutory_from <= statutory <= each.statutory_to and statutory < each.to
        if moves and _fits(each, period, facts, form) and (best is None or each.to > best.to):
            best = each
    return best


def _fits(each: Extension, period: Period, facts: Mapping[str, Any], form: str) -> bool:
    if each.periods_from and not each.periods_from <= period.end:
        return False
    if each.periods_to and not period.end <= each.periods_to:
        return False
    if each.form and form and each.form != form:
        return False
    try:
        return each.when is None or bool(each.when.of(facts))
    except NeedsFact:
        return False  # a relief for a class is not given to one that may not belong to it
