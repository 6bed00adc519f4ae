"""The assistant that needs no network and no key: a question in, an answer out, the same each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from complianceai.assistant import handbook, retrieval
from complianceai.assistant.answer import Answer
from complianceai.assistant.boundaries import Refusal
from complianceai.assistant.intents import Intent
from complianceai.assistant.phrases import phrase
from complianceai.assistant.replies.applies import reply_applies
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
from complianceai.rules import read_profile
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
    elif (passage := passage_for(case)) is not None and not (asked.family and not asked.groups):
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
    for group in case.asked.groups[:MOST_GROUPS]:
        for intent in intents:
            _REPLIES[intent](case, group)
    tell_besides(case, case.asked.groups[:MOST_GROUPS])
    if case.asked.is_how:
        quote_beside(case)


def _intents(asked: Asked) -> list[Intent]:
    """What to answer: the narrowest intent, and the date as well where both are asked."""
    found = [intent for intent in asked.intents if intent in _REPLIES]
    spoken = [each for each in asked.days if each.day not in {asked.met_on, asked.began_on}]
    if (asked.delay is not None or len(spoken) > 1) and Intent.COST not in found:
        return [Intent.COST]
    if not found and (asked.entity or asked.headcount is not None or asked.amounts):
        return [Intent.APPLIES]
    if not found:
        return [Intent.DUE if asked.spans or asked.met_on else Intent.ABOUT]
    wanted = found[:1]
    if found[0] is Intent.APPLIES and Intent.DUE in found and asked.headcount is None and not asked.amounts:
        # "Must it be filed, and when?" and "by when must it be filed?" are both answered by the date.
        return [Intent.DUE, *([Intent.APPLIES] if asked.entity else [])]
    if found[0] is Intent.FORMS and Intent.DUE in found:
        wanted.append(Intent.DUE)
    if Intent.CHANGES in found and Intent.COST in found:
        # What replaced a penalty, and whether a rate still holds, is told by both.
        return [Intent.CHANGES, Intent.COST]
    return wanted


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
