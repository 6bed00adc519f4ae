"""What a company owes, by when, why, and what lateness costs. No web, no database, no clock."""

from complianceai.rules.calendar import Calendar, Occurrence, Undetermined, WindowFault, calendar
from complianceai.rules.inputs import InputFaults
from complianceai.rules.lateness import Cost, DayLate, Lateness, a_day_late, input_names, penalty
from complianceai.rules.profile import Profile, ProfileFault, ProfileFaults, read_profile

__all__ = [
    "Calendar",
    "Cost",
    "DayLate",
    "InputFaults",
    "Lateness",
    "Occurrence",
    "Profile",
    "ProfileFault",
    "ProfileFaults",
    "Undetermined",
    "WindowFault",
    "a_day_late",
    "calendar",
    "input_names",
    "penalty",
    "read_profile",
]
