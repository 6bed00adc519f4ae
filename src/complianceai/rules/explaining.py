"""A rule in plain words: who, when, how much, where it stands in the law, when last checked, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from complianceai.base.dates import add_months
from complianceai.base.periods import financial_year
from complianceai.catalogue.model import Catalogue, Charge, Extension, Obligation
from complianceai.rules.advice import advise
from complianceai.rules.amounts import amounts_of, amounts_on, counts
from complianceai.rules.applicability import judge, with_period
from complianceai.rules.calendar import calendar
from complianceai.rules.choosing import unknown_form
from complianceai.rules.due_words import charge_in_words, due_in_words, period_in_words
from complianceai.rules.inputs import InputFaults
from complianceai.rules.law import Duty, law
from complianceai.rules.occurrence import Occurrence
from complianceai.rules.profile import Profile
from complianceai.rules.wire import citation_as_plain, extension_as_plain, occurrence_as_plain
from complianceai.rules.words import field_in_words, fill_for_anybody, value_in_words


@dataclass(frozen=True)
class Explanation:
    """One obligation as explained on a day, to a company or to anybody."""

    obligation: Obligation
    on: date
    who: tuple[str, ...]
    when: tuple[str, ...]
    charges: tuple[tuple[Charge, str], ...]
    extensions: tuple[Extension, ...]
    thresholds: tuple[str, ...]
    verdict: str
    next_dates: tuple[Occurrence, ...]


def explain(catalogue: Catalogue, what: str, profile: Profile | None, on: date) -> tuple[Explanation, ...]:
    """Every obligation that a form's label, an id or an alias names, explained.

    Errors: InputFaults where nothing is called so.
    """
    found = named(catalogue, what)
    if not found:
        raise InputFaults((unknown_form(catalogue, what),))
    return tuple(_explained(catalogue, obligation, profile, on) for obligation in found)


def named(catalogue: Catalogue, what: str) -> tuple[Obligation, ...]:
    """The obligations of an id, a form's label or an alias."""
    if what in catalogue.obligations:
        return (catalogue.obligations[what],)
    if found := catalogue.by_form(what):
        return found
    wanted = what.casefold().strip()
    return tuple(
        each
        for each in catalogue.obligations.values()
        if wanted in (alias.casefold() for alias in each.aliases) or wanted == each.title.en.casefold()
    )


def _explained(
    catalogue: Catalogue, obligation: Obligation, profile: Profile | None, on: date
) -> Explanation:
    duty = law(catalogue, on).get(obligation.id)
    amounts = amounts_on(duty, on) if duty else amounts_of(catalogue, obligation, on)
    schedules = [plan.schedule for plan in duty.plans] if duty else list(obligation.schedules)
    current = [
        each for each in schedules if each.until is None or each.until >= add_months(on, -12)
    ] or schedules
    return Explanation(
        obligation,
        on,
        tuple(fill_for_anybody(clause.because, amounts) for clause in obligation.applies),
        tuple(f"{period_in_words(each.period)}: {due_in_words(each.due, catalogue)}" for each in current),
        tuple((charge, charge_in_words(charge)) for charge in obligation.charges),
        tuple(each for each in obligation.extensions if each.dated <= on),
        tuple(_thresholds(obligation)),
        _verdict(catalogue, obligation, profile, on),
        () if obligation.undated else _next_dates(catalogue, obligation, profile, on),
    )


def _thresholds(obligation: Obligation) -> list[str]:
    words = []
    for name, values in obligation.parameters.items():
        for value in values:
            since = f" from {value.since.isoformat()}" if value.since else ""
            told = value_in_words(value.value, is_money=name not in counts(obligation))
            words.append(f"{name.replace('_', ' ')}: {told}{since}")
    return words


def _verdict(catalogue: Catalogue, obligation: Obligation, profile: Profile | None, on: date) -> str:
    """Whether it is a company's on a day (what has no date) or in the day's financial year (a duty)."""
    if profile is None:
        return ""
    if obligation.undated:
        theirs = [each for each in advise(catalogue, profile, on, on, on) if each.obligation is obligation]
        return _in_words(holds=bool(theirs) and not theirs[0].needs, needs=theirs[0].needs if theirs else "")
    duty = law(catalogue, on).get(obligation.id)
    return _verdict_of_duty(duty, profile, on) if duty else ""


def _verdict_of_duty(duty: Duty, profile: Profile, on: date) -> str:
    conditions = [clause.when for clause in duty.obligation.applies]
    needs = ""
    for subject in profile.subjects(duty.obligation.per):
        verdict = judge(conditions, with_period(duty, subject.facts, financial_year(on), always=True))
        if verdict.holds:
            return _in_words(holds=True)
        needs = needs or verdict.needs
    return _in_words(holds=False, needs=needs)


def _in_words(*, holds: bool, needs: str = "") -> str:
    if holds:
        return "It applies to this company."
    if needs:
        return f"Whether it applies turns on the {field_in_words(needs)}."
    return "It does not apply to this company."


def _next_dates(
    catalogue: Catalogue, obligation: Obligation, profile: Profile | None, on: date
) -> tuple[Occurrence, ...]:
    if profile is None:
        return ()
    found = calendar(catalogue, profile, on, add_months(on, 18), on).occurrences
    return tuple(each for each in found if each.obligation_id == obligation.id)[:4]


def listing(catalogue: Catalogue) -> list[dict[str, str]]:
    """Every obligation: id, forms, title, authority, certainty, day checked."""
    return [
        {
            "obligation": each.id,
            "forms": ", ".join(dict.fromkeys(form.form for form in each.forms)),
            "title": each.title.en,
            "kind": each.kind if not each.undated else f"{each.kind}, no date",
            "authority": each.authority.label,
            "certainty": each.certainty,
            "checked_on": each.checked_on.isoformat(),
        }
        for each in catalogue.obligations.values()
    ]


def explain_as_plain(each: Explanation) -> dict[str, Any]:
    """An explanation as plain values."""
    obligation = each.obligation
    return {
        "obligation": obligation.id,
        "kind": obligation.kind,
        "no_date": obligation.undated.why.en if obligation.undated else None,
        "title": {"en": obligation.title.en, "hi": obligation.title.hi},
        "summary": {"en": obligation.summary.en, "hi": obligation.summary.hi},
        "authority": obligation.authority.label,
        "forms": [{"form": form.form, "from": form.since, "until": form.until} for form in obligation.forms],
        "who": list(each.who),
        "when": list(each.when),
        "thresholds": list(each.thresholds),
        "charges": [
            {
                "kind": charge.kind,
                "words": words,
                "discretionary": charge.discretionary,
                "certainty": charge.certainty,
            }
            for charge, words in each.charges
        ],
        "extensions": [extension_as_plain(moved) for moved in each.extensions],
        "signed_by": obligation.signed_by.en,
        "file_at": obligation.file_at,
        "papers": list(obligation.papers),
        "evidence": [evidence.name for evidence in obligation.evidence],
        "certainty": obligation.certainty,
        "reason": obligation.reason or None,
        "citations": [citation_as_plain(citation) for citation in obligation.citations],
        "checked_on": obligation.checked_on,
        "changes": [
            {"on": change.on, "what": change.what, "instrument": change.instrument}
            for change in obligation.changes
        ],
        "notes": list(obligation.notes),
        "verdict": each.verdict or None,
        "next": [occurrence_as_plain(occurrence) for occurrence in each.next_dates],
    }
