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
    given = _figures(" ".join((str(question["question"]), *question.get("history", ()))))
    given |= _figures(str(question.get("profile", ""))) | _figures(str(question.get("on", "")))
    for fact in answer.facts:
        given |= _figures(fact.value)
    for identity, _ in answer.sources:
        given |= figures_of_rule(catalogue, identity)
    for source in answer.sources.values():
        given |= _figures(f"{source.title} {source.provision} {source.says}")
    yield from sorted(_figures(answer.text) - given)


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
    return frozenset(_figures(str(duty._replace(cases=()))) | _figures(told))


def _figures(text: str) -> set[str]:
    """The figures of a text: sums in rupees whatever their spelling, days by their parts, counts in words too."""
    plain = normal(text)
    found = {_plain(each[0]) for each in _FIGURE.finditer(plain)}
    found |= {_plain(str(each.rupees)) for each in amounts_in(plain)}
    for day in days_in(plain, _ANY_DAY):
        found |= {str(day.day.year), str(day.day.month), str(day.day.day)}
    lowered = plain.casefold()
    found |= {_plain(str(value)) for word, value in _WORDS.items() if word in lowered}
    return found | {str(int(number)) for number in re.findall(r"(?<!\d)0(\d)(?!\d)", plain)}


def _plain(figure: str) -> str:
    bare = figure.replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"
