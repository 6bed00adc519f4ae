"""The assistant that needs no network and no key: a question in, an answer out, the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from complianceai.assistant import handbook, retrieval
from complianceai.assistant.answer import Answer
from complianceai.assistant.boundaries import Refusal
from complianceai.assistant.intents import Intent, clauses_of, intents_in
from complianceai.assistant.limits import is_drawn
from complianceai.assistant.phrases import phrase
from complianceai.assistant.replies.applies import judged, reply_applies
from complianceai.assistant.replies.besides import tell_besides
from complianceai.assistant.replies.common import Case
from complianceai.assistant.replies.cost import reply_cost
from complianceai.assistant.replies.due import reply_due
from complianceai.assistant.replies.guide import (
    guide_for,
    passage_for,
    quote_beside,
    reply_guide,
    reply_passage,
)
from complianceai.assistant.replies.telling import (
    reply_about,
    reply_changes,
    reply_forms,
    reply_how,
    reply_next,
    reply_signs,
    reply_where,
)
from complianceai.assistant.understanding import Asked, understand
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules import ProfileFaults, read_profile
from complianceai.rules.words import STATE_NAMES

Raw = Mapping[str, Any]
Reply = Callable[[Case, tuple[str, ...]], None]

_REPLIES: Mapping[Intent, Reply] = {
    Intent.DUE: reply_due,
    Intent.COST: reply_cost,
    Intent.APPLIES: reply_applies,
    Intent.FORMS: reply_forms,
    Intent.CHANGES: reply_changes,
    Intent.SIGNS: reply_signs,
    Intent.WHERE: reply_where,
    Intent.PAPERS: reply_how,
    Intent.HOW: reply_how,
    Intent.ABOUT: reply_about,
}
_FAMILY_WORDS = {"lwf": "labour welfare fund", "pt": "professional tax"}
MOST_GROUPS = 4
_AS_NEAR = 0.75
# What is answered as well where another part of the question asks for it.
_BESIDES = frozenset({Intent.DUE, Intent.COST, Intent.SIGNS, Intent.FORMS})
_STILL = re.compile(r"\bstill\b|अब भी|अभी भी|\babhi bhi\b", re.IGNORECASE)
_WITHOUT_FEE = re.compile(
    r"\b(?:bina|without)(?: any| an)? (?:additional|extra|late|more)? ?fees?|बिना .{0,20}(?:फीस|शुल्क)",
    re.IGNORECASE,
)
# A question that begins with when but asks under which conditions, and one that asks for a place.
_UPON_WHAT = re.compile(
    r"\s*when (?:do|does|is|are|must|should)\b.{0,60}\b(?:need\w*|requir\w+|appl(?:y|ies|icable)|mandatory|compulsory|"
    r"necessary|bound|liable|cover(?:ed)?)\b",
    re.IGNORECASE,
)
_WHERE_TO = re.compile(r"\bwhere (?:do|to|can|is|should|must|are)\b|\bkaha+n?\b|कहाँ|कहां", re.IGNORECASE)
_ABOUT_WHOM = re.compile(r"\s*(?:who|kaun|कौन)\b", re.IGNORECASE)


def ask(
    catalogue: Catalogue, question: str, *, on: date, profile: Raw | None = None, history: Sequence[str] = ()
) -> Answer:
    """The answer to a question on a day, for a company where its profile is given.

    Errors: ProfileFaults where the profile is at fault.
    """
    if profile is not None:
        read_profile(profile)
    asked = understand(catalogue, question, history, on, profile)
    answer = Answer(confidence="high" if asked.is_sure else "medium")
    case = Case(catalogue, asked, profile, answer)
    if asked.refusal is not None:
        _refuse(case, asked.refusal)
    elif (guide := guide_for(case)) is not None:
        reply_guide(case, guide)
    elif (
        (passage := passage_for(case)) is not None
        and not (asked.family and not asked.groups)
        and not (asked.groups and asked.wants(Intent.APPLIES) and is_drawn(asked.groups[0], asked.question))
    ):
        reply_passage(case, passage)
    elif asked.groups:
        _reply(case)
    elif asked.wants(Intent.NEXT):
        reply_next(case)
    elif asked.family:
        _ask_for_state(case)
    else:
        _refuse(case, Refusal.UNKNOWN)
    return answer


def _reply(case: Case) -> None:
    intents = _intents(case.asked)
    if case.profile is not None and intents != [Intent.COST]:
        case.asked = replace(case.asked, groups=_of_the_company(case, intents))
    for group in case.asked.groups[:MOST_GROUPS]:
        for intent in intents:
            _REPLIES[intent](case, group)
    tell_besides(case, case.asked.groups[:MOST_GROUPS])
    quote_beside(case)


def _of_the_company(case: Case, intents: Sequence[Intent]) -> tuple[tuple[str, ...], ...]:
    """Of rules that the words mean as well as others, those that bind the company that asks."""
    asked = case.asked
    is_open = not asked.is_sure or (asked.is_loose and intents[0] is not Intent.APPLIES)
    if not is_open or len(asked.groups) != 1 or asked.family:
        return asked.groups
    is_llp = (case.profile or {}).get("entity_type") == "llp"
    found = retrieval.ranked(case.catalogue, f"{asked.question} LLP" if is_llp else asked.question, limit=8)
    near = [
        each.id
        for each in found
        if each.score >= _AS_NEAR * found[0].score
        and (
            not asked.is_loose
            or retrieval.coverage(case.catalogue, asked.loose_name, each.id, names_only=True) >= _AS_NEAR
        )
    ]
    if intents[0] is Intent.APPLIES:
        near = []  # whether it binds is what is asked: no other rule is looked for that does
    binding = [each for each in (*asked.groups[0], *near) if _binds(case, each)]
    binding.sort(key=lambda each: case.duty(each).kind != "duty")
    if own := tuple(each for each in asked.groups[0] if each in binding):
        return (own,)
    return ((binding[0],),) if binding else asked.groups


def _is_called(case: Case, name: str, identity: str) -> bool:
    return retrieval.coverage(case.catalogue, name, identity, names_only=True) >= _AS_NEAR


def _binds(case: Case, identity: str) -> bool:
    try:
        return judged(case, case.duty(identity), case.profile or {})[0].holds
    except ProfileFaults:
        return False


def _intents(asked: Asked) -> list[Intent]:
    """What to answer: the narrowest intent, and the date as well where both are asked."""
    found = [intent for intent in asked.intents if intent in _REPLIES]
    if Intent.CHANGES in found and _WITHOUT_FEE.search(asked.question):
        # Until when nothing more was charged is told by what was extended.
        found = [Intent.CHANGES, *(each for each in found if each not in {Intent.COST, Intent.CHANGES})]
        return found[:1] if Intent.DUE not in found else [Intent.CHANGES, Intent.DUE]
    spoken = [each for each in asked.days if each.day not in {asked.met_on, asked.began_on}]
    if (asked.delay is not None or len(spoken) > 1) and Intent.COST not in found:
        return [Intent.COST]
    if not found and (asked.entity or asked.headcount is not None or asked.amounts):
        return [Intent.APPLIES]
    if not found:
        return [Intent.DUE if asked.spans or len(asked.days) == 1 else Intent.ABOUT]
    wanted = found[:1]
    if Intent.HOW in found and found[0] is Intent.APPLIES and _WHERE_TO.search(asked.question):
        return [Intent.HOW]
    if found[0] is Intent.APPLIES and Intent.DUE in found and _UPON_WHAT.match(asked.question):
        return [Intent.APPLIES, Intent.DUE]
    if found[0] is Intent.APPLIES and Intent.DUE in found and asked.headcount is None and not asked.amounts:
        # "Must it be filed, and when?" and "by when must it be filed?" are both answered by the date.
        return [Intent.DUE, *([Intent.APPLIES] if asked.entity else [])]
    if found[0] is Intent.FORMS and Intent.DUE in found:
        wanted.append(Intent.DUE)
    if Intent.CHANGES in found and Intent.COST in found:
        # What replaced a penalty, and whether a rate still holds, is told by both.
        return [Intent.CHANGES, Intent.COST]
    if (
        found[0] is Intent.CHANGES
        and (asked.headcount is not None or asked.amounts)
        and _STILL.search(asked.question)
    ):
        return [Intent.APPLIES]
    if found[0] is Intent.HOW and asked.spans:
        return [Intent.HOW, Intent.DUE]
    if found[0] is Intent.CHANGES and Intent.DUE in found and re.search(r"dates?\b|तारीख", asked.question):
        return [Intent.CHANGES, Intent.DUE]
    return [*wanted, *_asked_besides(asked, wanted)]


def _asked_besides(asked: Asked, wanted: list[Intent]) -> list[Intent]:
    """What other parts of the question ask: "who signs it, and by when?"."""
    parts = clauses_of(asked.question)
    if len(parts) < 2 or Intent.COST in wanted:
        return []
    firsts = [next(iter(each for each in intents_in(part) if each in _BESIDES), None) for part in parts]
    if _ABOUT_WHOM.match(asked.question) and Intent.ABOUT not in wanted:
        firsts.append(Intent.ABOUT)
    return [each for each in dict.fromkeys(firsts) if each is not None and each not in wanted]


def _ask_for_state(case: Case) -> None:
    family, states = case.asked.family, case.asked.states
    known = _known_states(case, family)
    if not states:
        case.answer.need("state")
        case.say("which_state", *known.values())
        case.say("instances", *known.values(), states=", ".join(STATE_NAMES[state] for state in known))
        return
    names = ", ".join(STATE_NAMES[state] for state in states)
    if (none := case.catalogue.obligations.get(f"{family}-none")) is not None:
        _REPLIES[Intent.APPLIES](case, (none.id,))
    elif (passage := handbook.passage_on(f"{family}-none")) is not None:
        reply_passage(case, passage)
    case.say("no_state_duty", family=_FAMILY_WORDS[family], state=names)


def _known_states(case: Case, family: str) -> dict[str, Obligation]:
    """The States in which the catalogue has a duty of the family, the plainest duty of each."""
    found: dict[str, Obligation] = {}
    for identity, duty in case.catalogue.obligations.items():
        state = identity.removeprefix(f"{family}-")[:2].upper()
        if identity.startswith(f"{family}-") and state in STATE_NAMES:
            found.setdefault(state, duty)
    return found


def _refuse(case: Case, why: Refusal) -> None:
    case.answer.refused = True
    case.answer.confidence = "low" if why is Refusal.UNKNOWN else "high"
    case.say(why.value)
    if why is Refusal.UNKNOWN:
        near = retrieval.ranked(case.catalogue, case.asked.question, limit=3)
        titles = [case.duty(each.id).title for each in near]
        if titles:
            topics = "; ".join(title.hi if case.hindi else title.en for title in titles)
            case.answer.say(phrase("nearest", hindi=case.hindi, topics=topics))
