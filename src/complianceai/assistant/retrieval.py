"""Duties that a question may be about: how much of what it says each of them speaks of, rare words counting most.

Source: the rarity is that of Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from complianceai.assistant.cues import called, cues
from complianceai.assistant.text import normal, words
from complianceai.catalogue.model import Catalogue, Obligation

# What a word is worth where a duty's names have it, its summary, or the rest of its text.
IN_NAME, IN_SUMMARY, IN_TEXT = 1.0, 0.75, 0.55
_ASKING = frozenset(cues()["asking"].split())
_LONG_ASKING = [each for each in _ASKING if len(each) >= 4 and each.isascii()]
_SAME: Mapping[str, str] = {
    spelling: " ".join(means.split())
    for means, spellings in cues()["same"].items()
    for spelling in str(spellings).split()
}
# A word that no text has tells that it is about something else, though it may be a name or a slip.
_OF_A_STRANGER = 2.6
# A word tells what a question is about where at most so many texts of a hundred have it.
_TELLING_PART = 0.06
_UNSAID: Mapping[str, float] = {"gst": 0.9, "llp": 0.85}
_STEM = 6
_LEAST_STEM = 4
# Letters alone are slips of writing; the e of e-invoices is none.
_LETTERS = frozenset("abcdfghijklmnopqrstuvwxyz")
# One word of two, which "non-salary" has nothing of.
_NOT_RESIDENT = re.compile(r"\bnon[- ]?residents?\b", re.IGNORECASE)
_AT_SOURCE = re.compile(
    r"\btax (?:that (?:is|was) )?deduct(?:ed|ion)?\b(?: at source)?|\bdeduct(?:ed|ing|s)? (?:the )?tax\b",
    re.IGNORECASE,
)
# What case, number and tense add to a Hindi word.
_HINDI_ENDING = re.compile(r"(?:(?<=...)(?:ने|ना|नी|ाव|ता|ते|ती)|[ािीुूेैोौ][ंँ]?|[ंँ])$")
_WHOLE = frozenset({"director", "directors"})


class Corpus(NamedTuple):
    """Texts to be found: what each word of each is worth, and how many texts have a word."""

    ids: tuple[str, ...]
    worth: tuple[Mapping[str, float], ...]
    seen_in: Mapping[str, int]

    def rarity(self, word: str) -> float:
        """How much a word tells: the fewer texts have it, the more."""
        seen = self.seen_in.get(word, 0)
        return log(1 + (len(self.ids) - seen + 0.5) / (seen + 0.5))


class Found(NamedTuple):
    """A text and how much of the question it speaks of, 0 to 1."""

    id: str
    score: float


def telling_words(text: str) -> list[str]:
    """The words of a text that say what it is about, shortened to their stems, each in its English where it has one."""
    plain = _AT_SOURCE.sub(r"\g<0> tds ", _NOT_RESIDENT.sub("nonresident", normal(text)))
    meant = (each for word in words(plain) for each in _in_english(word.key).split())
    return [
        _stem(each)
        for each in meant
        if each not in _ASKING
        and _stem(each) not in _asking_stems()
        and not (len(each) == 1 and each in _LETTERS)
    ]


@lru_cache(maxsize=8192)
def _in_english(word: str) -> str:
    """The rules' word for what people call by another, whichever ending its Hindi has."""
    if word in _SAME or word.isascii() or word in _ASKING:
        return _SAME.get(word, word)
    return _same_by_stem().get(_stem(word), word)


@lru_cache(maxsize=1)
def _same_by_stem() -> Mapping[str, str]:
    return {_stem(spelling): means for spelling, means in _SAME.items() if not spelling.isascii()}


@lru_cache(maxsize=1)
def _asking_stems() -> frozenset[str]:
    """The stems of the shorter words of asking: applying is apply; a longer stem is another word's as well."""
    return frozenset(_stem(each) for each in _ASKING if each.isascii() and _LEAST_STEM <= len(each) <= _STEM)


def ranked(catalogue: Catalogue, question: str, limit: int = 5) -> list[Found]:
    """The duties that speak of most of what the question says, the best first."""
    return ranked_in(corpus_of(catalogue), question, limit)


def ranked_in(corpus: Corpus, question: str, limit: int = 5) -> list[Found]:
    """The texts of a corpus that speak of most of what the question says, the best first."""
    wanted = _wanted(corpus, question)
    whole = sum(wanted.values())
    if not whole:
        return []
    found = [
        Found(identity, _share(wanted, worth, whole))
        for identity, worth in zip(corpus.ids, corpus.worth, strict=True)
    ]
    return sorted((each for each in found if each.score > 0), key=lambda each: -each.score)[:limit]


def is_about(corpus: Corpus, question: str, identity: str) -> bool:
    """Whether a text shares with a question more than words that stand in many texts."""
    worth = corpus.worth[corpus.ids.index(identity)]
    most = max(3, int(_TELLING_PART * len(corpus.ids)))
    wanted = _wanted(corpus, question)
    shared = [word for word in wanted if word in worth]
    if len(shared) == 1 and any(word not in corpus.seen_in for word in wanted):
        return False  # one word in common among strangers is an accident
    return any(corpus.seen_in.get(word, 0) <= most for word in shared)


