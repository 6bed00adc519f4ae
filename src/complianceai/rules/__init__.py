"""What a company owes, by when, why, and what lateness costs. No web, no database, no clock.

What a calendar does not need (chains of events, costs, limits ahead) is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from complianceai.rules.calendar import Calendar, WindowFault, calendar
from complianceai.rules.faults import ProfileFault, ProfileFaults
from complianceai.rules.occurrence import Occurrence, Undetermined
from complianceai.rules.profile import Profile, read_profile

if TYPE_CHECKING:
    from complianceai.rules.advice import Advice, advise
    from complianceai.rules.chain_results import Chain
    from complianceai.rules.chains import chain
    from complianceai.rules.inputs import InputFaults
    from complianceai.rules.lateness import (
        Cost,
        DayLate,
        Lateness,
        a_day_late,
        cost_of_duty,
        cost_of_occurrence,
        input_names,
        penalty,
    )
    from complianceai.rules.radar import Near, near_thresholds
    from complianceai.rules.whatif import Difference, Stake, what_if

_LATER = {
    "advice": ("Advice", "advise"),
    "chain_results": ("Chain",),
    "chains": ("chain",),
    "inputs": ("InputFaults",),
    "lateness": (
        "Cost",
        "DayLate",
        "Lateness",
        "a_day_late",
        "cost_of_duty",
        "cost_of_occurrence",
        "input_names",
        "penalty",
    ),
    "radar": ("Near", "near_thresholds"),
    "whatif": ("Difference", "Stake", "what_if"),
}
_ROOM_OF = {name: room for room, names in _LATER.items() for name in names}

__all__ = [
    "Advice",
    "Calendar",
    "Chain",
    "Cost",
    "DayLate",
    "Difference",
    "InputFaults",
    "Lateness",
    "Near",
    "Occurrence",
    "Profile",
    "ProfileFault",
    "ProfileFaults",
    "Stake",
    "Undetermined",
    "WindowFault",
    "a_day_late",
    "advise",
    "calendar",
    "chain",
    "cost_of_duty",
    "cost_of_occurrence",
    "input_names",
    "near_thresholds",
    "penalty",
    "read_profile",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """A name of a part that is imported late.

    Errors: AttributeError where there is no such name.
    """
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{room}"), name)
