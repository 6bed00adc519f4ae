"""What would change if a company's facts changed: duties gained, lost and moved, and the rupees at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai.catalogue.model import Catalogue
from complianceai.rules.calendar import Calendar, calendar
from complianceai.rules.inputs import InputFaults
from complianceai.rules.lateness import cost_of_occurrence
from complianceai.rules.occurrence import Occurrence, Undetermined
from complianceai.rules.profile import Profile, read_profile

Identity = tuple[str, str | None, str, str, str]

# How late the filing is taken to be when rupees at stake are worked out.
STAKE_DAYS = 30


class Moved(NamedTuple):
    """A duty that stays and falls on another day, or under another form or certainty."""

    before: Occurrence
    after: Occurrence


class Stake(NamedTuple):
    """What missing some dates by STAKE_DAYS would cost, as far as the profile tells.

    Units: whole rupees; `unknown` counts the dates of which an input is missing.
    """

    rupees: int
    unknown: int


@dataclass(frozen=True)
class Difference:
    """What a change of facts does to a calendar."""

    gained: tuple[Occurrence, ...]
    lost: tuple[Occurrence, ...]
    moved: tuple[Moved, ...]
    now_undetermined: tuple[Undetermined, ...]
    now_settled: tuple[Undetermined, ...]
    stake_gained: Stake
    stake_lost: Stake

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.gained or self.lost or self.moved or self.now_undetermined or self.now_settled)


def what_if(
    catalogue: Catalogue,
    profile: Profile,
    changes: Mapping[str, Any],
    start: date,
    end: date,
    as_of: date | None = None,
) -> Difference:
    """What a window's calendar gains, loses and moves when some fields of the profile change.

    Shape: `changes` has the shape of a profile; a mapping is merged, anything else replaces, None removes the field.

    Errors: ProfileFaults where the changed profile cannot be true; WindowFault.
    """
    changed = read_profile(merged(profile.raw, changes))
    before = calendar(catalogue, profile, start, end, as_of)
    after = calendar(catalogue, changed, start, end, as_of)
    return difference(catalogue, before, profile, after, changed)


def merged(raw: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A profile with some fields changed."""
    whole = dict(raw)
    for name, value in changes.items():
        if value is None:
            whole.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(whole.get(name), Mapping):
            whole[name] = merged(whole[name], value)
        else:
            whole[name] = value
    return whole


def difference(
    catalogue: Catalogue, before: Calendar, profile: Profile, after: Calendar, changed: Profile
) -> Difference:
    """What one calendar has that another has not."""
    old, new = _by_identity(before.occurrences), _by_identity(after.occurrences)
    gained = tuple(each for key, each in new.items() if key not in old)
    lost = tuple(each for key, each in old.items() if key not in new)
    pairs = (Moved(old[key], each) for key, each in new.items() if key in old)
    open_before = {(each.obligation_id, each.needs) for each in before.undetermined}
    open_after = {(each.obligation_id, each.needs) for each in after.undetermined}
    return Difference(
        gained,
        lost,
        tuple(pair for pair in pairs if _is_other(pair)),
        tuple(each for each in after.undetermined if (each.obligation_id, each.needs) not in open_before),
        tuple(each for each in before.undetermined if (each.obligation_id, each.needs) not in open_after),
        stake(catalogue, gained, changed),
        stake(catalogue, lost, profile),
    )


def _is_other(pair: Moved) -> bool:
    before, after = pair
    return (before.due_date, before.form, before.certainty, before.effective_date) != (
        after.due_date,
        after.form,
        after.certainty,
        after.effective_date,
    )


def _by_identity(occurrences: Iterable[Occurrence]) -> dict[tuple[Identity, int], Occurrence]:
    """Occurrences by what they are about; those alike (two trade marks of one day) are numbered."""
    seen: dict[Identity, int] = {}
    found: dict[tuple[Identity, int], Occurrence] = {}
    for each in occurrences:
        key = (
            each.obligation_id,
            each.registration,
            each.period.start.isoformat(),
            each.period.end.isoformat(),
            each.part,
        )
        seen[key] = seen.get(key, 0) + 1
        found[key, seen[key]] = each
    return found


def stake(catalogue: Catalogue, occurrences: Iterable[Occurrence], profile: Profile) -> Stake:
    """What missing each of these dates by STAKE_DAYS would cost together."""
    rupees = unknown = 0
    for each in occurrences:
        try:
            cost = cost_of_occurrence(
                catalogue, each, profile, each.effective_date + timedelta(days=STAKE_DAYS)
            )
        except InputFaults:
            unknown += 1
        else:
            rupees += cost.total
    return Stake(rupees, unknown)
