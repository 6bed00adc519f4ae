"""A profile is taken exactly as the contract says, or refused with the field, the fault and the cure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from complianceai.catalogue.expressions import NeedsFact
from complianceai.rules import ProfileFaults, read_profile


def _faults(raw: Any) -> str:
    with pytest.raises(ProfileFaults) as refused:
        read_profile(raw)
    return "\n".join(map(str, refused.value.faults))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({}, "entity_type is missing; add it"),
        ([], "a profile is a mapping of fields, not a list"),
        ("x", "a profile is a mapping of fields, not a text"),
        ({"entity_type": "opc", "turnvoer": 3}, "turnvoer: unknown field; did you mean 'turnover'?"),
        ({"entity_type": "opc", "tds": {"tann": True}}, "tds.tann: unknown field; did you mean 'tan'?"),
        ({"entity_type": "pvt_limited"}, "did you mean 'private_limited'?"),
        ({"entity_type": "opc", "turnover": "lots"}, "turnover: 'lots' is not a number"),
        ({"entity_type": "opc", "turnover": -1}, "turnover: -1 is below 0"),
        ({"entity_type": "opc", "listed": "yes"}, "listed: 'yes' is not true or false"),
        (
            {"entity_type": "opc", "incorporated_on": "2026-02-30"},
            "incorporated_on: '2026-02-30' is not a date",
        ),
        ({"entity_type": "opc", "employees": {"total": 2.5}}, "employees.total: 2.5 is not a whole number"),
        ({"entity_type": "opc", "state": "XX"}, "state: 'XX' is not known here"),
        ({"entity_type": "opc", "employees": {"by_state": {"ZZ": 1}}}, "employees.by_state"),
        (
            {"entity_type": "opc", "employees": {"total": 3, "women": 4}},
            "employees.women: 4 is more than employees.total",
        ),
        (
            {"entity_type": "opc", "employees": {"total": 3, "by_state": {"MH": 2, "GA": 2}}},
            "employees.by_state: 4 is more",
        ),
        ({"entity_type": "opc", "agm_dates": {"2025-27": "2026-09-01"}}, "did you mean 2025-26?"),
        ({"entity_type": "opc", "agm_dates": {"2025": "2026-09-01"}}, "write the year as 2025-26"),
        (
            {"entity_type": "opc", "financial_year_end": "12-31", "agm_not_held": ["2025-26"]},
            "write the year as 2025",
        ),
        (
            {"entity_type": "opc", "gst": {"registrations": [{"state": "MH"}]}},
            "gst.registrations[0]: scheme is missing",
        ),
        (
            {
                "entity_type": "opc",
                "gst": {"registrations": [{"state": "MH", "scheme": "regular", "gstin": "27AAPFU0939F1ZX"}]},
            },
            "gst.registrations[0].gstin: '27AAPFU0939F1ZX' is not a GSTIN",
        ),
    ],
)
def test_a_fault_names_the_field_and_the_cure(raw: Any, says: str) -> None:
    assert says in _faults(raw)


def test_all_faults_are_told_together() -> None:
    assert len(_faults({"entity_type": "x", "turnover": "y", "z": 1}).splitlines()) == 3


def test_what_is_left_out_is_no_or_unknown() -> None:
    facts = read_profile({"entity_type": "llp"}).facts
    assert facts["listed"] is False
    assert facts["tds.pays"] == ()
    with pytest.raises(NeedsFact):
        facts["turnover"]


def test_old_state_codes_are_read_as_the_new_ones() -> None:
    raw = {
        "entity_type": "llp",
        "state": "OR",
        "registrations": {"pt": ["TG"]},
        "employees": {"by_state": {"UT": 2}},
    }
    facts = read_profile(raw).facts
    assert (facts["state"], facts["registrations.pt"], facts["employees.by_state.UK"]) == ("OD", ("TS",), 2)


def test_dates_may_come_as_dates_and_numbers_stay_exact() -> None:
    facts = read_profile({"entity_type": "llp", "incorporated_on": date(2020, 1, 2), "turnover": 10.1}).facts
    assert facts["incorporated_on"] == date(2020, 1, 2)
    assert facts["turnover"] == Decimal("10.1")


def test_headcounts_by_state_imply_the_total_and_none_elsewhere() -> None:
    facts = read_profile({"entity_type": "llp", "employees": {"by_state": {"MH": 4, "GA": 1}}}).facts
    assert facts["employees.total"] == 5
    assert facts["employees.by_state.KA"] == 0


def test_a_companys_accounts_are_always_audited() -> None:
    assert read_profile({"entity_type": "opc"}).facts["income_tax.audited_any_law"] is True
    assert read_profile({"entity_type": "llp"}).facts["income_tax.audited_any_law"] is False
