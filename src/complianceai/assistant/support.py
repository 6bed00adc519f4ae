"""Whether every figure of an answer stands in what the answer rests on: the rule itself, the question, the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from complianceai.assistant.answer import Answer
from complianceai.assistant.figures import amounts_in
from complianceai.assistant.moments import days_in
from complianceai.assistant.text import NUMBER_WORDS, normal
from complianceai.catalogue.model import Catalogue
from complianceai.rules.explaining import explain

_FIGURE = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")
_WORDS = {
    **NUMBER_WORDS, "half": 0.5, "eighteen": 18, "eighth": 8, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "forty-five": 45, "fortyfive": 45, "hundred": 100, "eleven": 11, "thirteen": 13, "fourteen": 14, "quarter": 4,
}  # fmt: skip
_ANY_DAY = date(2026, 4, 1)


def unsupported_figures(catalogue: Catalogue, question: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    """Each figure in an answer that neither the question nor a rule or fact that it rests on has."""
    if answer.refused:
        return
    given = given_by(" ".join((str(question["question"]), *question.get("history", ()))))
    given |= given_by(str(question.get("profile", ""))) | given_by(str(question.get("on", "")))
    for fact in answer.facts:
        given |= given_by(fact.value)
    for identity, _ in answer.sources:
        given |= figures_of_rule(catalogue, identity)
    for source in answer.sources.values():
        given |= given_by(f"{source.title} {source.provision} {source.says}")
    yield from sorted(figures_in(answer.text) - given)


@lru_cache(maxsize=512)
def figures_of_rule(catalogue: Catalogue, identity: str) -> frozenset[str]:
    """Every figure that a duty's text and rules have; none where there is no such duty."""
    duty = catalogue.obligations.get(identity)
    if duty is None:
        return frozenset()
    told = " ".join(
        str((each.who, each.when, each.thresholds, [words for _, words in each.charges]))
        for each in explain(catalogue, identity, None, _ANY_DAY)
    )
    # The cases prove the rule and are no part of it.
    return frozenset(given_by(f"{duty._replace(cases=())} {told}"))


def given_by(text: str) -> set[str]:
    """The figures that a text supports: those it has in digits and those it has in words."""
    lowered = normal(text).casefold()
    return figures_in(text) | {_plain(str(value)) for word, value in _WORDS.items() if word in lowered}


def figures_in(text: str) -> set[str]:
    """The figures of a text in digits: sums in rupees whatever their spelling, days by their parts."""
    plain = normal(text)
    amounts, days = amounts_in(plain), days_in(plain, _ANY_DAY)
    found = {_plain(str(each.rupees)) for each in amounts}
    for each in days:
        spelt = plain[each.at : each.end]
        found |= {str(each.day.month), str(each.day.day)}
        found |= {str(each.day.year)} if str(each.day.year % 100) in spelt else set()
    taken = [*((each.at, each.end) for each in amounts), *((each.at, each.end) for each in days)]
    free = (
        each for each in _FIGURE.finditer(plain) if not any(at <= each.start() < end for at, end in taken)
    )
    return found | {_plain(each[0]) for each in free}


def _plain(figure: str) -> str:
    bare = figure.replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"