def coverage(catalogue: Catalogue, question: str, identity: str, *, names_only: bool = False) -> float:
    """How much of what the question says one duty, or its names alone, speak of, 0 to 1."""
    corpus = corpus_of(catalogue)
    wanted, worth = _wanted(corpus, question), corpus.worth[corpus.ids.index(identity)]
    if names_only:
        worth = {word: value for word, value in worth.items() if value == IN_NAME}
    whole = sum(wanted.values())
    return _share(wanted, worth, whole) if whole else 0.0


def _share(wanted: Mapping[str, float], worth: Mapping[str, float], whole: float) -> float:
    share = sum(rarity * worth.get(word, 0.0) for word, rarity in wanted.items()) / whole
    # Tax deducted is income-tax unless GST is said, though GST has a little of it too; a company is no LLP.
    for kind, less in _UNSAID.items():
        if worth.get(kind) == IN_NAME and kind not in wanted:
            share *= less
    return share


def _wanted(corpus: Corpus, question: str) -> dict[str, float]:
    """The telling words of a question with their rarity, the misspelt ones as they are meant."""
    meant = [
        word if word in corpus.seen_in else _meant(corpus, word)
        for word in telling_words(question)
        if word in corpus.seen_in or not _is_asking(word)
    ]
    return {
        word: corpus.rarity(word) if word in corpus.seen_in else _OF_A_STRANGER
        for word in dict.fromkeys(meant)
        if not word.isdigit()
    }


@lru_cache(maxsize=4096)
def _is_asking(word: str) -> bool:
    """Whether a word that no text has is one of asking, misspelt: aftr, wnat, requird."""
    if len(word) < _LEAST_STEM or not word.isascii() or not word.isalpha():
        return False
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only what is misspelt needs it

    return process.extractOne(word, _LONG_ASKING, scorer=fuzz.ratio, score_cutoff=88) is not None


def _meant(corpus: Corpus, word: str) -> str:
    if len(word) < 5 or not word.isascii() or any(map(str.isdigit, word)):
        return word
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only what is misspelt needs it

    best = process.extractOne(word, _vocabulary(corpus), scorer=fuzz.ratio, score_cutoff=82)
    return str(best[0]) if best else word


def made(texts: Iterable[tuple[str, Sequence[tuple[float, str]]]]) -> Corpus:
    """A corpus of texts, each given as its parts with what a word in them is worth."""
    ids, every = [], []
    for identity, parts in texts:
        worth: dict[str, float] = {}
        for weight, part in parts:
            for word in telling_words(part):
                worth[word] = max(weight, worth.get(word, 0.0))
        ids.append(identity)
        every.append(worth)
    seen: dict[str, int] = {}
    for worth in every:
        for word in worth:
            seen[word] = seen.get(word, 0) + 1
    return Corpus(tuple(ids), tuple(every), seen)


@lru_cache(maxsize=4)
def corpus_of(catalogue: Catalogue) -> Corpus:
    """The catalogue's duties as a corpus, made once."""
    return made((duty.id, list(_parts_of(duty))) for duty in catalogue.obligations.values())


_VOCABULARIES: dict[int, list[str]] = {}


def _vocabulary(corpus: Corpus) -> list[str]:
    key = id(corpus.seen_in)
    if key not in _VOCABULARIES:
        _VOCABULARIES[key] = [word for word in corpus.seen_in if len(word) >= 4 and word.isascii()]
    return _VOCABULARIES[key]


def _parts_of(duty: Obligation) -> Iterable[tuple[float, str]]:
    for name in (
        duty.title.en,
        duty.title.hi,
        *duty.aliases,
        *called(duty.id),
        *(form.form for form in duty.forms),
    ):
        yield IN_NAME, name
    yield IN_SUMMARY, f"{duty.summary.en} {duty.summary.hi}"
    for text in (*duty.notes, *(change.what for change in duty.changes), duty.file_at, *duty.papers):
        yield IN_TEXT, text
    for clause in duty.applies:
        yield IN_TEXT, f"{clause.because} {clause.otherwise}"
    for charge in duty.charges:
        yield IN_TEXT, charge.words


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    # A few letters are enough for plurals and endings; a real stemmer would bend form numbers and Hindi.
    if word in _WHOLE:
        return "director"
    if word.isascii() and word.isalpha() and len(word) > 3:
        for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
            if word.endswith(ending) and not word.endswith("ss"):
                word = word[: -len(ending)] + instead
                break
        return _without_ending(word)[:_STEM]
    if not word.isascii() and len(word) > _LEAST_STEM:
        return _HINDI_ENDING.sub("", word)
    return word


def _without_ending(word: str) -> str:
    """A word without what its tense adds: claimed, claiming and claims are claim."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM and not word.endswith("eed"):
            word = word[: -len(ending)]
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
    return word[:-1] if word.endswith("e") and len(word) > _LEAST_STEM else word
