"""A question that waits for somebody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that waits for a person."""

    person_id: UUID
    id: UUID
    question: str
    asked_at: datetime
