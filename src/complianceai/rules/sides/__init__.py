"""Whether the cases of the law notice each change of it: one case before the day, and one after.

A case stands on a side of a change if it fails once that side is taken away: `before` in a law that had always been as
it became, `after` in one that never changed. So a case counts for what it would catch, not for the dates it names.
"""

from complianceai.rules.sides.changes import Side
from complianceai.rules.sides.proving import Proved, proved, proved_of_shared

__all__ = ["Proved", "Side", "proved", "proved_of_shared"]
