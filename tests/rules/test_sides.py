"""A change on one side of which no case stands is named, with its file, its key and its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from complianceai import catalogue
from complianceai.catalogue import Catalogue
from complianceai.rules.sides import proved

LAW = catalogue.load()
TODAY = date(2026, 11, 25)
Case = Mapping[str, Any]


def _lacking(identity: str, keeps: Callable[[Case], bool]) -> set[tuple[str, str, str]]:
    """The sides without a case once only those that are kept are left."""
    each = LAW.obligations[identity]
    fewer = each._replace(cases=tuple(case for case in each.cases if keeps(case)))
    law: Catalogue = LAW._replace(obligations={**LAW.obligations, identity: fewer})
    return {
        (side.key, side.on.isoformat(), side.side) for side in proved(law, fewer, TODAY) if not side.holds
    }


def test_an_entry_with_all_its_cases_lacks_nothing() -> None:
    assert _lacking("it-26qb-family", lambda _: True) == set()


def test_without_cases_every_side_is_lacking() -> None:
    lacking = _lacking("gst-gstr-4", lambda _: False)
    assert {
        ("since", "2019-04-01", "before"),
        ("schedules", "2024-04-01", "before"),
        ("schedules", "2024-04-01", "after"),
        ("schedules.notified", "2024-07-10", "before"),
    } <= lacking


@pytest.mark.parametrize(
    ("identity", "is_dropped", "lacking"),
    [
        (
            "it-26qb-family",
            lambda case: case.get("form") == "26QB",
            {("forms", "2026-04-01", "before"), ("forms.notified", "2026-03-20", "before")},
        ),
        (
            "gst-gstr-9",
            lambda case: case.get("penalty", {}).get("due") == "2022-12-31",
            {("charges", "2023-12-31", "before")},
        ),
        (
            "gst-gstr-4",
            lambda case: case.get("as_of") == "2024-07-09",
            {("schedules.notified", "2024-07-10", "before")},
        ),
        (
            "it-sft",
            lambda case: case.get("certainty") == "unverified",
            {("conditions", "2026-03-31", "before"), ("conditions", "2026-03-31", "after")},
        ),
        (
            "mca-ccfs-2026",
            lambda case: case["from"] == "2026-09-16",
            {("until", "2026-09-15", "after")},
        ),
        (
            "startup-recognition",
            lambda case: "2026-02-03" in {case["to"], case.get("as_of")},
            {("parameters.startup_turnover", "2026-02-04", "before")},
        ),
    ],
)
def test_the_side_of_a_case_that_is_gone_is_lacking(
    identity: str, is_dropped: Callable[[Case], bool], lacking: set[tuple[str, str, str]]
) -> None:
    assert _lacking(identity, lambda case: not is_dropped(case)) == lacking


def test_an_extension_needs_the_moved_date_and_one_that_did_not_move() -> None:
    def is_of_autumn_2024(case: Case) -> bool:
        return str(case.get("to")).startswith(("2024-10", "2024-09"))

    lacking = _lacking("it-29b", lambda case: not is_of_autumn_2024(case))
    assert ("extensions.0", "2024-09-29", "after") in lacking


def test_what_is_lacking_is_told_with_file_key_and_day() -> None:
    each = LAW.obligations["pt-none"]._replace(cases=())
    told = {str(side) for side in proved(LAW, each, TODAY) if not side.holds}
    assert "states/pt-none.yaml: since: no case notices the law before the change of 2017-04-01" in told
