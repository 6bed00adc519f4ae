"""What a plan has room for, asked by whoever adds something, in the transaction that adds it.

- `take_document`, `take_answers`, `take_storage` and `guard` refuse with `OverPlan` where there is no more room.
- `has_limits` is a property of the database that somebody opened: `enforce` is called once for an application's own.
- Nothing that reads asks for limits: what is there stays readable, and can be taken along.
"""

from complianceai.billing.limits.enforcing import enforce, has_limits, holds_limits
from complianceai.billing.limits.errors import OverPlan
from complianceai.billing.limits.guarding import guard
from complianceai.billing.limits.taking import (
    check_storage,
    count_storage,
    give_back_answers,
    take_answers,
    take_document,
    take_storage,
)

__all__ = [
    "OverPlan",
    "check_storage",
    "count_storage",
    "enforce",
    "give_back_answers",
    "guard",
    "has_limits",
    "holds_limits",
    "take_answers",
    "take_document",
    "take_storage",
]
