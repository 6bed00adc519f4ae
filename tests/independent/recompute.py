"""Works out a due date again from nothing but the sentences of its trace.

Standard library only; it shares no code with the product.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
DAY = r"(\d{1,2} (?:" + "|".join(MONTHS) + r") \d{4})"
SHUT = rf"(?:{DAY} \([^()]+\)(?:, | and )?)+"
NATIONAL_HOLIDAYS = {
    (1, 26): "Republic Day",
    (8, 15): "Independence Day",
    (10, 2): "Mahatma Gandhi's birthday",
}
WEEKLY = {"Sunday", "second Saturday", "fourth Saturday"}


class Contradiction(Exception):
    """A sentence of the trace does not follow from those before it."""


def _day(words: str) -> date:
    day, month, year = words.split()
    return date(int(year), MONTHS[month], int(day))


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _shifted(day: date, months: int) -> date:
    """Month arithmetic by hand: the same day of the later month, or its last where that is shorter."""
    index = day.year * 12 + (day.month - 1) + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, _month_length(year, month)))


def _nth_day(anchor: date, later: int, number: int | None) -> date:
    index = anchor.year * 12 + (anchor.month - 1) + later
    year, month = index // 12, index % 12 + 1
    length = _month_length(year, month)
    return date(year, month, length if number is None else min(number, length))


def _first_after(anchor: date, month: int, day: int, years: int) -> date:
    year = anchor.year
    while date(year, month, min(day, _month_length(year, month))) <= anchor:
        year += 1
    return date(year + years, month, min(day, _month_length(year + years, month)))


def _shut_everywhere(day: date) -> str:
    """Why banks are shut on a day all over India, or nothing."""
    if day.weekday() == calendar.SUNDAY:
        return "Sunday"
    if day.weekday() == calendar.SATURDAY and 8 <= day.day <= 14:
        return "second Saturday"
    if day.weekday() == calendar.SATURDAY and 22 <= day.day <= 28:
        return "fourth Saturday"
    return NATIONAL_HOLIDAYS.get((day.month, day.day), "")


class Trace:
    """Reads a trace sentence by sentence and keeps what has been established."""

    def __init__(self) -> None:
        self.known: set[date] = set()
        self.statutory: date | None = None
        self.due: date | None = None
        self.effective: date | None = None

    def read(self, sentences: list[str]) -> tuple[date, date, date]:
        """The statutory, operative and effective dates."""
        for sentence in sentences:
            self._sentence(sentence)
        if self.statutory is None or self.due is None or self.effective is None:
            raise Contradiction(f"no date follows from {sentences}")
        return self.statutory, self.due, self.effective

    def _sentence(self, text: str) -> None:
        for pattern, method in _SENTENCES:
            if found := re.fullmatch(pattern, text):
                method(self, *found.groups())
                return

    def _settle(self, told: str, worked_out: date) -> None:
        if _day(told) != worked_out:
            raise Contradiction(f"the trace says {told}, the arithmetic says {worked_out}")
        self.known.add(worked_out)
        self.statutory = self.due = self.effective = worked_out

    def _from(self, words: str) -> date:
        day = _day(words)
        if day not in self.known:
            raise Contradiction(f"{words} comes from nowhere")
        return day

    def period(self, start: str, end: str) -> None:
        self.known |= {_day(start), _day(end)}

    def given(self, *days: str) -> None:
        day = _day(days[-1])
        self.known.add(day)
        self.statutory = self.due = self.effective = day

    def fact(self, day: str) -> None:
        self.known.add(_day(day))

    def nth(self, which: str, later: str, anchor: str, result: str) -> None:
        months = {"same month as": 0, "month after": 1}.get(later)
        months = int(re.match(r"\d+", later)[0]) if months is None else months  # type: ignore[index]
        number = None if which == "last day" else int(re.match(r"\d+", which)[0])  # type: ignore[index]
        self._settle(result, _nth_day(self._from(anchor), months, number))

    def count(self, number: str, unit: str, side: str, anchor: str, result: str) -> None:
        size = int(number) * (1 if side == "after" else -1)
        start = self._from(anchor)
        self._settle(result, start + timedelta(days=size) if unit == "day" else _shifted(start, size))

    def first(self, named: str, anchor: str, years: str | None, result: str) -> None:
        day, month = named.split()
        self._settle(result, _first_after(self._from(anchor), MONTHS[month], int(day), int(years or 0)))

    def extreme(self, which: str, days: str, result: str) -> None:
        every = [self._from(words) for words in days.split(" and ")]
        self._settle(result, min(every) if which == "earliest" else max(every))

    def extended(self, old: str, new: str) -> None:
        if _day(old) != self.statutory or _day(new) <= _day(old):
            raise Contradiction(f"an extension from {old} to {new} does not follow from {self.statutory}")
        self.due = self.effective = _day(new)

    def shut(self, days: str, *rest: str) -> None:
        day = self.due
        assert day is not None
        for told, why in re.findall(rf"{DAY} \(([^()]+)\)", days):
            if _day(told) != day:
                raise Contradiction(
                    f"banks are said to be shut on {told}, and the next day to look at is {day}"
                )
            reckoned = _shut_everywhere(day)
            if reckoned and why != reckoned:
                raise Contradiction(f"{told} is a {reckoned}, not {why}")
            # What remains is a State's own holiday, which is taken by its name, with the State's.
            if not reckoned and (why in WEEKLY or why in NATIONAL_HOLIDAYS.values() or ", " not in why):
                raise Contradiction(f"{told} is no {why}")
            day += timedelta(days=1)
        if _day(rest[-1]) != day or _shut_everywhere(day):
            raise Contradiction(f"{rest[-1]} is not the first open day after {days}")
        self.effective = day


_SENTENCES = [
    (rf"The period is .+?: {DAY} to {DAY}\.", Trace.period),
    (rf"The day that counts is {DAY}\.", Trace.fact),
    (rf"It happened on {DAY}\.", Trace.fact),
    (rf"It falls on {DAY} itself\.", Trace.given),
    (rf"The law names the day: {DAY}\.", Trace.given),
    (
        rf"The (last day|\d+\w\w) of the (same month as|month after|\d+\w\w month after) {DAY} is {DAY}\.",
        Trace.nth,
    ),
    (rf"(\d+) (day|month)s? (after|before) {DAY} is {DAY}\.", Trace.count),
    (rf"The first (\d+ \w+) after {DAY}(?:, (\d+) years? later,)? is {DAY}\.", Trace.first),
    (
        rf"The (earliest|latest) of ((?:{DAY}(?: and )?)+) is {DAY}\.",
        lambda t, which, days, _, result: t.extreme(which, days, result),
    ),
    (rf".+ of \S+: (?:held on|last date) {DAY}\.", Trace.fact),
    (rf"Extended from {DAY} to {DAY} by .+", Trace.extended),
    (
        rf"Banks are shut on ({SHUT}); payment on the next working day, {DAY}, counts as in time\.",
        Trace.shut,
    ),
    (rf"The [^:]+? is {DAY}\.", Trace.fact),
]


def dates_from(trace: list[str]) -> tuple[date, date, date]:
    """The statutory, operative and effective dates that a trace leads to.

    Errors: Contradiction where a sentence does not follow.
    """
    return Trace().read(trace)
