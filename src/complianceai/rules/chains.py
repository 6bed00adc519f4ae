"""What one event brings: each link with its own date, or its place where the law names none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from complianceai.base.dates import in_words
from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, ChainLink, Citation, EventChain, Gate
from complianceai.rules.applicability import form_for, judge
from complianceai.rules.chain_facts import company_after, facts_after, found_chain, period_of, read_answers
from complianceai.rules.chain_results import Chain, LeftOut, Link, Open
from complianceai.rules.law import ALL_KNOWN, Duty, law, period_facts, value_on
from complianceai.rules.occurrence import extension_words, period_words
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import NoAnchor, Situation, extension, resolved
from complianceai.rules.words import field_in_words, fill


def chain(
    catalogue: Catalogue,
    profile: Profile | None,
    event_id: str,
    on: date,
    answers: Mapping[str, Any] | None = None,
    as_of: date | None = None,
) -> Chain:
    """The chain of an event that happened on a day, by the law as known on another.

    Errors: InputFaults for an unknown event or answer; ProfileFaults where the event does not fit the profile.
    """
    event = found_chain(catalogue, event_id)
    read = read_answers(event, answers or {})
    company = company_after(event, profile, on, read)
    facts = facts_after(event, company, on, read)
    presumed = []
    for clause in event.applies:
        verdict = judge([clause.when], facts)
        if verdict.needs:
            presumed.append(fill(clause.because, facts))
        elif not verdict.holds:
            return Chain(event, on, (), (), (), (), fill(clause.otherwise or clause.because, facts))
    asked = _Asked(catalogue, event, company, facts, on, as_of or ALL_KNOWN)
    return asked.chain(tuple(presumed))


class _Asked:
    def __init__(
        self, catalogue: Catalogue, event: EventChain, company: Profile, facts: Facts, on: date, as_of: date
    ) -> None:
        self._catalogue, self._event, self._company, self._on = catalogue, event, company, on
        self._facts = facts
        self._duties = law(catalogue, as_of)
        self._asks = {ask.name: ask for ask in event.asks}
        self._as_of = as_of
        self._found: dict[str, Link | Open | LeftOut] = {}

    def chain(self, presumed: tuple[str, ...]) -> Chain:
        # Dates first: what waits for a later link is told that link's date.
        for rule in sorted(self._event.links, key=lambda rule: rule.gate is not None):
            self._found[rule.id] = self._outcome(rule)
        found = [self._found[rule.id] for rule in self._event.links]
        links = tuple(link for _, link in sorted(self._in_order(), key=lambda placed: placed[0]))
        undetermined = tuple(each for each in found if isinstance(each, Open))
        left_out = tuple(each for each in found if isinstance(each, LeftOut))
        return Chain(self._event, self._on, links, undetermined, left_out, presumed, "")

    def _outcome(self, rule: ChainLink) -> Link | Open | LeftOut:
        if rule.when is not None and judge([rule.when], self._facts) == (False, ""):
            return LeftOut(rule, fill(rule.otherwise, self._facts))  # whatever its period may be
        try:
            day = self._facts[rule.period_on] if rule.period_on else self._on
            period = period_of(rule.period, self._company, day)
            if period is None:
                return LeftOut(rule, "The company had no financial year that it could belong to.")
            facts = self._within(period)
            if rule.when is not None and not rule.when.of(facts):
                return LeftOut(rule, fill(rule.otherwise, facts))
            return self._link(rule, period, facts)
        except NeedsFact as unknown:
            return self._open(rule, unknown.name)
        except NoAnchor:
            return LeftOut(rule, "It counts from a step that does not arise.")

    def _within(self, period: Period) -> Facts:
        """The facts with those of a link's period, and the amounts in force at its end."""
        facts = Facts({**self._facts, **period_facts(period)})
        for name, values in self._catalogue.parameters.items():
            known = tuple(each for each in values if each.notified is None or each.notified <= self._as_of)
            if (value := value_on(known, period.end)) is not None:
                facts[name] = value
        return facts

    def _link(self, rule: ChainLink, period: Period, facts: Facts) -> Link:
        duty = self._duties.get(rule.obligation)
        form = _form(rule, duty, period, facts)
        steps: list[str] = []
        statutory = self._date(rule, period, facts, steps)
        moved = extension(duty, statutory, period, facts, form) if duty and statutory else None
        certainty, doubts = _certainty(rule, duty)
        trace = [*doubts, fill(rule.because, facts)] if rule.because else [*doubts]
        if rule.working_date:
            trace.append("No law names this day; it is a working date.")
        if statutory and period.start != period.end:
            trace.append(period_words(period))
        trace += [self._place_words(rule.gate)] if rule.gate else steps
        if statutory and moved:
            trace.append(extension_words(statutory, moved))
        return Link(
            rule,
            form,
            moved.to if moved else statutory,
            statutory,
            moved,
            certainty,
            _citations(rule, duty, period),
            tuple(trace),
        )

    def _date(self, rule: ChainLink, period: Period, facts: Facts, steps: list[str]) -> date | None:
        if rule.due is None:
            return None
        subject = Subject(self._facts, None, event_on=self._on)
        at = Situation(self._catalogue, self._duties, self._company, subject, period, facts, {})
        placed: Mapping[str, Any] = self._placed(rule.due)
        return resolved(placed, at, steps)

    def _placed(self, due: Any) -> Any:
        """A due rule whose links and answers are worked out here."""
        if isinstance(due, tuple):
            return tuple(map(self._placed, due))
        if not isinstance(due, Mapping):
            return due
        if "link" in due:
            return partial(self._day_of_link, due["link"])
        if due.get("fact") in self._asks:
            return partial(self._day_answered, due["fact"])
        return {key: self._placed(value) for key, value in due.items()}

    def _day_of_link(self, name: str, steps: list[str]) -> date:
        found = self._found[name]
        if isinstance(found, Open):
            raise NeedsFact(found.needs)
        if isinstance(found, LeftOut) or found.due_date is None:
            raise NoAnchor
        steps.append(f"{found.rule.what.en}: last date {in_words(found.due_date)}.")
        return found.due_date

    def _day_answered(self, name: str, steps: list[str]) -> date:
        day: date = self._facts[name]
        about = self._asks[name].about
        steps.append(f"{about[:1].upper()}{about[1:]}: {in_words(day)}.")
        return day

    def _open(self, rule: ChainLink, needs: str) -> Open:
        ask = next((each for each in self._event.asks if needs in (each.name, each.fact)), None)
        if ask is None:
            return Open(
                rule, needs, f"It turns on the {field_in_words(needs)}, which the profile does not give."
            )
        return Open(rule, ask.name, f"It turns on an answer that is not given: {ask.about}.")

    def _place_words(self, gate: Gate) -> str:
        if gate.words is not None:
            return f"It has no date of its own: {gate.side} {gate.words.en}."
        name = next(
            (each.what.en for each in self._event.links if each.id == gate.link), self._event.title.en
        )
        when = self._day_awaited(gate)
        return f"It has no date of its own: {gate.side} this: {name}{f' ({in_words(when)})' if when else ''}."

    def _in_order(self) -> Iterator[tuple[tuple[date, int, int], Link]]:
        """Each link with its place: by date, and a gate before, at or after what it waits for."""
        latest = (self._on, 1)
        for at, rule in enumerate(self._event.links):
            found = self._found[rule.id]
            if not isinstance(found, Link):
                continue
            if found.due_date is not None:
                latest = (found.due_date, 1)
            elif rule.gate is not None and rule.gate.words is None:
                latest = (
                    self._day_awaited(rule.gate) or self._on,
                    ("before", "at", "after").index(rule.gate.side),
                )
            yield (*latest, at), found

    def _day_awaited(self, gate: Gate) -> date | None:
        found = self._found.get(gate.link)
        return found.due_date if isinstance(found, Link) else None if gate.link else self._on


