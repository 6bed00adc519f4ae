"""What a company owes, by when, why, and what lateness costs. No web, no database, no clock."""

from complianceai.rules.calendar import Calendar, WindowFault, calendar
from complianceai.rules.chain_results import Chain
from complianceai.rules.chains import chain
from complianceai.rules.faults import ProfileFault, ProfileFaults
from complianceai.rules.inputs import InputFaults
from complianceai.rules.lateness import (
    Cost,
    DayLate,
    Lateness,
    a_day_late,
    cost_of_occurrence,
    input_names,
    penalty,
)
from complianceai.rules.occurrence import Occurrence, Undetermined
from complianceai.rules.profile import Profile, read_profile
from complianceai.rules.radar import Near, near_thresholds
from complianceai.rules.whatif import Difference, Stake, what_if

__all__ = [
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
    "calendar",
    "chain",
    "cost_of_occurrence",
    "input_names",
    "near_thresholds",
    "penalty",
    "read_profile",
    "what_if",
]
