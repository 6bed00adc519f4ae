"""Every golden chain that an event carries holds; a lawyer adds one without Python."""

from __future__ import annotations

from typing import Any

import pytest

from complianceai import catalogue
from complianceai.rules.chain_cases import chain_failures

LAW, FAULTS = catalogue.survey()
CASES = [
    pytest.param(event.id, case, id=f"{event.id}: {case['says']}")
    for event in LAW.chains.values()
    for case in event.cases
]
NAMED_IN_THE_CONTRACT = {
    "incorporation", "director-appointed", "director-resigned", "allotment", "allotment-nonresident", "share-transfer",
    "charge-created", "regd-office-city", "regd-office-state", "regd-office-interstate", "special-resolution", "agm",
    "first-employee", "tenth-employee", "twentieth-employee", "gst-cancelled", "property-bought", "foreign-remittance",
    "loan-from-director", "premises-opened",
}  # fmt: skip


def test_no_chain_has_a_fault() -> None:
    assert [str(fault) for fault in FAULTS if fault.path.startswith("chains/")] == []


def test_the_events_of_the_contract_all_have_a_chain() -> None:
    assert LAW.chains.keys() >= NAMED_IN_THE_CONTRACT


@pytest.mark.parametrize(("event_id", "case"), CASES)
def test_golden_chain_holds(event_id: str, case: dict[str, Any]) -> None:
    assert chain_failures(LAW, LAW.chains[event_id], case) == []


@pytest.mark.parametrize("event_id", sorted(LAW.chains))
def test_between_its_cases_every_link_arises_at_least_once(event_id: str) -> None:
    event = LAW.chains[event_id]
    arisen = {name for case in event.cases for name in case.get("links", ())}
    assert {link.id for link in event.links} - arisen == set()
