"""Forms and their renumbering, changes, who signs, how and where, what it is, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from complianceai.assistant.cues import any_word, cues
from complianceai.assistant.phrases import for_anybody
from complianceai.assistant.replies.common import Case, label_of, rule_of, tell_date, tell_doubts, title_of
from complianceai.assistant.replies.lines import ask_what_decides
from complianceai.assistant.retrieval import telling_words
from complianceai.assistant.text import key_of
from complianceai.base.dates import add_months
from complianceai.catalogue.model import Change, Form, Obligation
from complianceai.rules import ProfileFaults, calendar, read_profile

MOST_CHANGES = 4
_NAMES_A_FORM = re.compile(r"\b[A-Z]{2,5}-\d{1,2}[A-Z]?\b|\bForm \d")
_LATELY_MONTHS = 36
MOST_NEXT = 5


def reply_forms(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer says which form serves which periods, the old beside the new."""
    for duty in map(case.duty, group):
        case.say("form_is", duty, form=label_of(duty, case.asked.today), title=title_of(case, duty))
        newest = [form for form in duty.forms if form.since]
        oldest = [form for form in duty.forms if form.until]
        for form in newest:
            _renumbered(case, duty, form, oldest)
        for form in duty.forms:
            case.answer.note("form", form.form, duty)
        if names := [form.name for form in duty.forms if form.name]:
            case.say("form_is", duty, form=label_of(duty, case.asked.today), title="; ".join(names))
        if not newest:
            case.answer.say(duty.summary.hi if case.hindi else duty.summary.en, duty)
        for note in duty.notes:
            if _NAMES_A_FORM.search(note):
                case.answer.say(note, duty)  # the step after it has a form of its own
        tell_doubts(case, duty)
    if len(case.asked.groups) > 1 and case.asked.is_personal and case.profile is None:
        # Which of several it is turns on what the company is.
        for duty in map(case.duty, group):
            ask_what_decides(case, duty)


def _renumbered(case: Case, duty: Obligation, form: Form, oldest: Iterable[Form]) -> None:
    assert form.since is not None  # noqa: S101 - asked for by the caller
    before = list(
        dict.fromkeys(
            old.form for old in oldest if old.until and old.until < form.since and old.form != form.form
        )
    )
    if before:
        case.say(
            "renumbered",
            duty,
            old="Form " + "/".join(before),
            new=f"Form {form.form}",
            day=case.day(form.since),
        )
        case.answer.note("date", form.since, duty)


