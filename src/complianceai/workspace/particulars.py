"""The company as papers name it: its profile, and what only papers ask for."""

import re
from collections.abc import Mapping
from typing import Any

from complianceai.base.errors import InvalidInput
from complianceai.base.text import in_one_spelling
from complianceai.rules.words import STATE_NAMES
from complianceai.site.words import marked

LEGAL_FORMS: Mapping[str, str] = {
    "private_limited": "private company limited by shares",
    "public_limited": "public company limited by shares",
    "opc": "one person company",
    "section_8": "company under section 8 of the Companies Act, 2013",
    "llp": "limited liability partnership",
    "partnership": "partnership firm",
    "proprietorship": "sole proprietorship",
    "trust": "trust",
    "foreign_branch": "branch office of a company incorporated outside India",
}
TEXTS = ("address", "letterhead", "cin", "pan", "email", "phone")
# People by the parts of their line, in order.
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "signatory": ("name", "designation", "din"),
    "directors": ("name", "designation", "din", "address"),
    "members": ("name", "shares", "address"),
}
MOST_TEXT, MOST_PEOPLE, MOST_PART = 1000, 200, 300
TOO_LONG = marked("This is longer than 1000 characters. Shorten it.")
BAD_LINE = marked("Write one person a line, their parts set off by semicolons, as the example shows.")
BAD_DIN = marked("A DIN has eight digits, such as 08123456. It stands after the designation.")
BAD_PAN = marked("A PAN has five letters, four digits and a letter, such as AAJCS4821K.")
SHAPES = {
    "pan": (
        re.compile("[A-Z]{5}[0-9]{4}[A-Z]"),
        BAD_PAN,
    ),
    "cin": (
        re.compile("[LU][0-9]{5}[A-Z]{2}[0-9]{4}[A-Z]{3}[0-9]{6}|[A-Z]{3}-?[0-9]{4}"),
        marked(
            "Write the CIN (21 characters, such as U28999PN2019PTC184321) or the LLPIN (such as AAA-1234)."
        ),
    ),
}
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def company_facts(name: str, profile: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a template may say of the company; what nobody told is not there.

    Shape: `told` has texts by the names of TEXTS, `signatory`, and rows of `directors` and `members`.
    """
    kind = str(profile.get("entity_type", ""))
    facts = {
        "name": name,
        "kind": kind,
        "legal_form": LEGAL_FORMS.get(kind, ""),
        # The middle of a GSTIN is the PAN.
        "pan": (_gstin(profile) or "")[2:12],
        "gstin": _gstin(profile),
        "state": STATE_NAMES.get(str(profile.get("state", "")), ""),
        "incorporated": profile.get("incorporated_on"),
    }
    return {name: value for name, value in {**facts, **told}.items() if value}


def _gstin(profile: Mapping[str, Any]) -> str | None:
    registrations = (profile.get("gst") or {}).get("registrations") or ()
    found = [each["gstin"] for each in registrations if each.get("gstin")]
    here = [
        each["gstin"]
        for each in registrations
        if each.get("gstin") and each.get("state") == profile.get("state")
    ]
    return next(iter(here or found), None)


def typed_particulars(told: Mapping[str, Any]) -> dict[str, str]:
    """What was told, as the form has it: people one a line, their parts set off by semicolons."""
    typed = {name: str(told.get(name) or "") for name in TEXTS}
    for field, columns in PEOPLE.items():
        rows = [told[field]] if field == "signatory" and told.get(field) else told.get(field) or []
        typed[field] = "\n".join(
            "; ".join(str(row.get(name) or "") for name in columns).rstrip("; ") for row in rows
        )
    return typed


def read_particulars(typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, ready to be kept.

    Errors: InvalidInput, with each faulty field.
    """
    faults: dict[str, str] = {}
    told: dict[str, Any] = {}
    for name in TEXTS:
        text = _UNSEEN.sub("", in_one_spelling(typed.get(name, "").replace("\r\n", "\n"))).strip()
        if len(text) > MOST_TEXT:
            faults[name] = TOO_LONG
        told[name] = text.upper() if name in SHAPES else text
        if told[name] and name in SHAPES and not SHAPES[name][0].fullmatch(told[name]):
            faults[name] = SHAPES[name][1]
    for field, columns in PEOPLE.items():
        try:
            rows = _rows(typed.get(field, ""), columns)
        except ValueError as error:
            faults[field] = str(error)
            continue
        told[field] = rows[:1][0] if field == "signatory" and rows else rows
    if faults:
        raise InvalidInput(faults)
    return {name: value for name, value in told.items() if value}


def _rows(text: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    lines = [_UNSEEN.sub("", in_one_spelling(line)).strip() for line in text.splitlines()]
    rows = [[part.strip() for part in line.split(";")] for line in lines if line]
    if len(rows) > MOST_PEOPLE or any(
        len(row) > len(columns) or len(max(row, key=len)) > MOST_PART for row in rows
    ):
        raise ValueError(BAD_LINE)
    made = [dict(zip(columns, row, strict=False)) for row in rows]
    for row in made:
        if row.get("din") and not (row["din"].isascii() and row["din"].isdecimal() and len(row["din"]) == 8):
            raise ValueError(BAD_DIN)
    return made
