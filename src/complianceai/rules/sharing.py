"""Calendars of many companies, as text: what companies that look alike to a duty share is worked out once.

Why, and why no answer can be another company's: docs/decisions/0008-shared-answers.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any, NamedTuple

from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue
from complianceai.rules.applicability import Verdict, judge
from complianceai.rules.calendar import Asked, calendar, check_window, once_for_all_directors
from complianceai.rules.law import ALL_KNOWN, Duty, law, sieve
from complianceai.rules.looks import Seen, View, view_of
from complianceai.rules.occurrence import Occurrence, Undetermined
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.wire import Plain, calendar_as_json, calendar_text, occurrence_as_json

KEPT_BYTES = 32 * 1024 * 1024
# What an answer takes beside its text: the key, the tuples, its place in a table.
_ANSWER_BYTES = 800

_Line = tuple[str, bytes]
_NO = Verdict(holds=False)


class _Answer(NamedTuple):
    """What a duty asks of everybody who looks the same to it."""

    lines: tuple[_Line, ...]  # each date's text, after what it is put in order by
    questions: tuple[Undetermined, ...] = ()


_NOTHING = _Answer(())
_EACH_ITS_OWN = _Answer(())  # there is an answer, but it tells of a number or a day that few have in common


class _Kept:
    """Answers by what they turn on, and each different line of them once."""

    def __init__(self) -> None:
        self.answers: dict[object, _Answer] = {}
        self.bytes = 0
        self._lines: dict[_Line, _Line] = {}

    def keep(self, key: object, answer: _Answer) -> _Answer:
        """The answer, its lines the same objects as those of others that say the same."""
        shared = answer._replace(lines=tuple(map(self._once, answer.lines)))
        self.answers[key] = shared if answer.lines else answer
        self.bytes += _ANSWER_BYTES
        return self.answers[key]

    def _once(self, line: _Line) -> _Line:
        if line not in self._lines:
            self.bytes += sum(map(len, line))
        return self._lines.setdefault(line, line)


class SharedAnswers:
    """Answers one company after the other, and keeps what the next may need.

    What is kept is bounded: when the younger half is full the older half is let go, but for what was asked for since.
    """

    def __init__(self, catalogue: Catalogue, kept_bytes: int = KEPT_BYTES) -> None:
        self._catalogue = catalogue
        self._half_bytes = kept_bytes // 2
        self._young = _Kept()
        self._old = _Kept()

    @property
    def kept_bytes(self) -> int:
        """How many bytes are kept, roughly."""
        return self._young.bytes + self._old.bytes

    def calendar_as_json(
        self,
        profile: Profile,
        window: tuple[date, date],
        as_of: date | None = None,
        advice: Sequence[Plain] = (),
    ) -> bytes:
        """What `wire.calendar_as_json` says of `calendar`, to the byte.

        Errors: WindowFault where the window ends before it starts.
        """
        check_window(*window)
        known_on = as_of or ALL_KNOWN
        try:
            may_bind = sieve(self._catalogue, known_on)(profile.facts)
        except (
            NeedsFact
        ):  # somebody answered "I do not know" where a profile says yes or no, and is like nobody else
            return calendar_as_json(calendar(self._catalogue, profile, *window, as_of), advice)
        brought = law(self._catalogue, known_on).brought_by(profile.kinds)
        verdicts = [judge(duty.sieved_conditions, profile.facts) for duty in brought]
        if any(verdict.needs for verdict in verdicts):  # so here
            return calendar_as_json(calendar(self._catalogue, profile, *window, as_of), advice)
        company = _Company(self._catalogue, profile, window, known_on)
        anyway = compress(_ready(self._catalogue, known_on), may_bind)
        bound = compress(brought, (verdict.holds for verdict in verdicts))
        lines = self._lines_of(
            company, [*anyway, *(_made_ready(self._catalogue, known_on, duty) for duty in bound)]
        )
        lines.sort(key=itemgetter(0))
        texts = [text for _, text in lines]
        head = (self._catalogue.edition, *window)
        return calendar_text(head, texts, company.asked.open_questions.values(), advice)

    def _lines_of(self, company: _Company, duties: Iterable[_Ready]) -> list[_Line]:
        """Every date of a company; a hundred duties pass through here, so it does as little as it can for each."""
        lines: list[_Line] = []
        answers, window = self._young.answers, company.window
        for duty, per, view, take in duties:
            if view is None or take is None:
                if subjects := company.asked.subjects(per):
                    lines += company.lines(duty, subjects)
                continue
            for seen in company.seen[per]:
                key = (duty, window, take(seen))
                answer = answers.get(key)
                if answer is None:
                    answer = self._looked_for(company, duty, view, seen, key)
                    answers = self._young.answers
                if answer is _EACH_ITS_OWN:
                    lines += company.lines(duty, [seen.subject])
                elif answer is not _NOTHING:
                    lines += answer.lines
                    company.asked.ask(answer.questions)
        return lines

    def _looked_for(self, company: _Company, duty: Duty, view: View, seen: Seen, key: object) -> _Answer:
        found = self._old.answers.pop(key, None) or company.answer(duty, view, seen)
        kept = self._young.keep(key, found)
        if self._young.bytes > self._half_bytes:
            self._old, self._young = self._young, _Kept()
        return kept


class _Company:
    """One company asked about, with what is seen of it."""

    def __init__(
        self, catalogue: Catalogue, profile: Profile, window: tuple[date, date], as_of: date
    ) -> None:
        self._catalogue = catalogue
        self._as_of = as_of
        self.window = window
        self.asked = Asked(catalogue, profile, *window, as_of)
        self.seen = {
            per: [Seen(profile, each, window[0]) for each in self.asked.subjects(per)]
            for per in ("company", "registration")
        }

    def lines(self, duty: Duty, subjects: Iterable[Subject]) -> list[_Line]:
        """What a duty asks of subjects of this company alone."""
        found: list[Occurrence] = []
        for subject in subjects:
            self.asked.of_subject(duty, duty.lasting_conditions, subject, found)
        return _lines(once_for_all_directors(found)) if found else []

    def answer(self, duty: Duty, view: View, seen: Seen) -> _Answer:
        """What a duty asks of everybody who looks like this; nothing else of the company is within its reach."""
        if not _may_bind(duty, seen.subject.facts):
            return _NOTHING
        if view.is_single(seen):
            return _EACH_ITS_OWN
        profile, subject = view.of(seen)
        anybody = Asked(self._catalogue, profile, *self.window, self._as_of)
        found: list[Occurrence] = []
        anybody.of_subject(duty, duty.lasting_conditions, subject, found)
        return _Answer(tuple(_lines(found)), tuple(anybody.open_questions.values()))


class _Ready(NamedTuple):
    """A duty with how it is looked up."""

    duty: Duty
    per: str
    view: View | None
    take: Callable[[Seen], tuple[Any, ...]] | None


@lru_cache(maxsize=4)
def _ready(catalogue: Catalogue, as_of: date) -> tuple[_Ready, ...]:
    """Every duty of the law as known on a day that waits for nothing, in its order."""
    return tuple(_made_ready(catalogue, as_of, duty) for duty in law(catalogue, as_of).anyway)


@lru_cache(maxsize=4096)
def _made_ready(catalogue: Catalogue, as_of: date, duty: Duty) -> _Ready:
    view = view_of(duty, law(catalogue, as_of))
    return _Ready(duty, duty.obligation.per, view, view and view.take)


def _may_bind(duty: Duty, facts: Facts) -> bool:
    """Whether anything can come of a duty in any period, which is quicker told than what comes of it."""
    if judge(duty.lasting_conditions, facts) == _NO:
        return False
    return any(judge(plan.lasting_conditions, facts) != _NO for plan in duty.plans)


def _lines(found: Iterable[Occurrence]) -> list[_Line]:
    return [(_order(each), occurrence_as_json(each)) for each in found]


def _order(each: Occurrence) -> str:
    """A text that sorts as a calendar does."""
    return f"{each.due_date.isoformat()}{each.obligation_id}\0{each.registration or ''}"
