"""Lines that a duty's text draws: from which turnover, tax or head count on it binds, or up to which it may be had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from complianceai.assistant.cues import read_words
from complianceai.base.money import grouped

_KINDS = ("above", "at_least", "at_most")
_WORDS = {
    "above": ("more than {}", "{} से अधिक"),
    "at_least": ("{} or more", "{} या अधिक"),
    "at_most": ("up to {}", "{} तक"),
}
_OF = {
    "turnover": ("turnover", "टर्नओवर"),
    "tax": ("tax after TDS", "टीडीएस के बाद कर"),
    "headcount": ("people", "लोग"),
}


class Line(NamedTuple):
    """One line: what it is about, what it counts, and where it is drawn."""

    duty: str
    name: tuple[str, str]  # English, Hindi
    of: str
    kind: str
    figure: int

    def holds(self, value: Decimal | int) -> bool:
        """Whether a value is on the side on which the duty binds, or the choice is open."""
        if self.kind == "above":
            return value > self.figure
        return value >= self.figure if self.kind == "at_least" else value <= self.figure

    def words(self, *, hindi: bool) -> str:
        """The line in words."""
        return _WORDS[self.kind][hindi].format(amount_words(self.of, self.figure, hindi=hindi))


def amount_words(of: str, value: Decimal | int, *, hindi: bool) -> str:
    """A turnover, tax or number of people in words."""
    if of == "headcount":
        return f"{value} {_OF[of][hindi]}"
    return f"Rs {grouped(int(value))} {_OF[of][1]}" if hindi else f"Rs {grouped(int(value))} of {_OF[of][0]}"


def line_for(identity: str, question: str, states: tuple[str, ...]) -> Line | None:
    """The line of a duty that a question is about; None where it is about none."""
    entry = _entries().get(identity)
    if entry is None or not re.search(entry.get("cue", ""), question, re.IGNORECASE | re.DOTALL):
        return None
    for drawn in entry["lines"]:
        if drawn.get("states") and not set(drawn["states"]) & set(states):
            continue
        if re.search(drawn.get("when", ""), question, re.IGNORECASE):
            kind = next(each for each in _KINDS if each in drawn)
            return Line(identity, (entry["name"]["en"], entry["name"]["hi"]), entry["of"], kind, drawn[kind])
    return None


def is_drawn(ids: Iterable[str], question: str) -> bool:
    """Whether a line of one of these duties is named by words of its own in the question."""
    cues = (str(_entries().get(identity, {}).get("cue", "")) for identity in ids)
    return any(cue and re.search(cue, question, re.IGNORECASE | re.DOTALL) for cue in cues)


def figures_of(identity: str) -> list[int]:
    """Every figure that the lines of a duty have."""
    entry = _entries().get(identity, {"lines": []})
    return [drawn[kind] for drawn in entry["lines"] for kind in _KINDS if kind in drawn]


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, Mapping[str, Any]]:
    return {entry["duty"]: entry for entry in read_words("limits.yaml")}
