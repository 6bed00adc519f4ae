"""Runs the golden chains that chain files carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complianceai.catalogue.expressions import as_date
from complianceai.catalogue.model import Catalogue, EventChain
from complianceai.rules.cases import profile_of
from complianceai.rules.chain_results import Link
from complianceai.rules.chains import chain
from complianceai.rules.faults import ProfileFaults
from complianceai.rules.inputs import InputFaults
from complianceai.rules.profile import read_profile


def chain_failures(catalogue: Catalogue, event: EventChain, case: Mapping[str, Any]) -> list[str]:
    """What differs from what a chain's case says; nothing where it holds."""
    try:
        return list(_differences(catalogue, event, case))
    except (ProfileFaults, InputFaults) as error:
        return [str(error)]


def _differences(catalogue: Catalogue, event: EventChain, case: Mapping[str, Any]) -> Iterator[str]:
    profile = read_profile(profile_of(catalogue, case["profile"])) if "profile" in case else None
    on = date.fromisoformat(case["on"])
    found = chain(catalogue, profile, event.id, on, case.get("answers"), as_date(case.get("as_of")))
    if bool(found.refused) != case.get("refused", False):
        yield f"refused: {found.refused or 'no'}"
        return
    if found.refused:
        return
    told = {each.rule.id: _told(each) for each in found.links}
    yield from _different("links", case["links"], told)
    yield from _different(
        "left out", set(case.get("left_out", ())), {each.rule.id for each in found.left_out}
    )
    needs = {each.rule.id: each.needs for each in found.undetermined}
    yield from _different("undetermined", case.get("needs", {}), needs)


def _told(link: Link) -> str:
    if link.due_date is not None:
        return link.due_date.isoformat()
    return link.rule.gate.side if link.rule.gate else ""


def _different(what: str, expected: Any, found: Any) -> Iterator[str]:
    if expected == found:
        return
    if isinstance(expected, Mapping):
        for name in expected.keys() | found.keys():
            if expected.get(name) != found.get(name):
                yield f"{what}: {name}: expected {expected.get(name)}, found {found.get(name)}"
    else:
        yield f"{what}: not found {sorted(expected - found)}, not expected {sorted(found - expected)}"
