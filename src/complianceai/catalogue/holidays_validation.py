"""Everything that can be wrong with the lists of holidays, found before anything is built from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from complianceai.catalogue.faults import Fault
from complianceai.catalogue.files import holiday_lists
from complianceai.catalogue.vocabulary import states

Raw = Mapping[str, Any]


def holiday_faults(documents: Raw) -> Iterator[Fault]:
    """What is wrong with each list, with its file and key."""
    for name, raw in holiday_lists(documents):
        path = f"holidays/{name}.yaml"
        shapes = list(_shape_faults(path, raw))
        yield from shapes or (Fault(path, key, words) for key, words in _meaning_faults(name, raw))


def _shape_faults(path: str, raw: Any) -> Iterator[Fault]:
    import jsonschema_rs  # only when files changed

    text = (Path(__file__).parent / "holidays.schema.json").read_text("utf-8")
    validator = jsonschema_rs.validator_for(json.loads(text), validate_formats=True)
    for error in validator.iter_errors(raw):
        yield Fault(path, ".".join(map(str, error.instance_path)), error.message[:300])


def _meaning_faults(name: str, raw: Raw) -> Iterator[tuple[str, str]]:
    if name != "national" and name not in states():
        yield "state", f"the file's name, {name!r}, is neither a State's code nor 'national'"
    if raw["state"] != name:
        yield "state", f"the file's name says {name!r}"
    if (name == "national") != ("every_year" in raw):
        yield "every_year", "only the national list holds days that are the same every year, and no others"
    for year in raw.get("complete") or ():
        if not any(text.startswith(str(year)) for text in raw.get("days") or {}):
            yield "complete", f"{year} is said to be whole and has no day"
    for section in ("days", "doubtful"):
        for text in raw.get(section) or {}:
            yield from ((f"{section}.{text}", words) for words in _day_faults(text, section, raw))


def _day_faults(text: str, section: str, raw: Raw) -> Iterator[str]:
    day = date.fromisoformat(text)
    if day.weekday() == 6:
        yield "a Sunday needs no holiday; leave it out"
    if section == "doubtful" and text in (raw.get("days") or {}):
        yield "the same day is listed as certain"
