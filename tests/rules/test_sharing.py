"""Calendars that share answers between companies are, to the byte, what each company gets alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from complianceai import catalogue, rules
from complianceai.rules.sharing import SharedAnswers
from complianceai.rules.wire import calendar_as_json
from tests.support.profiles import random_profile

LAW = catalogue.load()
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
BASES, VARIANTS = 32, 9


def _nearly_alike(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Random companies, each followed by some that differ from it in what is easily overlooked."""
    for _ in range(BASES):
        base = random_profile(rng)
        yield base
        for _ in range(VARIANTS):
            yield _varied(rng, base, random_profile(rng))


def _varied(rng: random.Random, base: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A company with a few of its fields moved a little, taken from another, or left out."""
    varied = deepcopy(base)
    for name in rng.sample(sorted({*base, *other} - {"entity_type"}), 2):
        value = varied.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            varied[name] = max(value + rng.choice((-1, 1, 1_000_000)), 0)
        elif name == "incorporated_on" and isinstance(value, str):
            moved = date.fromisoformat(value) + timedelta(days=rng.choice((-400, -31, -1, 1, 31, 400)))
            varied[name] = moved.isoformat()
        elif name in other and not (name.startswith("a") or name == "financial_year_end"):
            varied[name] = other[name]
    for registration in varied.get("gst", {}).get("registrations", ()):
        if rng.random() < 0.2:
            registration.pop("registered_on", None)
    return varied


@pytest.mark.parametrize("seed", range(4))
def test_a_company_gets_what_it_would_get_alone(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample
    shared = SharedAnswers(LAW)
    for raw in _nearly_alike(rng):
        profile = rules.read_profile(raw)
        alone = calendar_as_json(rules.calendar(LAW, profile, *YEAR))
        assert shared.calendar_as_json(profile, YEAR) == alone


def test_windows_and_days_of_knowledge_are_kept_apart() -> None:
    rng = random.Random(11)  # noqa: S311
    shared = SharedAnswers(LAW)
    profiles = [rules.read_profile(random_profile(rng)) for _ in range(6)]
    windows = (YEAR, (date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 10, 1), date(2025, 12, 31)))
    for as_of in (None, date(2025, 6, 1)):
        for window in windows:
            for profile in profiles * 2:
                alone = calendar_as_json(rules.calendar(LAW, profile, *window, as_of))
                assert shared.calendar_as_json(profile, window, as_of) == alone


def test_little_room_changes_no_answer_and_is_kept_to() -> None:
    rng = random.Random(12)  # noqa: S311
    shared = SharedAnswers(LAW, kept_bytes=200_000)
    profiles = [rules.read_profile(random_profile(rng)) for _ in range(25)]
    for profile in profiles * 2:
        assert shared.calendar_as_json(profile, YEAR) == calendar_as_json(rules.calendar(LAW, profile, *YEAR))
        assert shared.kept_bytes <= 300_000


def test_a_company_like_another_is_answered_without_working_it_out_again() -> None:
    shared = SharedAnswers(LAW)
    raw = {"entity_type": "llp", "state": "MH", "incorporated_on": "2015-05-04", "turnover": 3_000_000}
    shared.calendar_as_json(rules.read_profile(raw), YEAR)
    kept = shared.kept_bytes
    like = {**raw, "name": "Another", "incorporated_on": "2014-11-20", "turnover": 2_999_999}
    shared.calendar_as_json(rules.read_profile(like), YEAR)
    assert kept > 0
    assert shared.kept_bytes == kept


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(rules.WindowFault):
        SharedAnswers(LAW).calendar_as_json(rules.read_profile({"entity_type": "trust"}), (YEAR[1], YEAR[0]))
