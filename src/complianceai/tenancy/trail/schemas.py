"""What a row of the trail looks like on the way out."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from complianceai.site.replies import Wire
from complianceai.storage.audit import Entry


class TrailRow(Wire):
    """One change: who made it, when, from where, and how things stood before and after."""

    number: int
    at: datetime
    person_id: UUID | None
    person: str | None
    address: str | None
    request_id: str | None
    deed: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous: str
    hash: str


def row_of(entry: Entry) -> TrailRow:
    """The row as a program reads it."""
    told = {name: getattr(entry, name) for name in TrailRow.model_fields}
    sides = {name: None if told[name] is None else json.loads(told[name]) for name in ("before", "after")}
    return TrailRow(**{**told, **sides})