def reply_changes(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer has what became different, what the question speaks of before the rest."""
    for duty in map(case.duty, group):
        if _still_shape().search(case.asked.question):
            _still(case, duty)
        for change in sorted(duty.changes, key=lambda each: _nearness(case, each))[:MOST_CHANGES]:
            instrument = change.instrument or (duty.citations[0].act if duty.citations else "")
            case.say("changed", duty, day=case.day(change.on), what=change.what, instrument=instrument)
            case.answer.note("date", change.on, duty)
        for extension in sorted(duty.extensions, key=lambda each: each.dated, reverse=True)[:2]:
            if extension.dated <= case.asked.today:
                case.say(
                    "extended", duty, statutory=case.day(extension.statutory_to),
                    instrument=f"{extension.instrument} ({case.day(extension.to)})",
                )  # fmt: skip
                case.answer.note("due_date", extension.to, duty)
        if not duty.changes and not duty.extensions:
            if not duty.undated:
                case.say("no_change", duty)
            case.answer.say(duty.summary.hi if case.hindi else duty.summary.en, duty)
        for note in duty.notes:
            case.answer.say(note, duty)
        tell_doubts(case, duty)


@lru_cache(maxsize=1)
def _still_shape() -> re.Pattern[str]:
    return any_word(cues()["still"])


def _still(case: Case, duty: Obligation) -> None:
    """The answer to "is it still ...?": it ended, or it changed in the last years."""
    last = max(duty.forms, key=lambda form: form.until or date.max, default=None)
    lately = add_months(case.asked.today, -_LATELY_MONTHS)
    spoken = key_of(case.asked.question)
    former = [form for form in duty.forms if form.until and key_of(form.form) in spoken]
    if last is not None and last.until is not None:
        case.say("ended", duty, form=last.form, day=case.day(last.until))
        case.answer.note("date", last.until, duty)
    elif former and not any(form.until is None and key_of(form.form) in spoken for form in duty.forms):
        # The form that is asked about ended, and another took its place.
        case.say("served", duty, form=former[-1].form, day=case.day(former[-1].until or date.max))
    elif any(lately <= change.on <= case.asked.today for change in duty.changes):
        case.say("lately", duty)


def reply_where(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer names the provisions."""
    for duty in map(case.duty, group):
        places = dict.fromkeys(
            f"{each.provision}, {each.act}" if each.act else each.provision for each in duty.citations
        )
        form = label_of(duty, case.asked.today)
        case.say("stands_in", duty, form=form, place="; ".join(places))
        tell_doubts(case, duty)


def _nearness(case: Case, change: Change) -> tuple[int, int]:
    shared = set(telling_words(case.asked.question)) & set(telling_words(change.what))
    return -len(shared), -change.on.toordinal()


def reply_signs(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer says who signs."""
    for duty in map(case.duty, group):
        case.say("form_is", duty, form=label_of(duty, case.asked.today), title=title_of(case, duty))
        case.say("signed", duty, who=duty.signed_by.hi if case.hindi else duty.signed_by.en)
        tell_doubts(case, duty)


def reply_how(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer says what it is, where it is filed, with what, and what proves it."""
    for duty in map(case.duty, group):
        _what_it_is(case, duty)
        place = f"{duty.file_at} ({duty.file_url})" if duty.file_url else duty.file_at
        case.say("filed_at", duty, place=place)
        case.say("signed", duty, who=duty.signed_by.hi if case.hindi else duty.signed_by.en)
        case.say("papers", duty, papers="; ".join(duty.papers))
        case.say(
            "proof",
            duty,
            proof="; ".join(
                f"{each.name} ({each.about})" if each.about else each.name for each in duty.evidence
            ),
        )
        tell_doubts(case, duty)


def reply_about(case: Case, group: Sequence[str]) -> None:
    """Nothing; the answer says what it is, whom it binds and by when."""
    for duty in map(case.duty, group):
        _what_it_is(case, duty)
        found = case.explained(duty)
        if duty.undated:
            case.say("no_date", duty, why=duty.undated.why.hi if case.hindi else duty.undated.why.en)
            for note in duty.notes:
                case.answer.say(note, duty)
        else:
            case.say(
                "rule",
                duty,
                form=label_of(duty, case.asked.today),
                title=title_of(case, duty),
                rule=rule_of(case, duty),
            )
        case.say("who", duty, who=for_anybody(" ".join(found.who)))
        tell_doubts(case, duty)


def _what_it_is(case: Case, duty: Obligation) -> None:
    case.say(
        "form_is",
        duty,
        form="/".join(dict.fromkeys(form.form for form in duty.forms)) or title_of(case, duty),
        title=title_of(case, duty),
    )
    case.answer.say(duty.summary.hi if case.hindi else duty.summary.en, duty)


def reply_next(case: Case) -> None:
    """Nothing; the answer has the company's next dates; without a company it asks for one."""
    if case.profile is None:
        case.answer.need("entity_type")
        case.say("needs", field="company's profile")
        return
    today = case.asked.today
    try:
        found = calendar(
            case.catalogue, read_profile(case.profile), today, add_months(today, 3), today
        ).occurrences
    except ProfileFaults as faulty:
        case.answer.say(str(faulty.faults[0]))
        return
    case.say("next")
    for each in found[:MOST_NEXT]:
        tell_date(case, case.duty(each.obligation_id), each)
