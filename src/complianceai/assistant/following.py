"""What a question leaves to the ones before it: the rule, the period, the State that were spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from complianceai.assistant import retrieval
from complianceai.assistant.cues import cues
from complianceai.assistant.names import counts_something
from complianceai.assistant.text import key_of, words
from complianceai.catalogue.model import Catalogue

# A follow-up moves to a sister rule only where it speaks clearly of that one and not of the rule before.
_LEAST, _BETTER_BY = 0.6, 0.3
_LEAST_WORDS = 2
_WHOLLY = 0.95
_INSTEAD = re.compile(r"\b(?:instead of|rather than|not)\s+(?:an?\s+|the\s+)?\w+", re.IGNORECASE)
_COMMON = frozenset(cues()["too_common"].split()) | {"nil", "zero", "late"}


def completed(catalogue: Catalogue, question: str, earlier: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The rules whose form a follow-up names by its end alone: "and 9C?" after a question about GSTR-9."""
    tails = [
        word.key
        for word in words(question)
        if any(map(str.isdigit, word.key))
        and not (word.key.isdigit() and counts_something(question, word.end))
    ]
    for head in _heads(catalogue, earlier):
        for tail in tails:
            if found := _labelled(catalogue, head + tail):
                return found
    return ()


def sister(catalogue: Catalogue, question: str, earlier: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The rule beside those before that a follow-up speaks of: "and for payments to non-residents?" after 26Q."""
    before = [identity for group in earlier for identity in group]
    question = _INSTEAD.sub(" ", question)
    own_words = _own_words(question)
    if not before or not own_words:
        return ()
    beside = _beside(catalogue, before)
    by_name = _best(catalogue, question, beside, before, names_only=True)
    if by_name is not None and by_name.best >= _WHOLLY and by_name.own <= by_name.best - _BETTER_BY:
        return (by_name.id,)
    if len(own_words) < _LEAST_WORDS:
        return ()
    found = _best(catalogue, question, beside, before, names_only=False)
    return (found.id,) if found and found.best >= max(_LEAST, found.own + _BETTER_BY) else ()


class _Fit(NamedTuple):
    """The rule beside that fits best, how well, and how well those before fit."""

    id: str
    best: float
    own: float


def _best(
    catalogue: Catalogue, question: str, beside: Sequence[str], before: Sequence[str], *, names_only: bool
) -> _Fit | None:
    scores = {
        identity: retrieval.coverage(catalogue, question, identity, names_only=names_only)
        for identity in (*beside, *before)
    }
    best = max(beside, key=lambda identity: scores[identity], default="")
    return _Fit(best, scores[best], max(scores[each] for each in before)) if best else None


def _own_words(question: str) -> list[str]:
    """The words of a follow-up that may name another rule: neither common to many nor the "nil" of a return."""
    plain = " ".join(word.key for word in words(question) if word.key not in _COMMON)
    return retrieval.telling_words(plain)


def _beside(catalogue: Catalogue, before: Sequence[str]) -> list[str]:
    """The rules that those before name as related, and those of the same kind, which come first."""
    related = [name for identity in before for name in catalogue.obligations[identity].related]
    alike = [
        duty.id
        for duty in catalogue.obligations.values()
        if any(_kind_of(duty.id) == _kind_of(identity) for identity in before)
    ]
    named = dict.fromkeys((*alike, *related))
    return [each for each in named if each in catalogue.obligations and each not in before]


def _kind_of(identity: str) -> str:
    # it-26q and it-27q are of one kind, it-form16 is not.
    return re.sub(r"\d.*$", "", identity)


def _heads(catalogue: Catalogue, earlier: Sequence[Sequence[str]]) -> Iterator[str]:
    labels = (
        form.form for group in earlier for identity in group for form in catalogue.obligations[identity].forms
    )
    yield from dict.fromkeys(re.split(r"\d", key_of(label))[0] for label in labels)


def _labelled(catalogue: Catalogue, key: str) -> tuple[str, ...]:
    return tuple(
        duty.id
        for duty in catalogue.obligations.values()
        if any(key_of(form.form) == key for form in duty.forms)
    )
