"""What is wrong with input, told as field, rule and cure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from complianceai.site.words import Filled, marked

CURES: Mapping[str, str] = {
    "missing": marked("This is needed. Send a value for it."),
    "extra_forbidden": marked("This is not a field we know. Leave it out, or check its spelling."),
    "string_type": marked("This must be text. Send it in quotation marks."),
    "json_invalid": marked("This is not JSON. Check the quotation marks, commas and brackets."),
    "uuid_parsing": marked("This must be an identifier such as 0198c1f2-7d5e-7cc0-9b1a-2f6f0d3c4e5a."),
    "date_from_datetime_parsing": marked("This must be a date such as 2026-04-01."),
    "date_parsing": marked("This must be a date such as 2026-04-01."),
    "date_type": marked("This must be a date such as 2026-04-01."),
    "time_parsing": marked("This must be a time of the day such as 09:30."),
    "bool_parsing": marked("This must be true or false."),
    "bool_type": marked("This must be true or false."),
    "int_parsing": marked("This must be a whole number."),
    "int_type": marked("This must be a whole number."),
    "dict_type": marked("This must be an object with named fields."),
    "model_attributes_type": marked("This must be an object with named fields."),
    "list_type": marked("This must be a list."),
    "float_parsing": marked("This must be a number."),
    "string_pattern_mismatch": marked("Something in it does not belong here. Type it anew."),
}
# By what pydantic calls it: the sentence, and under which names it tells what goes into it.
LIMITS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "string_too_long": (marked("This is too long: at most {most} characters fit."), {"most": "max_length"}),
    "string_too_short": (marked("This is too short: it takes at least {least}."), {"least": "min_length"}),
    "too_long": (marked("These are too many: at most {most} are taken."), {"most": "max_length"}),
    "too_short": (marked("These are too few: it takes at least {least}."), {"least": "min_length"}),
    "greater_than_equal": (marked("This cannot be less than {least}."), {"least": "ge"}),
    "greater_than": (marked("This must be more than {least}."), {"least": "gt"}),
    "less_than_equal": (marked("This cannot be more than {most}."), {"most": "le"}),
    "less_than": (marked("This must be less than {most}."), {"most": "lt"}),
    "enum": (marked("This is none of the choices: {choices}."), {"choices": "expected"}),
    "literal_error": (marked("This is none of the choices: {choices}."), {"choices": "expected"}),
}
EMPTY = marked("This is needed. Type something.")
TOO_EARLY, TOO_LATE = marked("This cannot be before {day}."), marked("This cannot be after {day}.")
# Pydantic tells a limit that is a date by how Python writes it.
_DATE = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
SOURCES = ("body", "query", "path", "header", "cookie", "form")


def _limit(error: Mapping[str, Any]) -> str | None:
    """What is wrong with how long, how many, how much or how late it is."""
    kind, told = error["type"], error.get("ctx", {})
    if kind == "string_too_short" and told.get("min_length") == 1:
        return EMPTY
    for name, sentence in (("ge", TOO_EARLY), ("le", TOO_LATE)):
        if day := _DATE.fullmatch(str(told.get(name))):
            return Filled(sentence, day=date(*map(int, day.groups())).isoformat())
    if kind not in LIMITS:
        return None
    sentence, names = LIMITS[kind]
    return Filled(sentence, **{name: _plain(told.get(key)) for name, key in names.items()})


def _plain(value: object) -> str:
    """A limit as people write it: choices are listed without quotation marks."""
    return str(value).replace("'", "").replace(" or ", ", ")


def _path(parts: Sequence[str | int]) -> str:
    """The field's path without the word that says which part of the request it came in."""
    kept = parts[1:] if parts and parts[0] in SOURCES else parts
    return ".".join(str(part) for part in kept) or "whole"


def faults_of(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Pydantic's findings as one sentence for each path; a message of ours is kept, its own is put in plain words."""
    faults: dict[str, str] = {}
    for error in errors:
        message = CURES.get(error["type"]) or _limit(error) or str(error["msg"]).removeprefix("Value error, ")
        faults.setdefault(_path(error["loc"]), message if message.endswith(".") else f"{message}.")
    return faults
