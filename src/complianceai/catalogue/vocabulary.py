"""The names that conditions may use, each with its type, taken from the profile's own schema."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple


class Term(NamedTuple):
    """A name's type, the values it may have where they are listed, and what it means."""

    type: str  # yes_no | number | text | date | texts
    values: frozenset[str] = frozenset()
    about: str = ""
    is_money: bool = False


# What the engine supplies beside the profile: the subject of the duty and its period.
_GIVEN = {
    "registration.registered_on": Term("date"),
    "registration.district": Term("text"),
    "director.din_allotted_on": Term("date", about="the day the DIN was allotted"),
    "director.last_kyc_fy": Term("text", about="the year for which KYC was last done"),
    "trademark.application_date": Term("date"),
    "licence.issued_on": Term("date", about="the day it was issued"),
    "licence.valid_to": Term("date", about="the last day for which it is valid"),
    "licence.called": Term("text", about="its name, or else its number"),
    "licence.name": Term("text"),
    "licence.number": Term("text"),
    "event.on": Term("date"),
    "event.amount": Term("number", about="the sum in question", is_money=True),
    "event.order_on": Term("date", about="the date of the order"),
    "event.consideration_received_on": Term("date", about="the day the money was received"),
    "period.start": Term("date"),
    "period.end": Term("date"),
    "period.label": Term("text"),
    "period.is_first": Term("yes_no"),
    "period.month": Term("number"),
    "period.month_of_quarter": Term("number"),
    "period.quarter": Term("number"),
    "period.fy_start": Term("date"),
    "period.fy_end": Term("date"),
    "period.fy_half": Term("date", about="1 October of the financial year"),
    "period.fy_label": Term("text"),
}


# Maps by State that the contract does not mark as such.
_BY_STATE = frozenset({"pt_liability_prev_year"})


@lru_cache(maxsize=1)
def profile_schema() -> dict[str, Any]:
    """The contract that every company profile keeps."""
    import json  # with `pathlib` a tenth of the engine's own start
    from pathlib import Path

    text = (Path(__file__).parent / "company-profile.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """The codes of the States and Union Territories."""
    return frozenset(profile_schema()["$defs"]["state"]["enum"])


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Term]:
    """Every name a condition may use."""
    terms = dict(_GIVEN)
    terms["registration.state"] = Term("text", states())
    terms["event.state"] = terms["licence.state"] = Term("text", states())
    _walk(profile_schema()["properties"], "", terms)
    registration = profile_schema()["properties"]["gst"]["properties"]["registrations"]["items"]["properties"]
    terms["registration.scheme"] = Term("text", frozenset(registration["scheme"]["enum"]))
    event = profile_schema()["properties"]["events"]["items"]["properties"]
    terms["event.type"] = Term("text", frozenset(event["type"]["enum"]))
    return terms


def _walk(properties: dict[str, Any], prefix: str, terms: dict[str, Term]) -> None:
    for name, schema in properties.items():
        dotted = prefix + name
        if "properties" in schema:
            _walk(schema["properties"], f"{dotted}.", terms)
        elif schema.get("propertyNames", {}).get("$ref") or name in _BY_STATE:
            item = schema["additionalProperties"]
            for state in states():
                terms[f"{dotted}.{state}"] = _term(item)
        elif (found := _term(schema)).type:
            terms[dotted] = found


def _term(schema: dict[str, Any]) -> Term:
    about = schema.get("description", "")
    if "$ref" in schema:
        return Term("text", states(), about)
    if schema.get("type") == "boolean":
        return Term("yes_no", about=about)
    if schema.get("type") in ("number", "integer"):
        return Term("number", about=about, is_money=schema["type"] == "number")
    if schema.get("type") == "array":
        item = _term(schema["items"])
        return Term("texts" if item.type == "text" else "", item.values, about)
    if schema.get("format") == "date":
        return Term("date", about=about)
    if "enum" in schema or schema.get("type") == "string":
        return Term("text", frozenset(schema.get("enum", ())), about)
    return Term("")
