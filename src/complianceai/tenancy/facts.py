"""A company's profile made ready to be kept: sound by the rules, named, in one spelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complianceai.base.errors import InvalidInput
from complianceai.base.text import has_control_characters, in_one_spelling
from complianceai.rules import ProfileFaults, read_profile
from complianceai.site.words import marked

LONGEST_NAME = 200
NAMELESS = marked("A company needs a name. Give the one on its certificate.")
LONG_NAME = marked("A company's name has at most 200 characters. Shorten it.")
CONTROL = marked("This holds a control character, which no keyboard types. Type it anew.")


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What is kept of a company."""

    name: str
    gstin: str | None
    profile: dict[str, Any]


def facts_of(profile: Mapping[str, Any]) -> CompanyFacts:
    """The facts of a profile, whose `name` is the company's.

    Errors: InvalidInput, with each fault by its path in the profile, such as `gst.registrations[0].state`.
    """
    spelt = _spelt(profile)
    faults = _faults(spelt)
    if faults:
        raise InvalidInput(faults)
    name = str(spelt.get("name", "")).strip()
    return CompanyFacts(name, _first_gstin(spelt), {**spelt, "name": name})


def _faults(profile: Mapping[str, Any]) -> dict[str, str]:
    faults = {path or "whole": CONTROL for path, text in _texts(profile) if has_control_characters(text)}
    name = profile.get("name", "")
    if not isinstance(name, str) or not name.strip():
        faults.setdefault("name", NAMELESS)
    elif len(name.strip()) > LONGEST_NAME:
        faults.setdefault("name", LONG_NAME)
    try:
        read_profile(profile)
    except ProfileFaults as error:
        for fault in error.faults:
            faults.setdefault(fault.path or "whole", fault.message)
    return faults


def _first_gstin(profile: Mapping[str, Any]) -> str | None:
    registrations = profile.get("gst", {}).get("registrations", ())
    return next((each["gstin"] for each in registrations if each.get("gstin")), None)


def _spelt(value: Any) -> Any:
    if isinstance(value, str):
        return in_one_spelling(value)
    if isinstance(value, Mapping):
        return {_spelt(name): _spelt(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_spelt(inner) for inner in value]
    return value


def _texts(value: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, Mapping):
        names = [(path, str(name)) for name in value]
        return names + [
            found for name, inner in value.items() for found in _texts(inner, f"{path}.{name}".lstrip("."))
        ]
    if isinstance(value, list):
        return [found for at, inner in enumerate(value) for found in _texts(inner, f"{path}[{at}]")]
    return []
