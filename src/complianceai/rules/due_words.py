"""Due rules and charges in words, for those who ask about a rule and not about a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from complianceai.base.dates import MONTHS, in_words, ordinal
from complianceai.base.money import rupees
from complianceai.catalogue.expressions import Expression
from complianceai.catalogue.model import Catalogue, Charge
from complianceai.rules.words import field_in_words, fill_for_anybody

_PERIODS = {
    "month": "Every month",
    "quarter": "Every quarter",
    "half_year": "Every half-year (April to September, October to March)",
    "year": "Every year (April to March)",
    "calendar_year": "Every calendar year",
    "calendar_half": "Every half of the calendar year",
    "company_year": "Every financial year of the company",
    "event": "When it happens",
    "once": "Once",
}


def period_in_words(period: str | tuple[int, tuple[int, ...]]) -> str:
    """How often."""
    if isinstance(period, str):
        return _PERIODS[period]
    months, ends_in = period
    return f"Every {months} months, ending in {', '.join(MONTHS[month - 1] for month in ends_in)}"


def due_in_words(rule: Mapping[str, Any], catalogue: Catalogue) -> str:
    """By when."""
    words = _plain(rule, catalogue)
    return words[:1].lower() + words[1:]


def _plain(rule: Mapping[str, Any], catalogue: Catalogue) -> str:
    if "day" in rule:
        later = rule.get("months_later", 0)
        month = (
            ("the same month as", "the month after")[later]
            if later in (0, 1)
            else f"the {ordinal(later)} month after"
        )
        which = "the last day" if rule["day"] == "last" else f"the {ordinal(rule['day'])}"
        return f"{which} of {month} {_anchor(rule['after'], catalogue)}"
    for unit in ("days", "months"):
        if unit in rule:
            size = abs(rule[unit])
            side = "after" if rule[unit] >= 0 else "before"
            return f"{size} {unit if size != 1 else unit[:-1]} {side} {_anchor(rule['after'], catalogue)}"
    return _other(rule, catalogue)


def _other(rule: Mapping[str, Any], catalogue: Catalogue) -> str:
    if "date" in rule:
        month, day = map(int, rule["date"].split("-"))
        years = rule.get("years_later", 0)
        later = f", {years} year{'s' if years != 1 else ''} later" if years else ""
        return f"the first {day} {MONTHS[month - 1]} after {_anchor(rule['after'], catalogue)}{later}"
    if "on" in rule:
        return f"on {_anchor(rule['on'], catalogue)}"
    if "fixed" in rule:
        return f"on {in_words(rule['fixed'])}"
    for key in ("earliest", "latest"):
        if key in rule:
            return f"the {key} of: {'; '.join(_plain(each, catalogue) for each in rule[key])}"
    if "choose" in rule:
        return "; or ".join(_branch(each, catalogue) for each in rule["choose"])
    return f"as worked out by {rule['formula'].replace('_', ' ')}"


def _branch(branch: Mapping[str, Any], catalogue: Catalogue) -> str:
    words = _plain(branch["due"], catalogue)
    if because := branch.get("because"):
        return f"{words} ({fill_for_anybody(because).rstrip('.')})"
    return f"{words} ({'where ' + str(branch['when'].source) if 'when' in branch else 'otherwise'})"


def _anchor(anchor: Any, catalogue: Catalogue) -> str:
    if isinstance(anchor, str):
        return {"period_end": "the period's end", "period_start": "the period's start", "event": "the event"}[
            anchor
        ]
    if "fact" in anchor:
        return f"the {field_in_words(anchor['fact']).partition(' (')[0]}"
    if "duty" in anchor:
        other = catalogue.obligations.get(anchor["duty"])
        name = other.title.en[:1].lower() + other.title.en[1:] if other else anchor["duty"]
        which = "the last date of the" if anchor.get("date") != "done" else "the"
        return f"{which} {'previous ' if anchor.get('previous') else ''}{name}"
    return _plain(anchor, catalogue)


def charge_in_words(charge: Charge) -> str:
    """How much."""
    return charge.words or _METHOD_WORDS[charge.method](charge)


def _amount(value: Any) -> str:
    source = value.source if isinstance(value, Expression) else value
    return rupees(source) if isinstance(source, int) else str(source)


_METHOD_WORDS: dict[str, Callable[[Charge], str]] = {
    "per_day": lambda charge: f"{_amount(charge.terms['amount'])} for each day of delay",
    "fixed": lambda charge: _amount(charge.terms["value"]),
    "share": lambda charge: f"{charge.terms['percent'].source} % of {charge.terms['of'].source}",
    "interest": lambda charge: (
        f"{charge.terms['percent'].source} % a {charge.terms['per']} on {charge.terms['on'].source}"
    ),
    "multiple": lambda _: "a multiple of the normal fee, by length of delay",
    "formula": lambda charge: str(charge.terms["name"]).replace("_", " "),
}
