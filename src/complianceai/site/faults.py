"""What is wrong with input, told as field, rule and cure."""

from collections.abc import Mapping, Sequence
from typing import Any

from complianceai.site.words import marked

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
}
SOURCES = ("body", "query", "path", "header", "cookie", "form")


def _path(parts: Sequence[str | int]) -> str:
    """The field's path without the word that says which part of the request it came in."""
    kept = parts[1:] if parts and parts[0] in SOURCES else parts
    return ".".join(str(part) for part in kept) or "whole"


def faults_of(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Pydantic's findings as one sentence for each path; a message of ours is kept, its own is put in plain words."""
    faults: dict[str, str] = {}
    for error in errors:
        message = CURES.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
        faults.setdefault(_path(error["loc"]), message if message.endswith(".") else f"{message}.")
    return faults
