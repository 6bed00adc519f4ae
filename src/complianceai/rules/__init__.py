"""What a company owes, by when, why, and what lateness costs. No web, no database, no clock."""

from complianceai.rules.calendar import Calendar, Occurrence, Undetermined, WindowFault, calendar
from complianceai.rules.profile import Profile, ProfileFault, ProfileFaults, read_profile

__all__ = [
    "Calendar",
    "Occurrence",
    "Profile",
    "ProfileFault",
    "ProfileFaults",
    "Undetermined",
    "WindowFault",
    "calendar",
    "read_profile",
]
