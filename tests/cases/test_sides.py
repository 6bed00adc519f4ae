"""A case stands on each side of every change of the law, and would fail if the change were moved."""

from __future__ import annotations

from datetime import date

import pytest

from complianceai import catalogue
from complianceai.rules.sides import proved, proved_of_shared

LAW = catalogue.load()
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("identity", LAW.obligations)
def test_its_cases_notice_each_of_its_changes(identity: str) -> None:
    sides = list(proved(LAW, LAW.obligations[identity], TODAY))
    assert sides, "every duty began on a day"
    assert [str(side) for side in sides if not side.holds] == []


def test_cases_notice_each_change_of_what_is_shared() -> None:
    sides = list(proved_of_shared(LAW, TODAY))
    assert {side.key for side in sides} == {"small_paid_up", "small_turnover", "ccfs-2026"}
    assert [str(side) for side in sides if not side.holds] == []
