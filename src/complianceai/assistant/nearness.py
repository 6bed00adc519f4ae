"""Of rules that a name may mean, those that the rest of the question speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from complianceai.assistant import names, retrieval
from complianceai.assistant.intents import Intent
from complianceai.catalogue.model import Catalogue

_PAYING = re.compile(r"\b(?:pay|paid|paying|deposit\w*|remit\w*|challan|jama)\b|जमा|भुगतान", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:returns?|statements?|forms?|certificates?|fil(?:e|ed|ing)|reports?)\b|रिटर्न|विवरणी|प्रमाण|फॉर्म",
    re.IGNORECASE,
)
_A_PAYMENT = re.compile(r"\b(?:deposit|payment|contribution|advance tax)\b", re.IGNORECASE)
KIND_OF_ENTITY = re.compile(r"\bllps?\b|\bopcs?\b|proprietor\w*|partnership firm|एलएलपी|ओपीसी", re.IGNORECASE)
# What takes the place of a common name's rule has to be a kind of it.
_OF_THE_NAME = 0.7
SURE_SHARE = 0.75
MARGIN = 0.88
# A name of a few common words gives way to a rule that speaks of so much more of the question.
_BETTER_BY = 0.27


def or_nearer(
    catalogue: Catalogue, text: str, name: str, group: tuple[str, ...], intents: Sequence[Intent]
) -> tuple[str, ...]:
    """The group, or the rules that speak of much more of the question than it does, or alone can answer it."""
    text = KIND_OF_ENTITY.sub(" ", text)
    found = [
        each
        for each in retrieval.ranked(catalogue, text)
        if _can_say(catalogue, each.id, intents)
        and retrieval.coverage(catalogue, name, each.id) >= _OF_THE_NAME
    ]
    able = tuple(identity for identity in group if _can_say(catalogue, identity, intents))
    own = max((retrieval.coverage(catalogue, text, identity) for identity in able), default=0.0)
    if not found or (able and (found[0].id in able or found[0].score < own + _BETTER_BY)):
        return able or group
    near = tuple(each.id for each in found if each.score >= MARGIN * found[0].score)
    return of_its_deed(catalogue, text, near)[:3]


def or_speaking_of(catalogue: Catalogue, text: str, name: str, group: tuple[str, ...]) -> tuple[str, ...]:
    """The group of a form, or the rule that speaks of that form and of more of the question: FC-4 of the FCRA."""
    others = [each for each in names.speaking_of(catalogue, name) if each not in group]
    if not others:
        return group
    own = max(retrieval.coverage(catalogue, text, each) for each in group)
    best = max(others, key=lambda each: retrieval.coverage(catalogue, text, each))
    better = retrieval.coverage(catalogue, text, best) >= own + _BETTER_BY
    return (best,) if better else group


def of_its_deed(catalogue: Catalogue, text: str, near: tuple[str, ...]) -> tuple[str, ...]:
    """Of rules that fit as well, those about paying where the question speaks of paying and of no paper."""
    if not _PAYING.search(text) or _PAPER.search(text):
        return near
    paying = tuple(each for each in near if _A_PAYMENT.search(catalogue.obligations[each].title.en))
    return paying or near


def _can_say(catalogue: Catalogue, identity: str, intents: Sequence[Intent]) -> bool:
    """Whether a rule has what is asked for: a form where the form is asked, a date where the date is."""
    duty = catalogue.obligations[identity]
    wanted = intents[:1]
    return not (wanted == [Intent.FORMS] and not duty.forms)


def of_an_llp(catalogue: Catalogue, name: str, group: tuple[str, ...]) -> tuple[str, ...]:
    """An LLP's own duty where its name is also that of a company's: the annual return of an LLP is Form 11."""
    if not all(identity.startswith("mca-") for identity in group):
        return group
    found = retrieval.ranked(catalogue, f"{KIND_OF_ENTITY.sub(' ', name)} LLP", limit=20)
    own = next((each for each in found if each.id.startswith("llp-")), None)
    return (own.id,) if own is not None and own.score >= SURE_SHARE else group
