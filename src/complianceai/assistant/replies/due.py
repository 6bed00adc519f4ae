"""By when."""

from __future__ import annotations

from datetime import date

from complianceai.assistant.companies import changed, dates_of, example_dates, in_state, typical, with_meeting
from complianceai.assistant.happenings import date_from, facts_in, is_counted
from complianceai.assistant.intents import Intent
from complianceai.assistant.moments import Span
from complianceai.assistant.replies.applies import why_not
from complianceai.assistant.replies.common import Case, label_of, rule_of, tell_date, tell_doubts, title_of
from complianceai.base.dates import add_months
from complianceai.catalogue.model import Form, Obligation
from complianceai.rules import Occurrence
from complianceai.rules.words import field_in_words

MOST_DATES = 12
_FEW = 3
# The longest time after a period's end in which a duty about it falls due.
_REACH_MONTHS = 20
_MONTH = 32
_LICENCE = "licence:"


def reply_due(case: Case, group: tuple[str, ...]) -> None:
    """Nothing; the answer says by when, for the company that asks or, without one, as a rule and an example."""
    duties = [case.duty(identity) for identity in group]
    if _from_its_day(case, duties):
        return
    if case.profile is None:
        for duty in duties:
            _as_a_rule(case, duty, alone=len(duties) <= _FEW)
        return
    found = [(duty, each) for duty in duties for each in _dates(case, duty)]
    if not found:
        # A small company's annual return is another form than the one that people call so.
        twins = [
            case.duty(name) for duty in duties for name in duty.related if name in case.catalogue.obligations
        ]
        found = [(twin, each) for twin in twins if _is_twin(twin, duties) for each in _dates(case, twin)]
    for duty, each in sorted(found, key=lambda row: row[1].due_date)[:MOST_DATES]:
        tell_date(case, duty, each)
    for duty in {duty.id: duty for duty, _ in found}.values():
        tell_doubts(case, duty)
    if not found:
        why_not(case, duties)


def _from_its_day(case: Case, duties: list[Obligation]) -> bool:
    """Whether the date could be counted from the one day, of an event or a meeting, that the question names."""
    days = {each.day for each in case.asked.days}
    # Beside a date there may be rules of the same form that have none.
    duties = [duty for duty in duties if is_counted(duty)]
    if len(days) != 1 or not duties:
        return False
    day, today = days.pop(), case.asked.today
    found = {duty.id: date_from(case.catalogue, duty, case.profile, day, today) for duty in duties}
    told: set[tuple[str, date]] = set()
    for duty in duties:
        each = found[duty.id]
        # Forms of one kind, told apart by what is paid for, have one date.
        if each is not None and (each.form, each.due_date) not in told:
            told.add((each.form, each.due_date))
            tell_date(case, duty, each)
            case.say("rule", duty, form=each.form, title=title_of(case, duty), rule=rule_of(case, duty))
            tell_doubts(case, duty)
    return bool(told)


def _is_twin(twin: Obligation, duties: list[Obligation]) -> bool:
    """Whether it is the same thing under another label: forms such as MGT-7 and MGT-7A begin alike."""
    return any(
        one.form.startswith(other.form) or other.form.startswith(one.form)
        for one in twin.forms for duty in duties for other in duty.forms
    )  # fmt: skip


def _dates(case: Case, duty: Obligation) -> list[Occurrence]:
    span, today, raw = case.asked.span, case.asked.today, case.profile or {}
    if duty.undated:
        return []
    if case.asked.met_on is not None:
        held = case.asked.met_on
        return dates_of(case.catalogue, with_meeting(raw, held), duty, held, add_months(held, 4), today)[:1]
    if span is None:
        found = dates_of(case.catalogue, raw, duty, today, add_months(today, 18), today)
        return _first_of_each(found)
    if span.kind.startswith("due_"):
        return dates_of(case.catalogue, raw, duty, span.start, span.end, today)
    end = add_months(span.end, _REACH_MONTHS)
    return about(dates_of(case.catalogue, raw, duty, span.start, end, today), span)


def about(found: list[Occurrence], span: Span) -> list[Occurrence]:
    """The dates that are about a period: exactly it, else within it, else the one that it lies in; else due in it."""
    exactly = [each for each in found if (each.period.start, each.period.end) == (span.start, span.end)]
    within = [each for each in found if span.start <= each.period.start and each.period.end <= span.end]
    around = [each for each in found if each.period.start <= span.start and span.end <= each.period.end]
    due_in = [each for each in found if span.start <= each.due_date <= span.end]
    return exactly or within or around or due_in


