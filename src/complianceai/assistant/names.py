"""Which duties, States and forms a question names: the catalogue's own labels and aliases, misspelt or not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from complianceai.assistant.cues import called, cues, read_words
from complianceai.assistant.text import Word, key_of, normal, words
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules.words import STATE_NAMES

LONGEST_NAME = 7
_TOO_COMMON = frozenset(cues()["too_common"].split())
_FORM_WORD = re.compile(r"(?:form|forms|फॉर्म|फार्म|फ़ॉर्म|farm)\s*(?:no\.?|number|नंबर)?\s*$", re.IGNORECASE)
# A bare number is a form's only where nothing makes it a number of something.
_UNIT = re.compile(
    r"\s*(?:%|per\s?cent|days?|din|दिन|months?|mahine|महीने|years?|saal|साल|crores?|cr\b|lakhs?|lacs?|l\b|k\b|करोड़|लाख|हज़ार|हजार|"
    r"thousand|employees?|people|persons?|workers?|staff|log|लोग|कर्मचारी|rs|rupees|रुपये|st\b|nd\b|rd\b|th\b|[/.:-]\s?\d|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
# Forms that a duty's text speaks of beside its own: "Short notices: REG-17, DRC-01B", "Form 97 that of Form 60".
_MENTIONED = re.compile(r"\b(?:[A-Z]{2,5}-\d{1,2}[A-Z]?|Form \d{1,3}[A-Z]{0,3})\b")
_FORM_ALIAS = re.compile(r"form (?=\w*\d)(?=\w*[a-z])(\w+)", re.IGNORECASE)
_IN_LATIN = {
    normal(each): word
    for each, word in (("फॉर्म", "form"), ("फार्म", "form"), ("फ़ॉर्म", "form"), ("एलएलपी", "llp"))
}
_LLP = re.compile(r"\bllps?\b|एलएलपी", re.IGNORECASE)
_NUMBERED = re.compile(r"form\d+[a-z]?")
_MOST_MENTIONS = 3
_PLAIN_WORDS = frozenset(cues()["plain_words"].split())
_MONTH_BEFORE = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$|\b(?:fy|ay|ty)$", re.IGNORECASE
)


class Named(NamedTuple):
    """A name found in a question: the duties it may mean, and the words it took."""

    ids: tuple[str, ...]
    start: int
    end: int
    text: str
    is_sure: bool = True  # spelt as the catalogue spells it


class Index(NamedTuple):
    """Every name by its letters, and every misspellable name by its digits."""

    by_key: Mapping[str, tuple[str, ...]]
    by_digits: Mapping[str, tuple[str, ...]]
    states: Mapping[str, str]
    labels: frozenset[str]  # of forms
    mentions: Mapping[str, tuple[str, ...]]  # the duties whose text speaks of a form


@lru_cache(maxsize=4)
def index_of(catalogue: Catalogue) -> Index:
    """The index of a catalogue's names, made once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for duty in catalogue.obligations.values():
        for name in _names_of(duty):
            if (key := _key(name)) and key not in _TOO_COMMON:
                found[key][duty.id] = None
    own, mentions = frozenset(found), _mentions(catalogue)
    for key, mentioned in mentions.items():
        if key not in own:
            found[key] = dict.fromkeys(mentioned)
    digits: dict[str, list[str]] = defaultdict(list)
    # Nobody mistypes an id: "it 10 days" is no it-10a.
    ids = keys(catalogue.obligations)
    for key in found.keys() - ids:
        if (figures := "".join(filter(str.isdigit, key))) and not key.isdigit():
            digits[figures].append(key)
    return Index(
        {key: tuple(ids) for key, ids in found.items()},
        {figures: tuple(spelt) for figures, spelt in digits.items()},
        _states(),
        keys(form.form for duty in catalogue.obligations.values() for form in duty.forms),
        mentions,
    )


