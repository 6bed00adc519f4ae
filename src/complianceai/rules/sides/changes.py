"""Every change of an obligation, and the obligation with one side of it taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai.catalogue.model import DatedValue, Extension, Obligation
from complianceai.rules.sides.literals import dates_in, with_date

BEFORE, AFTER = "before", "after"
_DAY = timedelta(days=1)
# How far back an extension is widened to see whether a case knows the date before it: a yearly duty's last one.
_YEAR_BACK = timedelta(days=400)
_Parts = tuple[Any, ...]
_Fields = tuple[str, str]  # the names of the first and the last day


class Side(NamedTuple):
    """One side of a change; a case that fails under one of the variants stands there."""

    key: str
    on: date
    side: str
    variants: tuple[Obligation, ...]


def sides(each: Obligation) -> Iterator[Side]:
    """Both sides of every change of an obligation."""
    yield from _of_its_life(each)
    for name, fields in (("forms", _PERIODS), ("schedules", _PERIODS), ("charges", _DUE)):
        yield from _of_parts(each, name, fields)
    for name, values in each.parameters.items():
        for on, side, changed in sides_of_values(values, each.since):
            variant = each._replace(parameters={**each.parameters, name: changed})
            yield Side(f"parameters.{name}", on, side, (variant,))
    for at in range(len(each.extensions)):
        yield from _of_extension(each, at)
    yield from _of_knowledge(each)
    for on in sorted(dates_in(each) - {each.since}):
        yield Side("conditions", on, BEFORE, (with_date(each, on, date.min),))
        yield Side("conditions", on, AFTER, (with_date(each, on, date.max),))


_PERIODS: _Fields = ("since", "until")
_DUE: _Fields = ("due_from", "due_until")


def _of_its_life(each: Obligation) -> Iterator[Side]:
    """The start and the end of the duty itself."""
    if not _has_fixed_days(each):
        earlier = with_date(each, each.since, date.min)
        begun = earlier._replace(forms=_begun(earlier.forms), schedules=_begun(earlier.schedules))
        yield Side("since", each.since, BEFORE, (begun._replace(since=date.min),))
    yield Side("since", each.since, AFTER, (each._replace(since=date.max),))
    if each.until is not None:
        longer = each._replace(
            until=None,
            forms=_unended(each.forms, each.until),
            schedules=_unended(each.schedules, each.until),
        )
        yield Side("until", each.until, BEFORE, (each._replace(until=date.min),))
        yield Side("until", each.until, AFTER, (longer,))


def _has_fixed_days(each: Obligation) -> bool:
    """Whether the law names every day outright, so that nothing can fall before."""
    return bool(each.schedules) and all("fixed" in part.due for part in each.schedules)


def _begun(parts: _Parts) -> _Parts:
    """The parts as if the first of them had always stood."""
    first = _first(parts, _PERIODS)
    return tuple(part._replace(since=None) if first and part.since == first else part for part in parts)


def _first(parts: _Parts, fields: _Fields) -> date | None:
    """The day on which the first of the parts begins, where none stands from the start."""
    return _if_all(min, (getattr(part, fields[0]) for part in parts))


def _unended(parts: _Parts, last: date) -> _Parts:
    return tuple(part._replace(until=None) if part.until == last else part for part in parts)


def _of_parts(each: Obligation, name: str, fields: _Fields) -> Iterator[Side]:
    """The days on which one form, schedule or charge gives way to another, or one begins or ends."""
    parts: _Parts = getattr(each, name)
    first = _first(parts, _PERIODS) if fields is _PERIODS else None  # that is the start of the duty itself
    for on in _boundaries(parts, fields):
        is_inside = on > each.since and (each.until is None or on <= each.until)
        if is_inside and on != first and not (name == "forms" and _is_only_renamed(each, on)):
            yield Side(name, on, BEFORE, (_with(each, name, _always(parts, on, fields)),))
            yield Side(name, on, AFTER, (_with(each, name, _never(parts, on, fields)),))


def _with(each: Obligation, name: str, parts: _Parts) -> Obligation:
    changed: dict[str, Any] = {name: parts}
    return each._replace(**changed)


def _is_only_renamed(each: Obligation, on: date) -> bool:
    """Whether a form gives way to one of the same label, which no date shows."""
    ended = {form.form for form in each.forms if form.until == on - _DAY}
    return bool(ended) and ended == {form.form for form in each.forms if form.since == on}


def _boundaries(parts: _Parts, fields: _Fields) -> list[date]:
    starts = (getattr(part, fields[0]) for part in parts)
    ends = (getattr(part, fields[1]) for part in parts)
    return sorted({day for day in starts if day} | {day + _DAY for day in ends if day})


def _always(parts: _Parts, on: date, fields: _Fields) -> _Parts:
    """The parts as if what began on a day had stood in the place of what ended before it."""
    since, until = fields
    ended = [part for part in parts if getattr(part, until) == on - _DAY]
    start = _if_all(min, (getattr(part, since) for part in ended))
    return tuple(
        part._replace(**{since: start}) if getattr(part, since) == on else part
        for part in parts
        if part not in ended
    )


def _never(parts: _Parts, on: date, fields: _Fields) -> _Parts:
    """The parts as if what ended before a day had gone on in the place of what began then."""
    since, until = fields
    begun = [part for part in parts if getattr(part, since) == on]
    end = _if_all(max, (getattr(part, until) for part in begun))
    return tuple(
        part._replace(**{until: end}) if getattr(part, until) == on - _DAY else part
        for part in parts
        if part not in begun
    )


def _if_all(pick: Any, days: Iterable[date | None]) -> date | None:
    found = list(days)
    return pick(found) if found and all(found) else None


def sides_of_values(
    values: tuple[DatedValue, ...], since: date
) -> Iterator[tuple[date, str, tuple[DatedValue, ...]]]:
    """Both sides of each change of an amount after a day, each with the amounts that lack it."""
    for at, value in enumerate(values):
        if value.since is None or value.since <= since:
            continue
        if at == 0:
            yield value.since, BEFORE, (value._replace(since=None), *values[1:])
        else:
            before = values[at - 1]._replace(value=value.value, notified=value.notified)
            yield value.since, BEFORE, (*values[: at - 1], before, *values[at:])
            yield value.since, AFTER, (*values[:at], *values[at + 1 :])


def _of_extension(each: Obligation, at: int) -> Iterator[Side]:
    """A date that was moved; before it stands the period before, or the answer as of the day before it was notified."""
    one = each.extensions[at]
    widened = one._replace(statutory_from=one.statutory_from - _YEAR_BACK, periods_from=None)
    known = one._replace(dated=date.min)
    key = f"extensions.{at}"
    before = (_with_extension(each, at, widened), _with_extension(each, at, known))
    yield Side(key, one.dated, BEFORE, before)
    yield Side(key, one.dated, AFTER, (_with_extension(each, at),))


def _with_extension(each: Obligation, at: int, *others: Extension) -> Obligation:
    return each._replace(extensions=(*each.extensions[:at], *others, *each.extensions[at + 1 :]))


def _is_same_label(each: Obligation, notified: date) -> bool:
    known = {form.form for form in each.forms if form.notified != notified}
    return {form.form for form in each.forms if form.notified == notified} <= known


def _of_knowledge(each: Obligation) -> Iterator[Side]:
    """The days before which an answer must not know of a form, a schedule or the whole."""
    for name in ("forms", "schedules"):
        parts: _Parts = getattr(each, name)
        for on in sorted({part.notified for part in parts if part.notified and part.notified > each.since}):
            if name == "forms" and _is_same_label(each, on):
                continue
            known = tuple(part._replace(notified=None) if part.notified == on else part for part in parts)
            yield Side(f"{name}.notified", on, BEFORE, (_with(each, name, known),))
    if each.undated is not None and each.undated.notified is not None:
        always = each._replace(undated=each.undated._replace(notified=None))
        yield Side("undated.notified", each.undated.notified, BEFORE, (always,))
