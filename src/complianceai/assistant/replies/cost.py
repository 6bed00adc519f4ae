"""What lateness costs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from complianceai.assistant.companies import dates_of, profile_or_none, typical, with_meeting
from complianceai.assistant.figures import Amount, Delay
from complianceai.assistant.intents import Intent
from complianceai.assistant.moments import Day, Span
from complianceai.assistant.phrases import rupee_words
from complianceai.assistant.rates import rates_of
from complianceai.assistant.replies.besides import sentences_of
from complianceai.assistant.replies.common import Case, label_of, tell_doubts, title_of
from complianceai.assistant.replies.due import about
from complianceai.assistant.replies.fees import counts_in, tell_fee_itself
from complianceai.base.dates import add_months, last_day
from complianceai.catalogue.model import Obligation
from complianceai.rules import Cost, InputFaults, Lateness, ProfileFaults, input_names, penalty
from complianceai.rules.words import field_in_words

_DUE = re.compile(r"due|last date|deadline|ड्यू|देय|थी|thi|tha", re.IGNORECASE)
_FILED = re.compile(r"filed?|paid|pay|deposit\w*|submit\w*|bhara|bhari|kiya|भरा|भरी|जमा|on|को", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|past|from|beyond|since|ke baad|के बाद|due(?: on)?)\s*$", re.IGNORECASE)
_NIL = re.compile(r"(?<!not )(?<!non-)(?<!non )\b(?:nil|zero)\b|शून्य|निल", re.IGNORECASE)
_NOT_NIL = re.compile(r"\b(?:not|non)[ -]nil\b|tax was there|with tax", re.IGNORECASE)
_DEDUCTED = re.compile(
    r"(?:deduct|collect)(?:ed)?\b(?:(?!\bpaid|\bpay|deposit|\bfiled).){0,48}$|kata\s*$|काटा\s*$",
    re.IGNORECASE,
)
_TAKEN_ON = ("deducted_on", "deductible_on", "collected_on", "collectible_on", "received_on")
_CAPITAL = re.compile(r"auth\w*\.? ?cap\w*|authori[sz]ed|अधिकृत|capital|पूंजी", re.IGNORECASE)
_INCOME = re.compile(r"income|\baay\b|आय", re.IGNORECASE)
_ASKS_FEE = re.compile(r"late fees?|लेट फीस|विलंब शुल्क", re.IGNORECASE)
_SMALL = re.compile(
    r"(?<!not a )(?<!not )(?<!than )small (?:company|llp)|\bopc\b|one person company|start-?up|छोटी कंपनी",
    re.IGNORECASE,
)
_REPEAT = re.compile(r"repeat\w*|second time|again|दोबारा", re.IGNORECASE)
_TURNOVER = re.compile(r"turnover|sales|aato|टर्नओवर|बिक्री", re.IGNORECASE)
# So large that no charge of a real business comes near it.
_NO_CAP = 10**15
# Money on which a charge runs in proportion, so that it can be told for each lakh of it.
_RUNS_ON, _LAKH = frozenset({"dues", "unpaid_tax", "amount", "principal", "tax"}), 100_000
# What the text of a duty without reckoned charges says of them.
_COSTS = re.compile(
    r"interest|penalt|\bfine[ds]?\b|\bfee\b|per cent|%|\bRs\b|imprison|ब्याज|प्रतिशत|जुर्माना|शुल्क", re.IGNORECASE
)
_MONEY_INPUTS = (
    "tax_due", "cash_tax_due", "dues", "unpaid_tax", "amount", "principal", "tax",
    "tax_deductible_or_collectible", "not_furnished", "contribution",
)  # fmt: skip


def reply_cost(case: Case, group: tuple[str, ...]) -> None:
    """Nothing; the answer has the sum with its working, or the rates where the question has no dates."""
    duty = _with_charges(case, group)
    form, days = _form(case, duty), _days(case, duty)
    if days is None and case.asked.wants(Intent.COST) and counts_in(case, form):
        days = _late_by(case, duty, Delay(days=1))  # the sum turns on what is counted, not on the day
    if days is None and case.asked.amounts and not case.asked.wants(Intent.CHANGES):
        # A sum of money is told so that it is reckoned with: for a single day, where no delay is told.
        days = _late_by(case, duty, Delay(days=1))
    if days is None:
        for identity in dict.fromkeys((duty.id, *group)):
            _rates(case, case.duty(identity))
        if case.asked.is_personal and case.profile is None:
            _ask_inputs(case, duty, form)
        return
    due, filed = days
    asked = Lateness(form, due, filed, _inputs(case, form), profile_or_none(case.profile))
    try:
        cost = penalty(case.catalogue, asked, case.asked.today)
    except InputFaults as missing:
        paths = [fault.path for fault in missing.faults]
        if _for_each_lakh(case, asked, paths, (due, filed)):
            return
        if (uncapped := _without_cap(case, asked, paths)) is None:
            _missing(case, duty, paths)
            return
        cost = uncapped
        case.answer.needs.extend(path for path in paths if path not in case.answer.needs)
        _tell(case, cost, due, filed)
        case.say("before_cap", duty, field=", ".join(dict.fromkeys(map(_input_words, paths))))
        return
    _tell(case, cost, due, filed)


def _with_charges(case: Case, group: tuple[str, ...]) -> Obligation:
    """The duty that lateness is reckoned by: of twins the plain one, and of a mere date the duty that it is about."""
    twins = [each for each in group if each.startswith(group[0]) or group[0].startswith(each)]
    duty = case.duty(min(twins, key=len))
    if duty.charges:
        return duty
    others = (case.duty(name) for name in (*group, *duty.related) if name in case.catalogue.obligations)
    label = duty.forms[0].form.split("-")[0] if duty.forms else ""
    fitting = (each for each in others if each.charges and any(form.form == label for form in each.forms))
    return next(fitting, duty)


def _without_cap(case: Case, asked: Lateness, paths: list[str]) -> Cost | None:
    """The cost where what is missing only caps it; None where it decides more than that."""
    try:
        cost = penalty(
            case.catalogue,
            asked._replace(inputs={**asked.inputs, **dict.fromkeys(paths, _NO_CAP)}),
            case.asked.today,
        )
    except (InputFaults, ArithmeticError):
        return None
    return cost if cost.total < _NO_CAP // 10**6 else None


def _for_each_lakh(case: Case, asked: Lateness, paths: list[str], days: tuple[date, date]) -> bool:
    """Whether what it costs for each lakh could be told where only the sum of money is missing."""
    if len(paths) != 1 or paths[0] not in _RUNS_ON:
        return False
    try:
        cost = penalty(
            case.catalogue, asked._replace(inputs={**asked.inputs, paths[0]: _LAKH}), case.asked.today
        )
    except (InputFaults, ArithmeticError):
        return False
    case.answer.need(paths[0])
    case.say("for_each_lakh", cost.obligation, field=_input_words(paths[0]), amount=rupee_words(_LAKH))
    _tell(case, cost, *days)
    _rates(case, cost.obligation)
    return True


def _ask_inputs(case: Case, duty: Obligation, form: str) -> None:
    """Nothing; somebody who asks for his own cost is asked for what it is reckoned from."""
    names = [each.name for each in duty.inputs if not each.has_default]
    given = _inputs(case, form)
    missing = [name for name in names if name not in given]
    for name in missing:
        case.answer.need(name)
    if missing:
        case.say("needs", duty, field=", ".join(dict.fromkeys(map(_input_words, missing))))


def _form(case: Case, duty: Obligation) -> str:
    """The label of the question, else the one in force when it was due."""
    letters = "".join(filter(str.isalnum, case.asked.question)).casefold()
    labels = [form.form for form in duty.forms]
    spoken = [label for label in labels if "".join(filter(str.isalnum, label)).casefold() in letters]
    return max(spoken, key=len) if spoken else label_of(duty, case.asked.today).split("/")[0]


def _days(case: Case, duty: Obligation) -> tuple[date, date] | None:
    """The day on which it was due and the day on which it was filed, as far as the question says."""
    asked = case.asked
    told = {asked.met_on, asked.began_on, _deducted_on(case)}
    spoken = [each for each in asked.days if each.day not in told]
    if asked.delay is not None and not spoken:
        return _late_by(case, duty, asked.delay)
    if asked.delay is not None and len(spoken) == 1 and _AFTER.search(asked.question[: spoken[0].at]):
        return spoken[0].day, _later(spoken[0].day, asked.delay)
    due = next((each.day for each in spoken if _is_due(asked.question, each, spoken)), None)
    filed = next((each.day for each in reversed(spoken) if each.day != due), None)
    due = due or _due_by_period(case, duty)
    if due is None or (due > asked.today and filed is None and asked.delay is None):
        return None
    if filed is None and asked.delay is not None:
        filed = _later(due, asked.delay)
    return due, filed or asked.today


def _later(due: date, delay: Delay) -> date:
    return add_months(due, delay.months) + timedelta(days=delay.days)


def _deducted_on(case: Case) -> date | None:
    question = case.asked.question
    found = (
        each.day for each in case.asked.days if _DEDUCTED.search(question[max(0, each.at - 60) : each.at])
    )
    return next(found, None)


def _is_due(question: str, each: Day, every: list[Day]) -> bool:
    before = question[max(0, each.at - 18) : each.at]
    return bool(_DUE.search(before)) or (len(every) > 1 and each.day == min(other.day for other in every))


def _due_by_period(case: Case, duty: Obligation) -> date | None:
    raw = case.profile or typical(case.catalogue, duty.id)
    if raw is None:
        return None
    span, held, taken = case.asked.span, case.asked.met_on, _deducted_on(case)
    if taken is not None:
        span = Span(taken.replace(day=1), last_day(taken.year, taken.month), "month")
    if held is not None:
        raw = with_meeting(raw, held)
        span = span or Span(held, held, "due_day")
    if span is None:
        return None
    try:
        found = dates_of(case.catalogue, raw, duty, span.start, add_months(span.end, 20), case.asked.today)
    except ProfileFaults:
        return None
    found = found[:1] if span.kind == "due_day" else about(found, span)
    return found[-1].statutory_due_date if found else None


def _late_by(case: Case, duty: Obligation, delay: Delay) -> tuple[date, date]:
    """A delay of which only the length matters: from the last due date that lies long enough ago, or from any day."""
    raw, today = case.profile or typical(case.catalogue, duty.id), case.asked.today
    latest = add_months(today, -delay.months) - timedelta(days=delay.days)
    try:
        found = dates_of(case.catalogue, raw, duty, add_months(latest, -24), latest, today) if raw else []
    except ProfileFaults:
        found = []
    plain = [each for each in found if each.extension is None] or found
    due = plain[-1].due_date if plain else latest
    return due, _later(due, delay)


def _inputs(case: Case, form: str) -> dict[str, Any]:
    names = {name for name, _, _ in input_names(case.catalogue, form)}
    given: dict[str, Any] = {}
    if "nil_return" in names and (_NIL.search(case.asked.whole) or _NOT_NIL.search(case.asked.whole)):
        given["nil_return"] = not _NOT_NIL.search(case.asked.whole)
    if taken := _deducted_on(case):
        given |= {name: taken for name in _TAKEN_ON if name in names}
    given |= counts_in(case, form)
    if "small_company" in names and _SMALL.search(case.asked.whole):
        given["small_company"] = True
    if "small_llp" in names and _SMALL.search(case.asked.whole):
        given["small_llp"] = True
    if "repeat" in names and _REPEAT.search(case.asked.whole):
        given["repeat"] = True
    for amount in case.asked.amounts:
        for name in _meant(case.asked.question, amount, names):
            given.setdefault(name, int(amount.rupees))
    return given


def _meant(question: str, amount: Amount, names: set[str]) -> set[str]:
    """Which inputs a sum is: the turnover where its neighbours say so, else the money that the charge runs on."""
    around = question[max(0, amount.at - 28) : amount.at] + question[amount.end : amount.end + 14]
    if "authorised_capital" in names and _CAPITAL.search(around):
        return {"authorised_capital"}
    if "total_income" in names and _INCOME.search(around):
        return {"total_income"}
    money = next((each for each in _MONEY_INPUTS if each in names), "turnover")
    if _TURNOVER.search(around) or money == "turnover":
        # The turnover in the State is the whole of it unless somebody says otherwise.
        return {"turnover", "turnover_in_state"} & names
    return {money}


def _missing(case: Case, duty: Obligation, paths: list[str]) -> None:
    for path in paths:
        case.answer.need(path)
    case.say("needs", duty, field=", ".join(dict.fromkeys(map(_input_words, paths))))
    _rates(case, duty)


def _input_words(path: str) -> str:
    words = field_in_words(path)
    return words if path.split("_", maxsplit=1)[0] in words else path.replace("_", " ")


def _tell(case: Case, cost: Cost, due: date, filed: date) -> None:
    duty = cost.obligation
    fields = {"form": cost.form, "due": case.day(due), "filed": case.day(filed)}
    if cost.days_late <= 0 and not cost.total:
        case.say("in_time", duty, **fields)
    else:
        case.say("cost", duty, **fields, days=cost.days_late, total=rupee_words(cost.total))
    for name, day in (("due_date", due), ("filed_on", filed)):
        case.answer.note(name, day, duty)
    case.answer.note("amount", cost.total, duty)
    case.answer.note("number", str(cost.days_late), duty)
    for line in cost.lines:
        words = line.kind.replace("_", " ").capitalize()
        if line.charge.discretionary:
            case.say("may_be", duty, words=line.formula)
        else:
            case.say("line", duty, words=words, formula=line.formula, amount=rupee_words(line.amount))
        case.answer.note("amount", line.amount, duty)
        case.answer.note("working", line.formula, duty)
    tell_fee_itself(case, cost, form=cost.form)
    tell_doubts(case, duty)


def _rates(case: Case, duty: Obligation) -> None:
    if not duty.charges:
        told = [each for each in sentences_of(case, duty) if _COSTS.search(each)]
        for each in told:
            case.answer.say(each, duty)
        if not told:
            case.say("no_charge_of", duty, title=title_of(case, duty))
    if _ASKS_FEE.search(case.asked.question) and not any("fee" in charge.kind for charge in duty.charges):
        case.say("no_fee", duty, form=label_of(duty, case.asked.today))
    for charge in duty.charges:
        case.say("charges", duty, words=rates_of(charge))
        case.answer.cite(duty, [charge.citation])
    for note in duty.notes:
        case.answer.say(note, duty)
