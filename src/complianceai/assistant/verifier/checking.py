"""A model's text judged against what it was given: what is not borne out is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from complianceai.assistant.text import is_hindi
from complianceai.assistant.verifier.claims import claims_in, plain
from complianceai.assistant.verifier.evidence import Evidence, Known, Read, Statement
from complianceai.assistant.verifier.parts import parts_of
from complianceai.assistant.verifier.reading import Claim
from complianceai.assistant.verifier.roles import misplaced
from complianceai.assistant.verifier.sentences import Cited, sentences_of
from complianceai.assistant.verifier.subjects import telling

# Looked for in the whole passage; all else in one statement of it, or in its heading.
_ANYWHERE = frozenset(["act", "case"])
_PERIODS = frozenset(["year", "fy", "ay", "month_year", "day"])
_PLACES = frozenset(["form", "section", "rule", "notification", "article", "regulation"])
# Markup, addresses of the web and pictures: an answer's only links are its citations.
_MARKUP = re.compile(
    r"https?:|www\.|<\s*/?\s*[a-z!]|!\[|\]\(|&[a-z#0-9]+;|javascript:|data:|\b[\w-]+\.(?:com|net|org|in|io)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?:it|its|this|that|these|those|they|such|however|so|therefore|hence|then|thus|otherwise|but|and|also|"
    r"in that case|similarly|likewise|यह|वह|ये|वे|इस|उस|इसलिए|लेकिन|तब|अतः|yeh|ye|woh|isliye|lekin)(?![\w\u0900-\u097F])",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"^\W*(?:with|if|since|because|having|as you|you said|you told|you say|at a turnover|on a turnover|for a delay|"
    r"अगर|यदि|चूँकि|चूंकि|आपने|agar|yadi|aapne)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:filed|paid|deducted|incorporated|held|met|collected|received|appointed|dated|bhara|kiya)\b|भरा|किया|हुई",
    re.IGNORECASE,
)
_GIVEN_KINDS = frozenset(["amount", "days", "months", "years", "number", "percent", "day", "month_day"])
LEAST_KEPT, LEAST_LETTERS, LONGEST = 0.5, 20, 800
_CLEARLY_BETTER, _CLEARLY_MORE, _CLEARLY_LESS = 2, 3, 0.6
_DENIES = re.compile(
    r"\b(?:not|no|never|without|nothing|nobody|none|neither|nor|exempt\w*|only|unless|instead|cannot|nahin?)\b|"
    r"n't\b|नहीं|बिना|छूट|केवल",
    re.IGNORECASE,
)
_HINGLISH = re.compile(
    r"\b(?:hai|hain|hota|hoti|karna|karne|tak|ka|ki|ke|mein|bharna|nahi|par|se|agle|baad|kar|ko|jama|lagta)\b",
    re.IGNORECASE,
)


class Dropped(NamedTuple):
    """A sentence that is not borne out; why: markup, long, uncited, unknown, dangling, unlike, or a claim's kind."""

    sentence: Cited
    why: str


class Verified(NamedTuple):
    """What of a text may be shown; `is_enough` is False where the answer without a model says more."""

    kept: tuple[Cited, ...]
    dropped: tuple[Dropped, ...]

    @property
    def is_enough(self) -> bool:
        """Whether what is left answers at all: half of the sentences, the first among them."""
        every = len(self.kept) + len(self.dropped)
        letters = sum(len(each.text) for each in self.kept)
        return bool(self.kept) and len(self.kept) >= LEAST_KEPT * every and letters >= LEAST_LETTERS

    @property
    def text(self) -> str:
        """What is left."""
        return "\n".join(each.text for each in self.kept)


def verify(text: str, evidence: Evidence) -> Verified:
    """The sentences of a text that its passages bear out, and the others with why not."""
    return verify_sentences(sentences_of(text), evidence)


def verify_sentences(sentences: Sequence[Cited], evidence: Evidence) -> Verified:
    """The same, for a text that is taken apart already."""
    kept: list[Cited] = []
    dropped: list[Dropped] = []
    for each in sentences:
        why = check_sentence(
            each, evidence, follows_dropped=bool(dropped) and (not kept or _last(dropped, each, sentences))
        )
        if why:
            dropped.append(Dropped(each, why))
        else:
            kept.append(each)
    return Verified(tuple(kept), tuple(dropped))


def _last(dropped: Sequence[Dropped], each: Cited, sentences: Sequence[Cited]) -> bool:
    at = next(index for index, one in enumerate(sentences) if one is each)
    return at > 0 and dropped[-1].sentence is sentences[at - 1]


def check_sentence(sentence: Cited, evidence: Evidence, *, follows_dropped: bool = False) -> str:
    """Why a sentence may not be shown, in one word, or nothing where it may."""
    if _MARKUP.search(sentence.text):
        return "markup"
    if len(sentence.text) > LONGEST:
        return "long"
    if not sentence.ids:
        return "uncited"
    passages = [evidence.find(each) for each in sentence.ids]
    found = [each for each in passages if each is not None]
    if len(found) != len(passages):
        return "unknown"
    if follows_dropped and _BACK.match(sentence.text):
        return "dangling"
    return (
        _unsupported(sentence.text, found, evidence.given)
        or _misplaced(sentence.text, found)
        or _unlike(sentence.text, found, evidence)
    )


