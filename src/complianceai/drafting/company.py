"""The company as templates know it: every field there, empty where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_TEXTS = (
    "name", "legal_form", "kind", "cin", "pan", "gstin", "address", "state", "email", "phone", "letterhead",
)  # fmt: skip
PERSON = ("name", "designation", "din", "pan", "address", "email")
_MEMBER = ("name", "shares", "address")


def whole(given: Mapping[str, Any]) -> dict[str, Any]:
    """The company with every field that a template may name; what is not known is empty, a date None."""
    made: dict[str, Any] = {**given, **{name: given.get(name) or "" for name in _TEXTS}}
    incorporated = given.get("incorporated") or None
    made["incorporated"] = date.fromisoformat(incorporated) if isinstance(incorporated, str) else incorporated
    made["directors"] = [person(each) for each in given.get("directors") or ()]
    made["members"] = [
        {**each, **{name: each.get(name) or "" for name in _MEMBER}} for each in given.get("members") or ()
    ]
    made["signatory"] = person(given.get("signatory") or {})
    return made


def person(given: Mapping[str, Any]) -> dict[str, Any]:
    """A person with every field that a template may name."""
    return {**given, **{name: given.get(name) or "" for name in PERSON}}


EXAMPLE: Mapping[str, Any] = {
    "name": "Sahyadri Tools Private Limited",
    "legal_form": "private company limited by shares",
    "kind": "private_limited",
    "cin": "U28999PN2019PTC184321",
    "pan": "AAJCS4821K",
    "gstin": "27AAJCS4821K1Z1",
    "address": "Plot 14, MIDC Bhosari, Pune 411026, Maharashtra",
    "state": "Maharashtra",
    "email": "office@sahyadritools.example",
    "phone": "+91 20 5550 0142",
    "incorporated": "2019-06-14",
    "directors": [
        {"name": "Asha Kulkarni", "din": "08123456", "designation": "Managing Director", "address": "Aundh, Pune"},
        {"name": "Bilal Shaikh", "din": "08123457", "designation": "Director", "address": "Kothrud, Pune"},
    ],
    "members": [
        {"name": "Asha Kulkarni", "shares": 6000, "address": "Aundh, Pune 411007"},
        {"name": "Bilal Shaikh", "shares": 4000, "address": "Kothrud, Pune 411038"},
    ],
    "signatory": {"name": "Asha Kulkarni", "designation": "Managing Director", "din": "08123456"},
    "letterhead": "",
}  # fmt: skip
