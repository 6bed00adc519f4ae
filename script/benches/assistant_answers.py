"""The assistant without a model, over a thousand different questions."""

import time
from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from benches.measuring import Figure
from benches.sample import BUSY, loaded
from complianceai.assistant import ask
from complianceai.catalogue import Catalogue

_ON = date(2026, 11, 25)
_QUESTIONS = 1000
_WAYS = (
    "When is {name} due?", "{name} kab bharna hai?", "{name} late fee 12 days, turnover 3 crore", "do we need {name}?",
    "how do I file {name}", "{name} की तारीख क्या है?", "what changed in {name}", "which form replaces {name}",
    "who signs {name}", "turnover 6 crore, does {name} apply to a shop with 14 employees in Pune?",
    "we paid a supplier late and forgot {name}; what now", "{name}?",
)  # fmt: skip


def measure() -> list[Figure]:
    """A p95 under 50 ms and a hundred answers a second of one core, half of them for a company."""
    catalogue = loaded()
    asked = list(islice(_questions(catalogue), _QUESTIONS))
    ask(catalogue, asked[0], on=_ON)  # what is made once: indexes of names, of rules and of guides
    taken, started = [], time.process_time()
    for number, question in enumerate(asked):
        before = time.perf_counter()
        ask(catalogue, question, on=_ON, profile=BUSY if number % 2 else None)
        taken.append(1000 * (time.perf_counter() - before))
    a_second = _QUESTIONS / (time.process_time() - started)
    taken.sort()
    return [
        Figure("an answer without a model, p95", taken[int(0.95 * len(taken))], "ms", promise=50),
        Figure("answers without a model, one core", a_second, "a second", promise=100, more_is_better=True),
    ]


def _questions(catalogue: Catalogue) -> Iterator[str]:
    """Questions that nobody asked before, in all the ways in turn, misspelt now and then."""
    names = [name for duty in catalogue.obligations.values() for name in (duty.title.en, *duty.aliases[:3])]
    for number, (name, way) in enumerate(product(names, _WAYS)):
        if number % 7 == number % 12 % 7:
            question = way.format(name=name)
            yield question if number % 5 else question.replace("e", "", 1)
