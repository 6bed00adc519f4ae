"""What filing late costs, with every line's working."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, Charge, Extension, Obligation
from complianceai.rules.applicability import judge
from complianceai.rules.calendar import calendar
from complianceai.rules.charges import Delay, Line, lines
from complianceai.rules.choosing import can_fall_on, obligation_for
from complianceai.rules.faults import ProfileFault
from complianceai.rules.holidays import last_day_in_time
from complianceai.rules.inputs import InputFaults, completed
from complianceai.rules.law import value_on
from complianceai.rules.occurrence import Occurrence
from complianceai.rules.profile import Profile

KINDS = ("late_fee", "additional_fee", "interest", "penalty")


class Lateness(NamedTuple):
    """A question: this form was due then and filed then (or not yet), in these circumstances."""

    form: str
    due_date: date | None
    filed_on: date | None
    inputs: Mapping[str, Any]
    profile: Profile | None = None
    registration: str | None = None  # the State, where the company is registered in several


@dataclass(frozen=True)
class Cost:
    """What lateness costs.

    Units: whole rupees; lines marked discretionary are in neither `charges` nor `total`.
    """

    obligation: Obligation
    form: str
    due_date: date | None
    filed_on: date | None
    days_late: int
    charges: Mapping[str, int]
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """All charges together."""
        return sum(self.charges.values())


class _Dates(NamedTuple):
    statutory: date | None
    operative: date | None
    runs_from: date | None
    in_time_until: date | None


def penalty(catalogue: Catalogue, asked: Lateness, today: date) -> Cost:
    """The cost of filing on a day, or of not having filed by today.

    Errors: InputFaults for an unknown form, a missing date or input, or a value of the wrong type.
    """
    obligation = obligation_for(catalogue, asked.form, asked.due_date, asked.profile)
    if asked.due_date is None and not all(map(_needs_no_due_date, obligation.charges)):
        raise InputFaults((ProfileFault("due_date", f"{asked.form} needs the date on which it was due"),))
    label = next(form.form for form in obligation.forms if _alike(form.form, asked.form))
    cost = _cost(catalogue, obligation, label, _by_own_statutory_date(catalogue, obligation, asked), today)
    return replace(cost, due_date=asked.due_date)


def _by_own_statutory_date(catalogue: Catalogue, obligation: Obligation, asked: Lateness) -> Lateness:
    """The question by the date that a relief moved for this company, where lateness runs from that date."""
    given, profile = asked.due_date, asked.profile
    counts_back = any(
        each.to == given and each.late_runs_from == "statutory" for each in obligation.extensions
    )
    if given is None or profile is None or not counts_back:
        return asked
    found = calendar(catalogue, profile, given, given).occurrences
    own = {each.statutory_due_date for each in found if each.obligation_id == obligation.id}
    return asked._replace(due_date=own.pop()) if len(own) == 1 else asked


def _needs_no_due_date(charge: Charge) -> bool:
    """Whether a charge multiplies nothing by time; what an officer may but need not impose is in no total."""
    return charge.discretionary or charge.method in {"fixed", "formula"}


def _alike(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _cost(catalogue: Catalogue, obligation: Obligation, form: str, asked: Lateness, today: date) -> Cost:
    filed = asked.filed_on or today
    profile_facts = _facts_of(obligation, asked)
    dates = _dates(catalogue, obligation, form, asked.due_date, profile_facts)
    is_late = dates.in_time_until is None or filed > dates.in_time_until
    delay = Delay(dates.runs_from, filed)
    known = _with_parameters(catalogue, profile_facts, asked.due_date)
    facts = _with_lateness(completed(obligation, asked.inputs, known), form, delay, asked.due_date)
    found = _all_lines(obligation, form, facts, delay, dates, is_late=is_late)
    sums = {
        kind: sum(line.amount for line in found if line.kind == kind and not line.charge.discretionary)
        for kind in KINDS
    }
    return Cost(
        obligation, form, asked.due_date, asked.filed_on, delay.days if is_late else 0, sums, tuple(found)
    )


def _facts_of(obligation: Obligation, asked: Lateness) -> Facts:
    """The company's facts, with those of the one registration that the form can be of (a district's relief)."""
    if asked.profile is None:
        return Facts()
    if obligation.per != "registration":
        return asked.profile.facts
    conditions = [clause.when for clause in obligation.applies]
    own = [
        each.facts
        for each in asked.profile.subjects("registration")
        if asked.registration in {None, each.registration}
        and ((verdict := judge(conditions, each.facts)).holds or verdict.needs)
    ]
    return own[0] if len(own) == 1 else asked.profile.facts


def _with_parameters(catalogue: Catalogue, facts: Facts, due: date | None) -> Facts:
    """The facts with the shared amounts in force on the due date, which a default may turn on."""
    whole = Facts(facts)
    for name, values in catalogue.parameters.items():
        if due and (value := value_on(values, due)) is not None:
            whole[name] = value
    return whole


def _with_lateness(facts: Facts, form: str, delay: Delay, due: date | None) -> Facts:
    facts.update(
        {
            "days_late": delay.days,
            "months_late": delay.months,
            "months_since_due": delay.months_by_day,
            "form": form,
        }
    )
    if delay.filed_on:
        facts["filed_on"] = delay.filed_on
    if due:
        facts["due_date"] = due
    return facts


def _all_lines(
    obligation: Obligation, form: str, facts: Facts, delay: Delay, dates: _Dates, *, is_late: bool
) -> list[Line]:
    found: list[Line] = []
    missing: dict[str, str] = {}
    for charge in obligation.charges:
        if not (is_late or charge.always) or not _is_version(
            charge, form, dates.statutory or dates.operative
        ):
            continue
        try:
            verdict = judge(() if charge.when is None else (charge.when,), facts)
            if verdict.needs:
                raise NeedsFact(verdict.needs)
            if verdict.holds:
                found += lines(charge, facts, delay, dates.statutory)
        except NeedsFact as unknown:
            if not charge.discretionary:
                missing.setdefault(unknown.name, charge.kind)
    if missing:
        raise InputFaults(tuple(_missing(obligation, name, kind) for name, kind in missing.items()))
    return found


def _missing(obligation: Obligation, name: str, kind: str) -> ProfileFault:
    about = next((each.about for each in obligation.inputs if each.name == name), name.replace("_", " "))
    return ProfileFault(name, f"the {kind.replace('_', ' ')} turns on it; give {name} ({about})")


def _is_version(charge: Charge, form: str, due: date | None) -> bool:
    if charge.forms and form not in charge.forms:
        return False
    if due is None:
        return True
    return (charge.due_from is None or charge.due_from <= due) and (
        charge.due_until is None or due <= charge.due_until
    )


def _dates(
    catalogue: Catalogue, obligation: Obligation, form: str, given: date | None, facts: Facts
) -> _Dates:
    if given is None:
        return _Dates(None, None, None, None)
    named = _extension(obligation, form, given, facts)
    if named is None:
        return _Dates(given, given, given, _last_day_in_time(catalogue, obligation, given, facts))
    moved = _moved_again(catalogue, obligation, named, given)
    statutory = given if given < named.to else _statutory_of(moved)
    runs_from = statutory if moved.late_runs_from == "statutory" else moved.to
    return _Dates(statutory, moved.to, runs_from, _last_day_in_time(catalogue, obligation, moved.to, facts))


def _last_day_in_time(catalogue: Catalogue, obligation: Obligation, operative: date, facts: Facts) -> date:
    moves = any(schedule.moves == "next_working_day" for schedule in obligation.schedules)
    return last_day_in_time(catalogue, operative, facts.get("state", "")).day if moves else operative


def _statutory_of(moved: Extension) -> date:
    if moved.usual_statutory:
        return moved.usual_statutory
    return moved.statutory_from if moved.statutory_from == moved.statutory_to else moved.to


def _extension(obligation: Obligation, form: str, given: date, facts: Facts) -> Extension | None:
    """The extension that a date belongs to, as the date it moved or the date it moved it to."""
    fitting = [each for each in obligation.extensions if _recognises(each, form, given, facts)]
    return max(fitting, key=lambda each: each.to, default=None)


def _moved_again(catalogue: Catalogue, obligation: Obligation, named: Extension, given: date) -> Extension:
    """The last of the extensions of the same date, unless the day given is one that the law itself names."""
    if given != named.to or can_fall_on(catalogue, obligation, given):
        return named
    span = (named.statutory_from, named.statutory_to, named.form)
    again = (
        each
        for each in obligation.extensions
        if each.when is None and (each.statutory_from, each.statutory_to, each.form) == span
    )
    return max(again, key=lambda each: each.to, default=named)


def _recognises(each: Extension, form: str, given: date, facts: Facts) -> bool:
    moved = each.statutory_from <= given <= each.statutory_to and given < each.to
    if (each.form and each.form != form) or not (moved or given == each.to):
        return False
    # An operative date speaks for itself; a statutory one is moved only for the class that the relief names.
    return each.when is None or given == each.to or judge([each.when], facts).holds


class DayLate(NamedTuple):
    """What the first day late costs, or the inputs without which that cannot be said."""

    lines: tuple[Line, ...]
    needs: tuple[ProfileFault, ...]


def cost_of_occurrence(catalogue: Catalogue, occurrence: Occurrence, profile: Profile, filed: date) -> Cost:
    """What filing an occurrence on a day costs, as far as the profile tells.

    Errors: InputFaults naming the inputs that the profile does not supply.
    """
    due, state = occurrence.statutory_due_date, occurrence.registration
    asked = Lateness(occurrence.form, due, filed, {}, profile, state)
    return _cost(catalogue, occurrence.obligation, occurrence.form, asked, filed)


def cost_of_duty(catalogue: Catalogue, obligation: Obligation, asked: Lateness, today: date) -> Cost:
    """The cost of filing a duty that is known for certain, on a day or as if today, where its form alone names several.

    Errors: InputFaults naming the inputs that neither the question nor the profile supplies.
    """
    return _cost(catalogue, obligation, asked.form, asked, today)


def a_day_late(catalogue: Catalogue, occurrence: Occurrence, profile: Profile) -> DayLate:
    """The cost of missing an occurrence by one day, as far as the profile tells."""
    try:
        cost = cost_of_occurrence(
            catalogue, occurrence, profile, occurrence.effective_date + timedelta(days=1)
        )
    except InputFaults as missing:
        return DayLate((), missing.faults)
    return DayLate(cost.lines, ())


def input_names(catalogue: Catalogue, form: str) -> Iterator[tuple[str, str, str]]:
    """The inputs that a form's charges take: name, type and meaning."""
    seen: set[str] = set()
    for obligation in catalogue.by_form(form):
        for each in obligation.inputs:
            if each.name not in seen:
                seen.add(each.name)
                yield each.name, each.type.replace("_", " "), each.about
