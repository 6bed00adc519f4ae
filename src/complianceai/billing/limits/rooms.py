"""The limits of a plan by name, and how their figures are written."""

from enum import StrEnum

from complianceai.base.money import grouped
from complianceai.billing.plans import Plan
from complianceai.billing.usage.queries import Metered

MEGABYTE, GIGABYTE = 2**20, 2**30


class Room(StrEnum):
    """What a plan has room for."""

    COMPANIES = "companies"
    PEOPLE = "people"
    DOCUMENTS = "documents"
    ANSWERS = "answers"
    STORAGE = "storage"

    @property
    def limit(self) -> str:
        """The name of the limit in a plan's data."""
        return _LIMITS[self]

    def of(self, plan: Plan) -> int | None:
        """How much the plan has room for; None where it has no limit."""
        found: int | None = getattr(plan.limits, self.limit)
        return found

    def told(self, figure: int) -> str:
        """The figure as people read it."""
        return size(figure) if self is Room.STORAGE else grouped(figure)


_LIMITS = {
    Room.COMPANIES: "companies",
    Room.PEOPLE: "people",
    Room.DOCUMENTS: "documents_a_month",
    Room.ANSWERS: "answers_a_month",
    Room.STORAGE: "storage_bytes",
}
MONTHLY = {Room.DOCUMENTS: Metered.DOCUMENTS, Room.ANSWERS: Metered.ANSWERS}


def size(count: int) -> str:
    """So many bytes as people read them: 200 MB, 1.5 GB."""
    if count >= GIGABYTE:
        return f"{_short(count / GIGABYTE)} GB"
    return f"{_short(count / MEGABYTE)} MB"


def _short(figure: float) -> str:
    return f"{figure:.1f}".removesuffix(".0")
