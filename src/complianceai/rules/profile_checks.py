"""Whether a profile can be true: its shape by the contract, and what no schema can say."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from complianceai.catalogue.vocabulary import profile_schema
from complianceai.rules.faults import ProfileFault, ProfileFaults

OLD_STATE_CODES = {"CT": "CG", "OR": "OD", "TG": "TS", "UT": "UK", "DN": "DH", "DD": "DH"}


@lru_cache(maxsize=1)
def _validator() -> Any:
    return jsonschema_rs.validator_for(profile_schema(), validate_formats=True)


def checked(raw: Any) -> dict[str, Any]:
    """The profile with old State codes renewed, if it is sound.

    Errors: ProfileFaults, with every fault.
    """
    if not isinstance(raw, Mapping):
        raise ProfileFaults((ProfileFault("", f"a profile is a mapping of fields, not {_kind(raw)}"),))
    try:
        sound = _renewed(raw)
        faults = [_in_words(error) for error in _validator().iter_errors(sound)]
    except ValueError as error:
        raise ProfileFaults((ProfileFault("", f"not a profile: {error}"),)) from error
    if not faults:
        faults = list(_contradictions(sound))
    if faults:
        raise ProfileFaults(tuple(faults))
    return sound


def _renewed(raw: Mapping[str, Any]) -> dict[str, Any]:
    new = OLD_STATE_CODES.get
    found = {name: _renewed_inside(value) for name, value in raw.items()}
    if isinstance(state := found.get("state"), str):
        found["state"] = new(state, state)
    return found


_PLAIN = frozenset({str, int, float, bool})


def _renewed_inside(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {
            OLD_STATE_CODES.get(name, name) if isinstance(name, str) else name: _renewed_field(name, inner)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_renewed_inside(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _renewed_field(name: Any, value: Any) -> Any:
    if name == "state" and isinstance(value, str):
        return OLD_STATE_CODES.get(value, value)
    if name in ("pt", "lwf") and isinstance(value, list):
        return [OLD_STATE_CODES.get(item, item) if isinstance(item, str) else item for item in value]
    return _renewed_inside(value)


def _in_words(error: Any) -> ProfileFault:
    path = _path(error.instance_path)
    kind = error.kind.as_dict() if hasattr(error.kind, "as_dict") else {}
    message = error.message
    if unexpected := kind.get("unexpected") or _unexpected(error):
        name = unexpected[0]
        return ProfileFault(
            f"{path}.{name}".lstrip("."), f"unknown field{_near(name, _fields(error.schema_path))}"
        )
    return ProfileFault(path, _sentence(message, error))


def _unexpected(error: Any) -> list[str]:
    if "dditional properties" not in error.message:
        return []
    return re.findall(r"'([^']+)'", error.message) or re.findall(r'"([^"]+)"', error.message)


def _path(parts: Any) -> str:
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _schema_at(parts: Any) -> Any:
    schema: Any = profile_schema()
    for part in list(parts)[:-1]:
        if isinstance(schema, Mapping) and "$ref" in schema:
            schema = profile_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = schema.get(part, {}) if isinstance(schema, Mapping) else schema
    return schema


def _fields(schema_path: Any) -> list[str]:
    schema = _schema_at(schema_path)
    return list(schema.get("properties", ())) if isinstance(schema, Mapping) else []


def _near(name: str, choices: list[str]) -> str:
    near = difflib.get_close_matches(name, choices, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return (
        f"; the fields here are {', '.join(choices)}"
        if choices and len(choices) < 16
        else "; see the profile schema"
    )


def _sentence(message: str, error: Any) -> str:
    rule = list(error.schema_path)[-1] if error.schema_path else ""
    schema = _schema_at(error.schema_path)
    value = _short(getattr(error, "instance", None))
    if rule == "enum":
        return _not_one_of(value, schema, error)
    if rule == "required":
        missing = re.findall(r"[\"']([^\"']+)[\"']", message)
        return f"{missing[0] if missing else 'a field'} is missing; add it"
    if rule == "type":
        return f"{value} is not {_wanted(schema.get('type'))}"
    if rule == "format":
        return f"{value} is not a date; write it as 2026-05-20"
    if rule == "minimum":
        return f"{value} is below {schema.get('minimum')}"
    if rule == "pattern":
        return (
            f"{value} is not a financial year; write it as 2025-26, or 2025 where the year ends in December"
        )
    return message


def _not_one_of(value: str, schema: Mapping[str, Any], error: Any) -> str:
    choices = [str(choice) for choice in schema.get("enum", ())] or re.findall(
        r'"([^"]+)"', error.message.partition("one of")[2]
    )
    instance = getattr(error, "instance", "")
    near = difflib.get_close_matches(str(instance).casefold(), choices, n=1) or difflib.get_close_matches(
        str(instance).upper(), choices, n=1
    )
    hint = f"did you mean {near[0]!r}? It" if near else "it"
    return f"{value} is not known here; {hint} is one of {', '.join(choices)}"


def _wanted(kind: Any) -> str:
    names = {
        "boolean": "true or false", "integer": "a whole number", "number": "a number", "string": "a text",
        "array": "a list", "object": "a mapping of fields",
    }  # fmt: skip
    return names.get(kind, str(kind))


def _kind(value: Any) -> str:
    names = {
        list: "a list",
        str: "a text",
        int: "a number",
        float: "a number",
        bool: "true or false",
        type(None): "nothing",
    }
    return names.get(type(value), type(value).__name__)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _contradictions(raw: Mapping[str, Any]) -> Iterator[ProfileFault]:
    yield from _headcounts(raw.get("employees", {}))
    yield from _year_labels(raw)
    for at, registration in enumerate(raw.get("gst", {}).get("registrations", ())):
        if fault := _gstin_fault(registration):
            yield ProfileFault(f"gst.registrations[{at}].gstin", fault)
    for at, event in enumerate(raw.get("events", ())):
        for name in ("order_on", "consideration_received_on"):
            if (
                name == "order_on"
                and event.get(name, "9999") < event["on"]
                and event["type"] != "gst_cancellation"
            ):
                yield ProfileFault(f"events[{at}].{name}", "is before the event itself")


def _headcounts(employees: Mapping[str, Any]) -> Iterator[ProfileFault]:
    total = employees.get("total")
    if total is None:
        return
    parts = {
        "women": employees.get("women", 0),
        "esi_wage_covered": employees.get("esi_wage_covered", 0),
        "by_state": sum(employees.get("by_state", {}).values()),
    }
    for name, count in parts.items():
        if count > total:
            yield ProfileFault(f"employees.{name}", f"{count} is more than employees.total, which is {total}")


def _year_labels(raw: Mapping[str, Any]) -> Iterator[ProfileFault]:
    split = raw.get("financial_year_end", "03-31") == "03-31"
    for name in ("agm_dates", "agm_not_held", "auditor_appointed_at_agm"):
        for label in raw.get(name, ()):
            if split != ("-" in label):
                wanted = "2025-26" if split else "2025"
                yield ProfileFault(
                    f"{name}.{label}",
                    f"write the year as {wanted}: the company's year ends on {'31 March' if split else '31 December'}",
                )
            elif split and int(label[5:]) != (int(label[:4]) + 1) % 100:
                yield ProfileFault(
                    f"{name}.{label}",
                    f"no such year; did you mean {label[:4]}-{(int(label[:4]) + 1) % 100:02d}?",
                )


def _gstin_fault(registration: Mapping[str, Any]) -> str:
    gstin = registration.get("gstin")
    if not gstin:
        return ""
    from stdnum.exceptions import ValidationError  # noqa: PLC0415 - few profiles name a GSTIN
    from stdnum.in_ import gstin as rules  # noqa: PLC0415

    try:
        rules.validate(gstin)
    except ValidationError as error:
        return f"{gstin!r} is not a GSTIN ({str(error).rstrip('.').lower()}); copy it from the registration certificate"
    return ""
