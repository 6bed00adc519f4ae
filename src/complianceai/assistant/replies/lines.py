"""The answer by a line that a duty's text draws, and the facts that somebody must tell before anything can be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from complianceai.assistant.limits import Line, amount_words, line_for
from complianceai.assistant.phrases import for_anybody
from complianceai.assistant.replies.common import Case
from complianceai.catalogue.model import Obligation
from complianceai.rules.words import field_in_words

_NEEDS = {"turnover": "turnover", "tax": "tax_payable", "headcount": "employees"}
# Which fact a rule turns on, by the words in which it says so.
_TURNS_ON = (
    ("turnover", re.compile(r"turnover|gross receipts|of receipts")),
    ("employees", re.compile(r"employ|persons|workers|people")),
    ("paid_up_capital", re.compile(r"paid-up capital")),
    ("contribution", re.compile(r"contribution exceeds")),
    ("net_profit", re.compile(r"net profit")),
)


def by_line(case: Case, duty: Obligation, facts: Mapping[str, Any]) -> bool:
    """Whether a line of the duty's text answered the question."""
    line = line_for(duty.id, case.asked.question, case.asked.states)
    if line is None:
        return False
    value = _value(case, line, facts)
    name = line.name[case.hindi]
    if value is None:
        case.say("drawn", duty, name=name, line=line.words(hindi=case.hindi))
        if case.asked.is_personal and case.profile is None:
            _ask(case, duty, [_NEEDS[line.of]])
    else:
        verdict = "open" if line.kind == "at_most" else "line"
        case.say(
            f"{verdict}_{'yes' if line.holds(value) else 'no'}",
            duty,
            name=name,
            value=amount_words(line.of, value, hindi=case.hindi),
            line=line.words(hindi=case.hindi),
        )
    case.answer.note("threshold", line.figure, duty)
    return value is not None


def _value(case: Case, line: Line, facts: Mapping[str, Any]) -> Decimal | int | None:
    asked, raw = case.asked, case.profile or {}
    if line.of == "headcount":
        return asked.headcount if asked.headcount is not None else raw.get("employees", {}).get("total")
    if line.of == "turnover":
        found = facts.get("turnover", raw.get("turnover"))
        return None if found is None else int(found)
    return asked.amounts[0].rupees if asked.amounts else None


def ask_what_decides(case: Case, duty: Obligation) -> None:
    """Nothing; somebody who asks about his own business is asked for the facts on which the rule turns."""
    told = for_anybody(" ".join((*case.explained(duty).who, *duty.notes, duty.summary.en)))
    _ask(case, duty, [name for name, shape in _TURNS_ON if shape.search(told)])


def _ask(case: Case, duty: Obligation, names: list[str]) -> None:
    fresh = [name for name in names if name not in case.answer.needs]
    for name in fresh:
        case.answer.need(name)
    if fresh:
        case.say("needs", duty, field=", ".join(dict.fromkeys(map(_in_words, fresh))))


def _in_words(name: str) -> str:
    return "tax payable" if name == "tax_payable" else field_in_words(name)