def _form(rule: ChainLink, duty: Duty | None, period: Period, facts: Facts) -> str:
    """The label: the link's own where it names one, else that of the obligation."""
    for form in rule.forms:
        fits = (form.since is None or form.since <= period.end) and (
            form.until is None or period.end <= form.until
        )
        if fits and (form.when is None or judge([form.when], facts).holds):
            return form.form
    found = form_for(duty, period, facts) if duty and not rule.forms else None
    return found.form if found else ""


def _citations(rule: ChainLink, duty: Duty | None, period: Period) -> tuple[Citation, ...]:
    """Those of its citations that are the law for a period, else the obligation's; of a later law alone, that one."""
    end = period.end
    fitting = tuple(
        each
        for each in rule.citations
        if (each.since is None or each.since <= end) and (each.until is None or end <= each.until)
    )
    return fitting or (duty.citations(end) if duty else rule.citations)


def _certainty(rule: ChainLink, duty: Duty | None) -> tuple[str, tuple[str, ...]]:
    """The link's certainty, or the obligation's where that is less; with the reason."""
    certainty, reason = rule.certainty, rule.reason
    if certainty == "verified" and duty is not None:
        certainty, reason = duty.obligation.certainty, duty.obligation.reason
    return (
        (certainty, ()) if certainty == "verified" else (certainty, (f"{certainty.capitalize()}: {reason}",))
    )
