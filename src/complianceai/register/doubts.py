"""Facts that nobody knows, kept from being taken for no."""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from complianceai import catalogue
from complianceai.catalogue.expressions import Facts
from complianceai.register.errors import FactsFaulty
from complianceai.register.interview.staff import TAXES
from complianceai.register.interview.trees import get, put
from complianceai.rules import Calendar, Profile, ProfileFaults, Undetermined, calendar, read_profile

GST = "It turns on a registration under GST, of which nobody knows yet."
PERHAPS = "It turns on a registration in {states}, of which nobody knows yet."


def calendar_of(
    raw: Mapping[str, Any], unsure: Collection[str], start: date, end: date
) -> tuple[Profile, Calendar]:
    """The profile without what is not known, and its calendar, in which all that turns on that is undetermined.

    Errors: FactsFaulty; WindowFault.
    """
    open_facts, profile = _open_facts(raw, unsure), profile_of(raw, unsure)
    found = calendar(catalogue.load(), profile, start, end)
    more = (*_of_gst(open_facts), *_of_states(raw, open_facts, found))
    return profile, found._replace(undetermined=(*found.undetermined, *more))


def profile_of(raw: Mapping[str, Any], unsure: Collection[str]) -> Profile:
    """The profile without what is not known.

    Errors: FactsFaulty.
    """
    try:
        return _without(read_profile(raw), _open_facts(raw, unsure))
    except ProfileFaults as faulty:
        raise FactsFaulty(fault=faulty.faults[0]) from faulty


def _open_facts(raw: Mapping[str, Any], unsure: Collection[str]) -> frozenset[str]:
    # What the profile says by now, nobody is unsure of any more.
    return frozenset(path for path in unsure if get(raw, path) is None)


def _without(profile: Profile, open_facts: Collection[str]) -> Profile:
    """The profile without the facts, so that the rules ask for them."""
    known = {name: value for name, value in profile.facts.items() if name not in open_facts}
    return profile._replace(facts=Facts(known))


def _of_gst(open_facts: Collection[str]) -> Iterator[Undetermined]:
    """All that a registration under GST brings, where nobody knows of one: no rule asks by itself."""
    if "gst.registered" in open_facts:
        for each in catalogue.load().obligations.values():
            if each.per == "registration":
                yield Undetermined(each.id, "gst.registered", GST)


def _of_states(
    raw: Mapping[str, Any], open_facts: Collection[str], found: Calendar
) -> Iterator[Undetermined]:
    """What a registration in the States of which nobody knows would bring, beside those that are known."""
    certain = {each.obligation_id for each in found.occurrences} | {
        each.obligation_id for each in found.undetermined
    }
    for tax in TAXES:
        path = f"registrations.{tax}"
        states = sorted(fact[-2:] for fact in open_facts if fact.startswith(f"{path}."))
        if not states:
            continue
        supposed = deepcopy(dict(raw))
        put(supposed, path, [*(get(raw, path) or ()), *states])
        more = calendar(found.catalogue, _without(read_profile(supposed), open_facts), found.start, found.end)
        new = dict.fromkeys(
            each.obligation_id for each in more.occurrences if each.obligation_id not in certain
        )
        for identity in new:
            yield Undetermined(identity, path, PERHAPS.format(states=", ".join(states)))
