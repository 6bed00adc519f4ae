"""Every case that an obligation carries holds; a lawyer adds one without Python."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from complianceai import catalogue
from complianceai.rules.cases import failures, formula_faults

LAW, FAULTS = catalogue.survey()
TODAY = date(2026, 11, 24)
CASES = [
    pytest.param(obligation.id, case, id=f"{obligation.id}: {case['says']}")
    for obligation in LAW.obligations.values()
    for case in obligation.cases
]


def test_the_catalogue_has_no_fault() -> None:
    assert [str(fault) for fault in FAULTS] == []
    assert [(obligation.id, words) for obligation, words in formula_faults(LAW)] == []


@pytest.mark.parametrize(("obligation_id", "case"), CASES)
def test_case_holds(obligation_id: str, case: dict[str, Any]) -> None:
    assert failures(LAW, LAW.obligations[obligation_id], case, TODAY) == []
