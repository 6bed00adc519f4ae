"""What the replies share: whom they are for, what a duty is called, which doubts go with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from complianceai.assistant.answer import Answer
from complianceai.assistant.phrases import day_words, for_anybody, phrase
from complianceai.assistant.rule_words import in_hindi
from complianceai.assistant.understanding import Asked
from complianceai.base.periods import financial_year
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules import Occurrence
from complianceai.rules.applicability import covers
from complianceai.rules.explaining import Explanation, explain

Raw = Mapping[str, Any]
_MONTHS, _YEAR = re.compile(r"\b(\d+) months\b"), 12


@dataclass
class Case:
    """A question on its way to an answer."""

    catalogue: Catalogue
    asked: Asked
    profile: Raw | None
    answer: Answer

    @property
    def hindi(self) -> bool:
        """Whether the answer is in Hindi."""
        return self.asked.in_hindi

    def duty(self, identity: str) -> Obligation:
        """The duty of that id."""
        return self.catalogue.obligations[identity]

    def words(self, key: str, **fields: object) -> str:
        """The sentence of that key in the language of the answer."""
        return phrase(key, hindi=self.hindi, **fields)

    def say(self, key: str, *duties: Obligation, **fields: object) -> None:
        """Nothing; the sentence is part of the answer and rests on these duties."""
        self.answer.say(phrase(key, hindi=self.hindi, **fields), *duties)

    def day(self, day: date) -> str:
        """A day in the language of the answer."""
        return day_words(day, hindi=self.hindi)

    def explained(self, duty: Obligation) -> Explanation:
        """The duty in plain words as the law is on the day of asking."""
        return next(
            each
            for each in explain(self.catalogue, duty.id, None, self.asked.today)
            if each.obligation is duty
        )


def title_of(case: Case, duty: Obligation) -> str:
    """The duty's title in the language of the answer."""
    return duty.title.hi if case.hindi else duty.title.en


def label_of(duty: Obligation, on: date) -> str:
    """The form's label in force on a day; with several at once, all of them."""
    year = financial_year(on)
    labels = dict.fromkeys(form.form for form in duty.forms if covers(form, year))
    return "/".join(labels) or (duty.forms[-1].form if duty.forms else duty.title.en)


def rule_of(case: Case, duty: Obligation) -> str:
    """By when, as a rule, in the language of the answer."""
    rule = for_anybody("; ".join(case.explained(duty).when))
    return in_hindi(rule) if case.hindi else _MONTHS.sub(_with_years, rule)


def _with_years(found: re.Match[str]) -> str:
    """24 months as people say it: 24 months (2 years)."""
    months = int(found[1])
    is_whole = months % _YEAR == 0 and months > _YEAR
    return f"{found[0]} ({months // _YEAR} years)" if is_whole else found[0]


def tell_doubts(case: Case, duty: Obligation) -> None:
    """Nothing; where the duty is not verified the answer says so, and why."""
    if duty.certainty != "verified":
        case.say("doubt", duty, certainty=duty.certainty, reason=duty.reason)
        case.answer.confidence = "medium"


def tell_date(case: Case, duty: Obligation, found: Occurrence) -> None:
    """Nothing; the answer says one date, and what an extension made of it."""
    by_event = found.period.start == found.period.end
    case.say(
        "due_event" if by_event else "due",
        duty,
        form=found.form,
        period=found.period.label,
        day=case.day(found.due_date),
    )
    case.answer.note("due_date", found.due_date, duty)
    case.answer.note("form", found.form, duty)
    case.answer.note("period", found.period.label, duty)
    if found.extension is not None and found.statutory_due_date != found.due_date:
        case.say(
            "extended",
            duty,
            statutory=case.day(found.statutory_due_date),
            instrument=found.extension.instrument,
        )
        case.answer.note("due_date", found.statutory_due_date, duty)
