"""What else of a duty's own text speaks of what was asked, where the answer so far does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from complianceai.assistant import retrieval
from complianceai.assistant.intents import Intent
from complianceai.assistant.phrases import phrase
from complianceai.assistant.replies.common import Case
from complianceai.assistant.text import key_of
from complianceai.base.dates import MONTHS
from complianceai.catalogue.model import Obligation
from complianceai.rules.due_words import charge_in_words

_MOST = 2
# A sentence is told for words that few duties have; common ones say nothing about which sentence is meant.
_LEAST_TOLD = 2.4
# Beside a company's own date another one only confuses.
_DAY = re.compile(rf"\d(?:st|nd|rd|th)?\s+(?:{'|'.join(MONTHS)})|\d(?:st|nd|rd|th)\b", re.IGNORECASE)
_FORM_WORD = re.compile(r"^(?:form|फॉर्म|फार्म)s?\b\s*", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[.।;])\s+(?=[A-Z\u0900-\u097F])")


class _Told(NamedTuple):
    worth: float
    text: str
    duty: Obligation


def tell_besides(case: Case, groups: Sequence[Sequence[str]]) -> None:
    """Nothing; the answer has as well the sentences of its duties that speak of what it has not spoken of yet."""
    corpus = retrieval.corpus_of(case.catalogue)
    said = set(retrieval.telling_words(case.answer.text))
    open_words = {
        word: corpus.rarity(word)
        for word in retrieval.telling_words(case.asked.question)
        if word not in said and word in corpus.seen_in and not word.isdigit()
    }
    for text, duty in _of_named_forms(case, groups):
        if text not in case.answer.text:
            case.answer.say(text, duty)
    if not open_words:
        return
    knows_the_day = case.profile is not None and case.asked.wants(Intent.DUE)
    for told in sorted(_candidates(case, groups, open_words), key=lambda each: -each.worth)[:_MOST]:
        if told.text not in case.answer.text and not (knows_the_day and _DAY.search(told.text)):
            case.answer.say(told.text, told.duty)


def _of_named_forms(case: Case, groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, Obligation]]:
    """What a duty says of a form that the question names and that is none of its own: Form 60, beside 61."""
    duties = [case.duty(identity) for identity in dict.fromkeys(each for group in groups for each in group)]
    own = {key_of(part) for duty in duties for form in duty.forms for part in form.form.split("/")}
    for name in case.asked.named:
        label = _FORM_WORD.sub("", name).strip()
        if not any(map(str.isdigit, label)) or key_of(label) in own:
            continue
        parts = r"[\s-]?".join(map(re.escape, re.split(r"[\s-]", label)))
        shape = re.compile(rf"(?<![\w-]){parts}(?![\w-])", re.IGNORECASE)
        if not shape.search(case.answer.text):
            yield from (
                (text, duty) for duty in duties for text in sentences_of(case, duty) if shape.search(text)
            )


def _candidates(case: Case, groups: Sequence[Sequence[str]], open_words: dict[str, float]) -> Iterator[_Told]:
    for identity in {identity for group in groups for identity in group}:
        duty = case.duty(identity)
        for text in sentences_of(case, duty):
            words = set(retrieval.telling_words(text))
            worth = sum(rarity for word, rarity in open_words.items() if word in words)
            if worth >= _LEAST_TOLD:
                yield _Told(worth / (1 + len(words) / 60), text, duty)


def sentences_of(case: Case, duty: Obligation) -> Iterator[str]:
    """Every sentence that a duty's text has about itself, in the language of the answer where it has that."""
    yield from _SENTENCE_ENDS.split(duty.summary.hi if case.hindi else duty.summary.en)
    yield from duty.notes
    for change in duty.changes:
        instrument = change.instrument or (duty.citations[0].act if duty.citations else "")
        day = case.day(change.on)
        yield phrase("changed", hindi=case.hindi, day=day, what=change.what, instrument=instrument)
    for charge in duty.charges:
        yield phrase("charges", hindi=case.hindi, words=charge_in_words(charge))
    if duty.papers:
        yield phrase("papers", hindi=case.hindi, papers="; ".join(duty.papers))
