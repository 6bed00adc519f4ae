"""Whether it binds, and from which limit on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complianceai.assistant.companies import TURNOVERS, changed, typical
from complianceai.assistant.phrases import for_anybody
from complianceai.assistant.replies.common import Case, Raw, label_of, tell_doubts
from complianceai.assistant.replies.lines import ask_what_decides, by_line
from complianceai.assistant.retrieval import telling_words
from complianceai.assistant.support import figures_in
from complianceai.base.dates import add_months
from complianceai.base.periods import Period, financial_year
from complianceai.catalogue.model import Obligation
from complianceai.rules import Profile, ProfileFaults, advise, read_profile
from complianceai.rules.applicability import Verdict, judge, with_period
from complianceai.rules.law import Duty, law
from complianceai.rules.words import field_in_words, fill


def reply_applies(case: Case, group: tuple[str, ...]) -> None:
    """Nothing; the answer begins with yes or no where the facts decide, and names the limits."""
    duties = [case.duty(identity) for identity in group]
    facts = _facts(case)
    for duty in duties:
        raw = case.profile or typical(case.catalogue, duty.id)
        if by_line(case, duty, facts) or _told_apart(case, duty):
            pass
        elif raw is not None and (_turns_on(duty, facts) or case.profile is not None):
            _verdict(case, duty, changed(raw, **facts))
        elif case.asked.is_personal:
            ask_what_decides(case, duty)
        _limits(case, duty)
        tell_doubts(case, duty)


def _told_apart(case: Case, duty: Obligation) -> bool:
    """Whether the duty leaves out, in its own words, what the question says that somebody has not got."""
    for found in _LACKING.finditer(case.asked.question):
        lacked = frozenset(telling_words(found[0].partition(" ")[2]))
        for clause in duty.applies:
            said = clause.otherwise or ""
            if lacked and "without" in said and lacked <= frozenset(telling_words(said)):
                form = label_of(duty, case.asked.today)
                case.say("not_bound", duty, form=form, reason=for_anybody(said))
                return True
    return False


def _turns_on(duty: Obligation, facts: Mapping[str, Any]) -> bool:
    """Whether any fact that the question tells is one that the duty asks for; a yes by other facts says nothing."""
    asked_for = {name.split(".")[0] for clause in duty.applies for name in clause.when.names}
    if "registration" in asked_for:
        asked_for.add("gst")
    if "is_small_company" in asked_for:
        asked_for |= {"holding_or_subsidiary", "paid_up_capital", *TURNOVERS}
    return bool(asked_for & set(facts))


def why_not(case: Case, duties: list[Obligation]) -> None:
    """Nothing; the answer says why nothing of these falls due for the company."""
    for duty in duties:
        form = label_of(duty, case.asked.today)
        if duty.undated:
            case.say("form_is", duty, form=form, title=duty.title.hi if case.hindi else duty.title.en)
            case.say("no_date", duty, why=duty.undated.why.hi if case.hindi else duty.undated.why.en)
            continue
        verdict, reason = judged(case, duty, case.profile or {})
        if verdict.needs:
            _ask(case, duty, verdict.needs)
        elif verdict.holds:
            case.say("none_now", duty, form=form)
        else:
            case.say("not_bound" if reason else "not_bound_plain", duty, form=form, reason=reason)


def judged(case: Case, duty: Obligation, raw: Raw) -> tuple[Verdict, str]:
    """Whether the duty binds a company of those facts, and the first reason against.

    Errors: ProfileFaults.
    """
    known = law(case.catalogue, case.asked.today).get(duty.id)
    profile, period = read_profile(raw), _period(case)
    if known is None:
        return _without_date(case, duty, profile, period)
    verdicts = [_of_subject(known, facts, period) for facts in _subjects(profile, duty)]
    for wanted in (lambda each: each[0].holds, lambda each: bool(each[0].needs)):
        if found := next(filter(wanted, verdicts), None):
            return found
    return verdicts[0] if verdicts else (Verdict(holds=False), _nothing_there(duty))


def _without_date(case: Case, duty: Obligation, profile: Profile, period: Period) -> tuple[Verdict, str]:
    """The verdict on what has no date, such as a definition."""
    advised = advise(case.catalogue, profile, period.start, period.end, case.asked.today)
    found = next((each for each in advised if each.obligation is duty), None)
    if found is not None:
        return Verdict(holds=not found.needs, needs=found.needs), ""
    reasons = [
        clause.otherwise for clause in duty.applies if clause.otherwise and "{" not in clause.otherwise
    ]
    return Verdict(holds=False), reasons[0] if len(duty.applies) == len(reasons) == 1 else ""


def _subjects(profile: Profile, duty: Obligation) -> list[Any]:
    return [subject.facts for subject in profile.subjects(duty.per)]


def _of_subject(known: Duty, facts: Any, period: Period) -> tuple[Verdict, str]:
    whole = with_period(known, facts, period, always=True)
    reasons = []
    for clause in known.obligation.applies:
        verdict = judge([clause.when], whole)
        if verdict.needs:
            reasons.append((verdict, ""))
        elif not verdict.holds:
            return verdict, fill(clause.otherwise or "", whole)
    return reasons[0] if reasons else (Verdict(holds=True), "")


def _nothing_there(duty: Obligation) -> str:
    return {
        "registration": "You have no GST registration.",
        "director": "You have no directors.",
        "trademark": "You have no trade mark.",
    }.get(duty.per, "")


def _period(case: Case) -> Period:
    span = case.asked.span
    if span is None or span.kind.startswith("due_"):
        return financial_year(add_months(case.asked.today, 0))
    return Period("", span.start, span.end)


def _facts(case: Case) -> dict[str, Any]:
    """What the question itself says of the company, as fields of a profile."""
    asked, facts = case.asked, dict[str, Any]()
    if asked.headcount is not None:
        facts |= _heads(case, asked.headcount)
    if asked.entity and case.profile is None:
        facts["entity_type"] = asked.entity
    if case.profile is None:
        facts |= _scheme(asked.question)
    facts |= {name: True for name, shape in _SAID_TO_BE.items() if shape.search(asked.question)}
    for amount in asked.amounts:
        before = asked.question[max(0, amount.at - 24) : amount.at].casefold()
        after = asked.question[amount.end : amount.end + 16].casefold()
        name = _field(before) or _field(after) or ("turnover" if len(asked.amounts) == 1 else "")
        if name == "turnover":
            facts |= dict.fromkeys(TURNOVERS, int(amount.rupees))
        elif name:
            facts[name] = int(amount.rupees)
    return facts


def _scheme(question: str) -> dict[str, Any]:
    """The GST registration of whoever is under the scheme that a question speaks of: "composition dealers"."""
    scheme = next((name for name, shape in _SCHEMES.items() if shape.search(question)), None)
    return (
        {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": scheme}]}} if scheme else {}
    )


def _heads(case: Case, count: int) -> dict[str, Any]:
    # Whoever asks about a number of people asks what the number alone brings, in the State that they name.
    state = next(iter(case.asked.states), None) or (case.profile or {}).get("state")
    own = {"by_state": {state: count}} if state else {}
    found: dict[str, Any] = {"employees": {"total": count, "esi_wage_covered": count, **own}}
    return found if case.profile is not None else {**found, "registrations": {}}


_SENTENCES = re.compile(r"(?<=[.।])\s+(?=[A-Z\u0900-\u097F])")
_DRAWS = re.compile(r"crore|lakh|employees|workers|persons|people|करोड़|लाख|कर्मचारी", re.IGNORECASE)
_LACKING = re.compile(r"\b(?:without|no|having no|bina) (?:\w+ ){0,2}\w+", re.IGNORECASE)
_SAID_TO_BE = {
    "holding_or_subsidiary": re.compile(
        r"\b(?:a|our|tiny|small|is|as) (?:\w+ )?(?:subsidiary|holding company)|सहायक कंपनी", re.IGNORECASE
    ),
    "dormant": re.compile(r"\bdormant\b|निष्क्रिय", re.IGNORECASE),
}
_SCHEMES = {
    "composition": re.compile(
        r"(?:under|in|on) (?:the )?composition|कंपोज़?िशन"
        r"|composition (?:deal|tax|scheme|wal|compan|suppl|firm|shop|trader)\w*",
        re.IGNORECASE,
    ),
}
_FIELDS = {
    "paid_up_capital": ("paid-up", "paid up", "capital", "पूंजी"),
    "contribution": ("contribution",),
    "net_profit": ("net profit", "profit", "लाभ"),
    "net_worth": ("net worth", "networth"),
    "turnover": ("turnover", "sales", "receipts", "टर्नओवर", "बिक्री", "billing", "bikri"),
}


def _field(around: str) -> str:
    """Which field a sum is about, by the word nearest to it; empty where none stands there."""
    found = {name: max(around.rfind(word) for word in words) for name, words in _FIELDS.items()}
    nearest = max(found, key=lambda name: found[name])
    return nearest if found[nearest] >= 0 else ""


def _verdict(case: Case, duty: Obligation, raw: Raw) -> None:
    form = label_of(duty, case.asked.today)
    try:
        verdict, reason = judged(case, duty, raw)
    except ProfileFaults:
        # A figure that this kind of company has not got decides nothing.
        return
    if verdict.holds:
        case.say("bound", duty, form=form)
    elif verdict.needs:
        _ask(case, duty, verdict.needs)
    else:
        case.say("not_bound" if reason else "not_bound_plain", duty, form=form, reason=reason)


def _ask(case: Case, duty: Obligation, needs: str) -> None:
    case.answer.need(needs)
    case.say("needs", duty, field=field_in_words(needs))


def _limits(case: Case, duty: Obligation) -> None:
    found = case.explained(duty)
    case.say("who", duty, who=for_anybody(" ".join(found.who)))
    for limit in found.thresholds:
        case.say("threshold", duty, limit=limit)
    for note in duty.notes:
        case.answer.say(note, duty)
    _lines_in_the_summary(case, duty)


def _lines_in_the_summary(case: Case, duty: Obligation) -> None:
    """Nothing; the answer has the sentences of the summary that draw a line it has not told yet."""
    said = figures_in(case.answer.text)
    latest = max(duty.changes, key=lambda each: each.on, default=None)
    told = [latest.what] if latest is not None and latest.on <= case.asked.today else []
    for sentence in (*_SENTENCES.split(duty.summary.hi if case.hindi else duty.summary.en), *told):
        if _DRAWS.search(sentence) and figures_in(sentence) - said:
            case.answer.say(sentence, duty)
