"""The company as papers name it: its profile, and what only papers ask for."""

from collections.abc import Mapping
from typing import Any

from complianceai.rules.words import STATE_NAMES

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
TEXTS = ("address", "email", "phone", "letterhead")


def company_facts(name: str, profile: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a template may say of the company; what nobody told is not there.

    Shape: `told` has `address`, `email`, `phone`, `letterhead`, `signatory`, and rows of `directors` and `members`.
    """
    kind = str(profile.get("entity_type", ""))
    facts = {
        "name": name,
        "kind": kind,
        "legal_form": LEGAL_FORMS.get(kind, ""),
        "cin": profile.get("cin") or profile.get("llpin"),
        "pan": profile.get("pan"),
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
