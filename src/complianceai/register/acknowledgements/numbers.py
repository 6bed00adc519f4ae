"""Numbers that have a shape: acknowledgements by what the catalogue says of them, and whose paper it is."""

import re
from collections.abc import Iterable

from complianceai.catalogue.model import Evidence
from complianceai.register.acknowledgements.spans import first_day_after

# How near before a number its name stands.
REACH = 60
IDENTIFIERS = {
    "gstin": re.compile(r"(?<![A-Z0-9])\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z](?![A-Z0-9])"),
    "pan": re.compile(r"(?<![A-Z0-9])[A-Z]{3}[ABCFGHJKLPT][A-Z]\d{4}[A-Z](?![A-Z0-9])"),
    "tan": re.compile(r"(?<![A-Z0-9])[A-Z]{4}\d{5}[A-Z](?![A-Z0-9])"),
    "cin": re.compile(r"(?<![A-Z0-9])[LUF]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}(?![A-Z0-9])"),
    "llpin": re.compile(r"(?<![A-Z0-9])[A-Z]{3}-\d{4}(?![A-Z0-9])"),
}
_BSR = re.compile(r"bsr\s*code[^0-9]{0,40}(\d{7})(?!\d)", re.IGNORECASE)
_SERIAL = re.compile(r"(?:challan\s+)?serial\s*(?:no|number)?\.?[^0-9]{0,40}(\d{5})(?!\d)", re.IGNORECASE)
_TENDERED = r"(?:date\s+of\s+(?:deposit|tender)|(?:tender|deposit)\s+date)"
_NAMES = re.compile(r"[A-Za-z]+")
_COMMON = {"number", "no", "or", "and", "the", "of", "with"}


def identifiers_in(text: str) -> dict[str, set[str]]:
    """Which GSTINs, PANs, TANs, CINs and LLPINs the paper bears."""
    return {kind: set(shape.findall(text)) for kind, shape in IDENTIFIERS.items()}


def number_in(text: str, evidence: Iterable[Evidence]) -> str | None:
    """The number, where exactly one fits a shape of the catalogue's, or one alone stands beside its name."""
    for each in evidence:
        if each.shape and (number := _one(text, each) or _composed(text, each)):
            return number
    return None


def fits(number: str, evidence: Iterable[Evidence]) -> bool:
    """Whether the number has one of the shapes; any number will do where the catalogue knows none."""
    shapes = [each.shape for each in evidence if each.shape]
    return not shapes or any(re.fullmatch(shape, number) for shape in shapes)


def _one(text: str, evidence: Evidence) -> str | None:
    shape = re.compile(rf"(?<![A-Za-z0-9])(?:{_inner(evidence.shape)})(?![A-Za-z0-9])")
    owners = set().union(*identifiers_in(text).values())
    found = [each for each in shape.finditer(text) if each[0] not in owners]
    named = {
        each[0] for each in found if _is_named(text[max(0, each.start() - REACH) : each.start()], evidence)
    }
    candidates = named or {each[0] for each in found}
    return candidates.pop() if len(candidates) == 1 else None


def _is_named(before: str, evidence: Evidence) -> bool:
    words = {word.lower() for word in _NAMES.findall(evidence.name)} - _COMMON
    return any(re.search(rf"(?<![a-z]){word}", before, re.IGNORECASE) for word in words)


def _composed(text: str, evidence: Evidence) -> str | None:
    # A bank's challan prints its identification number in three parts.
    bsr, serial, day = _BSR.search(text), _SERIAL.search(text), first_day_after(text, _TENDERED, REACH)
    made = f"{bsr[1]}{day:%d%m%Y}{serial[1]}" if bsr and serial and day else ""
    return made if re.fullmatch(evidence.shape, made) else None


def _inner(shape: str) -> str:
    return shape.removeprefix("^").removesuffix("$").replace("$|^", "|")
