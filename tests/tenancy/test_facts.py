from typing import Any

import pytest

from complianceai.base.errors import InvalidInput
from complianceai.tenancy.facts import facts_of


def test_the_first_gstin_and_the_name_are_the_companys() -> None:
    registrations = [
        {"state": "GJ", "scheme": "qrmp"},
        {"state": "MH", "scheme": "regular", "gstin": "27ZZQCS4821K1ZQ"},
    ]
    facts = facts_of(
        {
            "name": " Asha\u0301 LLP ",
            "entity_type": "llp",
            "gst": {"registered": True, "registrations": registrations},
        }
    )
    assert (facts.name, facts.gstin) == ("Ashá LLP", "27ZZQCS4821K1ZQ")
    assert facts.profile["name"] == "Ashá LLP"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": 7}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"entity_type": "company"}, "entity_type"),
        ({"turnover": "much"}, "turnover"),
        ({"colour": "red"}, "colour"),
        (
            {"gst": {"registrations": [{"state": "MH", "scheme": "regular", "gstin": "27AAAAA0000A1Z5"}]}},
            "gst.registrations[0].gstin",
        ),
        (
            {"gst": {"registrations": [{"state": "MH", "scheme": "regular", "district": "a\x01"}]}},
            "gst.registrations[0].district",
        ),
        ({"gst": "no"}, "gst"),
    ],
)
def test_each_fault_is_told_by_its_path(change: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        facts_of({"name": "A", "entity_type": "llp", **change})
    assert list(refused.value.faults) == [path]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        facts_of({"entity_type": "x", "turnover": -1})
    assert set(refused.value.faults) == {"name", "entity_type", "turnover"}