def speaking_of(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """The duties whose text speaks of a form by this name, whether it is theirs or not."""
    return index_of(catalogue).mentions.get(_key(text), ())


def _names_of(duty: Obligation) -> Iterator[str]:
    yield duty.id
    yield duty.title.en
    yield duty.title.hi
    yield from duty.aliases
    yield from (alone[1] for alias in duty.aliases if (alone := _FORM_ALIAS.fullmatch(alias)))
    yield from called(duty.id)
    for form in duty.forms:
        for label in dict.fromkeys((form.form, *map(str.strip, form.form.split("/")))):
            if label in _PLAIN_WORDS:
                continue  # an allotment is told of in many questions, and found by its words
            if label == form.form or not label.isdigit():
                yield label
            yield f"form {label}"


def _mentions(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The forms that duties speak of without having them: those whose title does, else a few whose text does."""
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for duty in catalogue.obligations.values():
        for label in _MENTIONED.findall(duty.title.en):
            titles[_key(label)][duty.id] = None
        for text in (duty.summary.en, *duty.notes, *duty.papers, *(each.what for each in duty.changes)):
            for label in _MENTIONED.findall(text):
                texts[_key(label)][duty.id] = None
    few = {key: tuple(ids) for key, ids in texts.items() if len(ids) <= _MOST_MENTIONS}
    return few | {key: tuple(ids) for key, ids in titles.items()}


def _key(name: str) -> str:
    return "".join(_IN_LATIN.get(word.key, word.key) for word in words(normal(name)))


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    named = {key_of(name): code for code, name in STATE_NAMES.items()}
    return named | {key_of(name): code for code, names in read_words("places.yaml").items() for name in names}


def names_in(question: str, catalogue: Catalogue) -> list[Named]:
    """Every name of a duty in a normal question, the longest reading of each word, in order."""
    index, text_words = index_of(catalogue), words(question)
    exact = list(_taken(text_words, lambda span: _exact(question, span, index)))
    free = [word for word in text_words if not any(each.start <= word.start < each.end for each in exact)]
    near = list(_taken(free, lambda span: _near(question, span, index)))
    return sorted((*exact, *near), key=lambda each: each.start)


def _taken(text_words: Sequence[Word], read: Callable[[Sequence[Word]], Named | None]) -> Iterator[Named]:
    at = 0
    while at < len(text_words):
        spans = (
            text_words[at : at + length] for length in range(min(LONGEST_NAME, len(text_words) - at), 0, -1)
        )
        named = next((found for span in spans if (found := read(span))), None)
        if named is None:
            at += 1
            continue
        yield named
        at += sum(1 for word in text_words[at:] if word.start < named.end)


def states_in(question: str) -> list[str]:
    """The codes of the States that a normal question names, in order; two capitals are a code."""
    text_words, named = words(question), _states()
    found: dict[str, None] = {}
    for at, word in enumerate(text_words):
        for length in (4, 3, 2, 1):
            key = "".join(each.key for each in text_words[at : at + length])
            if key in named:
                found[named[key]] = None
                break
        letters = question[word.start : word.end]
        if len(letters) == 2 and letters.isupper() and letters in STATE_NAMES:
            found[letters] = None
    return list(found)


def counts_something(question: str, end: int) -> bool:
    """Whether what follows makes the number before it a count, a sum or a day."""
    return bool(_UNIT.match(question, end))


def _exact(question: str, span: Sequence[Word], index: Index) -> Named | None:
    start, end = span[0].start, span[-1].end
    key = "".join(_IN_LATIN.get(word.key, word.key) for word in span)
    if key not in index.by_key and _NUMBERED.fullmatch(key) and _LLP.search(question):
        key = f"llp{key}"  # "form 8" of an LLP
    if (
        key in index.by_key
        and not _has_two_numbers(question, span)
        and _stands_for_a_form(question, key, start, end)
        and not _is_month(question, key, start, end)
    ):
        return Named(index.by_key[key], start, end, question[start:end])
    return None


def _has_two_numbers(question: str, span: Sequence[Word]) -> bool:
    # Two numbers side by side are two numbers, "GSTR-1 1 year late" is no GSTR-11; section 16(4) is one.
    return any(
        one.key.isdigit() and other.key.isdigit() and "(" not in question[one.end : other.start]
        for one, other in pairwise(span)
    )


def _near(question: str, span: Sequence[Word], index: Index) -> Named | None:
    # Words that an exact name stands between are no span.
    start, end = span[0].start, span[-1].end
    if _has_two_numbers(question, span) or (span[-1].key.isdigit() and _UNIT.match(question, end)):
        return None
    if len(span) > 3 or end - start > sum(len(word.key) for word in span) + 3 * len(span):
        return None
    near = _misspelt("".join(_IN_LATIN.get(word.key, word.key) for word in span), index)
    return Named(index.by_key[near], start, end, question[start:end], is_sure=False) if near else None


def _is_month(question: str, key: str, start: int, end: int) -> bool:
    # APR is a report to the Reserve Bank, Apr 2026 a month.
    return key == "apr" and (
        question[start:end] != "APR" or bool(re.match(r"\s*(?:-|to\b|20\d\d)", question[end:]))
    )


def _stands_for_a_form(question: str, key: str, start: int, end: int) -> bool:
    if not key.isdigit() or "(" in question[start:end]:
        return True
    if _FORM_WORD.search(question[:start]):
        return True
    before = question[:start].rstrip()
    is_figure = (
        bool(_UNIT.match(question, end))
        or bool(_MONTH_BEFORE.search(before))
        or before.endswith(("rs", "Rs", "Rs.", "₹", "section", "Section", "rule", "/", "-"))
    )
    return len(key) >= 2 and not is_figure


def _misspelt(key: str, index: Index) -> str | None:
    """A name with the same digits that is nearly spelt so; letters are mistyped, digits hardly ever."""
    figures = "".join(filter(str.isdigit, key))
    candidates = index.by_digits.get(figures, ()) if figures else ()
    if not candidates or key.isdigit():
        return None
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only what is misspelt needs it

    best = process.extractOne(key, candidates, scorer=fuzz.ratio, score_cutoff=82)
    return str(best[0]) if best else None


def of_an_llp(named: Named, catalogue: Catalogue) -> tuple[str, ...]:
    """The duties of an LLP whose form has the number that is named: Form 4 of an LLP; none where there is none."""
    return index_of(catalogue).by_key.get(f"llp{key_of(named.text)}", ())


def is_label(text: str, catalogue: Catalogue) -> bool:
    """Whether a text is the label of a form, however short."""
    return key_of(text) in index_of(catalogue).labels


def by_plain_word(question: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The duties whose label is a word of every day that a normal question has."""
    spoken = {word.key for word in words(question)} & {each.casefold() for each in _PLAIN_WORDS}
    return tuple(
        duty.id
        for duty in catalogue.obligations.values()
        if any(form.form.casefold() in spoken for form in duty.forms)
    )


def duties_of_state(catalogue: Catalogue, family: str, state: str) -> tuple[str, ...]:
    """The duties of a family such as `lwf` or `pt` in one State."""
    prefix = f"{family}-{state.lower()}"
    return tuple(
        identity
        for identity in catalogue.obligations
        if identity == prefix or identity.startswith(f"{prefix}-")
    )


def keys(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared."""
    return frozenset(key_of(normal(name)) for name in names)
