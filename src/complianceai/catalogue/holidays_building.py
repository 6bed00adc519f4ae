"""From a checked list of holidays to the frozen model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from complianceai.catalogue.model import Doubtful, Holidays


def holidays(raw: Mapping[str, Any]) -> Holidays:
    """The holidays of one file."""
    return Holidays(
        {_month_day(day): name for day, name in (raw.get("every_year") or {}).items()},
        {date.fromisoformat(day): name for day, name in (raw.get("days") or {}).items()},
        {
            date.fromisoformat(day): Doubtful(each["name"], each["reason"])
            for day, each in (raw.get("doubtful") or {}).items()
        },
        frozenset(raw.get("complete") or ()),
        raw["covers"],
        date.fromisoformat(raw["checked_on"]),
    )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
