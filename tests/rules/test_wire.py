"""The fast text of a calendar says exactly what its plain values say."""

from __future__ import annotations

import random
from datetime import date

import orjson
import pytest

from complianceai import catalogue, rules
from complianceai.rules.wire import calendar_as_json, calendar_as_plain
from tests.support.profiles import random_profile

LAW = catalogue.load()


@pytest.mark.parametrize("seed", range(4))
def test_text_and_values_agree(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a repeatable sample
    for _ in range(15):
        profile = rules.read_profile(random_profile(rng))
        found = rules.calendar(LAW, profile, date(2025, 4, 1), date(2027, 12, 31))
        assert orjson.loads(calendar_as_json(found)) == orjson.loads(orjson.dumps(calendar_as_plain(found)))


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    found = rules.calendar(
        LAW, rules.read_profile({"entity_type": "trust"}), date(2016, 1, 1), date(2016, 1, 1)
    )
    assert orjson.loads(calendar_as_json(found))["occurrences"] == []