def _first_of_each(found: list[Occurrence]) -> list[Occurrence]:
    """The next date of every registration; instalments of one year are told together."""
    firsts: dict[str | None, Occurrence] = {}
    for each in found:
        firsts.setdefault(each.registration, each)
    return list(firsts.values())


def _as_a_rule(case: Case, duty: Obligation, *, alone: bool) -> None:
    form = label_of(duty, case.asked.today)
    if duty.undated:
        case.say("form_is", duty, form=form, title=title_of(case, duty))
        case.answer.say(duty.summary.hi if case.hindi else duty.summary.en, duty)
        case.say("no_date", duty, why=duty.undated.why.hi if case.hindi else duty.undated.why.en)
        for note in duty.notes:
            case.answer.say(note, duty)
        return
    if (ended := _ended_form(case, duty)) is not None and ended.until is not None:
        case.say("ended", duty, form=ended.form, day=case.day(ended.until))
    case.say("rule", duty, form=form, title=title_of(case, duty), rule=rule_of(case, duty))
    if case.hindi:
        case.answer.say(duty.summary.hi, duty)
    elif _on_the_day(duty) or duty.per.startswith(_LICENCE):
        # "On the event" says nothing of whether before or after it.
        case.answer.say(duty.summary.en, duty)
    # A licence ends on the day that it names: another's would be no example.
    for each in [] if duty.per.startswith(_LICENCE) else _examples(case, duty)[: 4 if alone else 1]:
        case.say("example", duty, period=each.period.label, day=case.day(each.due_date))
        case.answer.note("due_date", each.due_date, duty)
        case.answer.note("period", each.period.label, duty)
    if case.asked.met_on is None:
        _ask_what_it_turns_on(case, duty)
    tell_doubts(case, duty)


def _on_the_day(duty: Obligation) -> bool:
    return any(schedule.due == {"on": "event"} for schedule in duty.schedules)


def _ended_form(case: Case, duty: Obligation) -> Form | None:
    """The form that was the last of its kind, where its last period is over and "still" or "exist" is asked."""
    last = max(duty.forms, key=lambda form: form.until or date.max, default=None)
    if last is None or last.until is None or not case.asked.wants(Intent.CHANGES):
        return None
    return last


def _ask_what_it_turns_on(case: Case, duty: Obligation) -> None:
    """Somebody's own date hangs on what the rule alone does not say: the State, the day of a meeting or an event."""
    facts = {name for schedule in duty.schedules for name in facts_in(schedule.due)}
    if any(form.form == "ITR" for form in duty.forms):
        facts.add("income_tax.audited_any_law")  # which of the returns it is
    if not case.asked.states and any("state" in name for name in facts):
        case.answer.need("state")
    for name in sorted(facts - {"registration.state"}) if case.asked.is_personal else ():
        case.answer.need(name)
    if case.answer.needs:
        case.say("needs", duty, field=", ".join(dict.fromkeys(map(field_in_words, case.answer.needs))))


def _examples(case: Case, duty: Obligation) -> list[Occurrence]:
    span, today, raw = case.asked.span, case.asked.today, typical(case.catalogue, duty.id)
    if raw is not None and case.asked.states:
        raw = in_state(raw, case.asked.states[0])
    if raw is not None and (held := case.asked.met_on) is not None:
        return dates_of(case.catalogue, with_meeting(raw, held), duty, held, add_months(held, 4), today)[:1]
    if raw is not None and case.asked.began_on is not None:
        raw = changed(raw, incorporated_on=case.asked.began_on.isoformat())
        return dates_of(
            case.catalogue, raw, duty, case.asked.began_on, add_months(case.asked.began_on, 24), today
        )[:1]
    if raw is not None and span is not None and not span.kind.startswith("due_"):
        window = span.start, add_months(span.end, _REACH_MONTHS)
        if found := about(dates_of(case.catalogue, raw, duty, *window, today), span):
            return found[:MOST_DATES]
    found = example_dates(case.catalogue, duty, raw, today)
    # Of what falls due a few times a year, the whole round; of what falls due each month, the next.
    return found if len(found) > 1 and (found[1].due_date - found[0].due_date).days > _MONTH else found[:1]