def _misplaced(text: str, passages: Sequence[Read]) -> str:
    """Whether a figure stands in the passages for something else; of Hindi the words beside it tell too little."""
    if is_hindi(text) or len(_HINGLISH.findall(plain(text))) > 1:
        return ""
    return misplaced(text, [each for one in passages for each in one.passage.statements])


def _unsupported(text: str, passages: Sequence[Read], given: Known) -> str:
    claims = _in_their_year(claims_in(text))
    words = plain(text)
    holding = frozenset().union(*(each.whole for each in passages))
    for claim in claims:
        if not _is_there(claim, passages, holding) and not _may_be_given(claim, given):
            return claim.kind
    bound = [each for each in claims if each.kind not in _ANYWHERE]
    said = _Said(
        telling(words), bool(_DENIES.search(words)), len(_HINGLISH.findall(words)) > 1 or is_hindi(text)
    )
    statements = [each for passage in passages for each in passage.statements]
    if not bound or _is_borne(bound, said, statements):
        return ""
    for part in parts_of(words, bound):
        here = words[part.start : part.end]
        left = [each for each in part.claims if not _is_given(each, here, given)]
        if left and not _is_borne(left, said._replace(words=telling(here)), statements):
            return left[0].kind
    return ""


def _in_their_year(claims: Sequence[Claim]) -> list[Claim]:
    """The claims; a day without a year is one of every year, unless the sentence speaks of one."""
    if not any(each.kind in _PERIODS for each in claims):
        return list(claims)
    return [each._replace(kind="once") if each.kind == "month_day" else each for each in claims]


class _Said(NamedTuple):
    """What a sentence says besides its claims."""

    words: frozenset[str]
    denies: bool
    is_hindi: bool


def _is_there(claim: Claim, passages: Sequence[Read], holding: Known) -> bool:
    if claim.kind == "act":
        return any(kind == "act" and claim.value <= value for kind, value in holding)
    if claim.kind == "case":
        return any(claim.value in each.text for each in passages)
    return (claim.kind, claim.value) in holding


def _is_borne(claims: Sequence[Claim], said: _Said, statements: Sequence[Statement]) -> bool:
    """Whether one statement holds all of it and is about the same as the sentence, as far as words tell."""
    holding = [each for each in statements if _holds(each, claims, denied=said.denies)]
    if said.is_hindi:
        # The catalogue's texts are English for the most part, so that words tell nothing.
        return bool(holding)
    best = max(len(said.words & each.words) for each in statements)
    ours = max((len(said.words & each.words) for each in holding), default=-1)
    is_near = best - ours < _CLEARLY_MORE or ours > _CLEARLY_LESS * best
    return (
        ours >= 0
        and is_near
        and _names_its_forms(claims, said, holding)
        and _is_its_place(claims, said, holding, statements)
    )


def _is_its_place(
    claims: Sequence[Claim], said: _Said, holding: Sequence[Statement], statements: Sequence[Statement]
) -> bool:
    """Whether a section is that of what is said: the fee of one section is not the interest of another."""
    places = [each for each in claims if each.kind in _PLACES]
    if all((each.kind, each.value) in holding[0].heading for each in places):
        return True
    best = max(len(said.words & each.own_words) for each in statements)
    return best - max(len(said.words & each.own_words) for each in holding) < _CLEARLY_BETTER


def _names_its_forms(claims: Sequence[Claim], said: _Said, holding: Sequence[Statement]) -> bool:
    """Whether a form that is not the passage's own is spoken of as there: a mention in passing bears out nothing."""
    forms = {(each.kind, each.value) for each in claims if each.kind == "form"}
    return any(forms <= each.heading or said.words & each.own_words for each in holding)


def _holds(statement: Statement, claims: Sequence[Claim], *, denied: bool) -> bool:
    wanted = Counter((each.kind, each.value) for each in claims)
    held = statement.holds if denied else statement.affirmed
    # What is said twice of two things stands there twice: fifteen days' wages within thirty days are not thirty twice.
    return all(
        each in held and (count == 1 or each in statement.heading or statement.times[each] >= count)
        for each, count in wanted.items()
    )


def _may_be_given(claim: Claim, given: Known) -> bool:
    return claim.kind in _GIVEN_KINDS and (claim.kind, claim.value) in given


def _is_given(claim: Claim, words: str, given: Known) -> bool:
    """Whether the sentence only repeats what the person said of themselves."""
    if not _may_be_given(claim, given) or not _GIVEN.match(words):
        return False
    return claim.kind not in {"day", "month_day"} or bool(_PAST.search(words))


def _unlike(text: str, passages: Sequence[Read], evidence: Evidence) -> str:
    """Whether another passage says plainly more of this than the cited ones do."""
    words = telling(plain(text))
    every = evidence.passages.values()
    ours = len(words & frozenset().union(*(each.words for each in passages)))
    best = max((len(words & each.words) for each in every), default=0)
    if best and (not ours or (best - ours >= _CLEARLY_BETTER and ours <= _CLEARLY_LESS * best)):
        return "unlike"
    return ""
