"""Duties that a question may be about though it names none: the words of each ranked by how much they tell (BM25).

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with its usual constants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from complianceai.assistant.cues import cues
from complianceai.assistant.text import normal, words
from complianceai.catalogue.model import Catalogue, Obligation

_K1, _B = 1.2, 0.6
_WEIGHT_OF_NAME = 3
_ASKING = frozenset(cues()["asking"].split())


class _Corpus(NamedTuple):
    ids: tuple[str, ...]
    counts: tuple[Mapping[str, int], ...]
    lengths: tuple[int, ...]
    seen_in: Mapping[str, int]


class Found(NamedTuple):
    """A duty and how well its words answer the question's; comparable within one question only."""

    id: str
    score: float


def telling_words(text: str) -> list[str]:
    """The words of a text that say what it is about, shortened to their stems."""
    return [_stem(word.key) for word in words(normal(text)) if word.key not in _ASKING]


def ranked(catalogue: Catalogue, question: str, limit: int = 5) -> list[Found]:
    """The duties whose words answer the question's best, the best first."""
    corpus = _corpus_of(catalogue)
    wanted = Counter(telling_words(question))
    average = sum(corpus.lengths) / len(corpus.lengths)
    found = []
    for identity, counts, length in zip(corpus.ids, corpus.counts, corpus.lengths, strict=True):
        score = sum(_worth(corpus, counts, word, length / average) for word in wanted if word in counts)
        if score > 0:
            found.append(Found(identity, score))
    return sorted(found, key=lambda each: -each.score)[:limit]


def share_known(catalogue: Catalogue, question: str) -> float:
    """Which part of the question's telling words the catalogue knows at all, 0 to 1."""
    wanted, seen = telling_words(question), _corpus_of(catalogue).seen_in
    return sum(word in seen for word in wanted) / len(wanted) if wanted else 0.0


def _worth(corpus: _Corpus, counts: Mapping[str, int], word: str, length: float) -> float:
    rarity = log(1 + (len(corpus.ids) - corpus.seen_in[word] + 0.5) / (corpus.seen_in[word] + 0.5))
    count = counts[word]
    return rarity * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length))


@lru_cache(maxsize=4)
def _corpus_of(catalogue: Catalogue) -> _Corpus:
    counts = [Counter(_words_of(duty)) for duty in catalogue.obligations.values()]
    seen = Counter(word for each in counts for word in each)
    return _Corpus(
        tuple(catalogue.obligations), tuple(counts), tuple(sum(each.values()) for each in counts), seen
    )


def _words_of(duty: Obligation) -> Iterable[str]:
    names = (duty.title.en, duty.title.hi, *duty.aliases, *(form.form for form in duty.forms))
    for name in names:
        yield from telling_words(name) * _WEIGHT_OF_NAME
    for text in (duty.summary.en, duty.summary.hi, *duty.notes, *(change.what for change in duty.changes)):
        yield from telling_words(text)


def _stem(word: str) -> str:
    # Enough for plurals and the commonest endings; a real stemmer would bend form numbers and Hindi.
    if word.isascii() and word.isalpha() and len(word) > 4:
        for ending in ("ies", "ing", "es", "ed", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
