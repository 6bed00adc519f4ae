"""What forms send where programs send something else: an empty text for nothing, a word for yes."""

import re
from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from complianceai.site.faults import CURES

_CLOCK = re.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?")


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


class Blank:
    """Put on an optional field: an empty text is none, and the description of the API says that it may be sent."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The field's own way of checking, after blanks have become none."""
        return no_info_before_validator_function(_none_if_blank, handler(source))

    def __get_pydantic_json_schema__(self, made: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The field's own description, or an empty text."""
        told = handler(made)
        return {"anyOf": [*told.get("anyOf", [told]), {"type": "string", "pattern": r"^\s*$"}]}


def _not_a_number(value: object) -> object:
    # Pydantic itself takes 0 and 1 for no and yes.
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise PydanticCustomError("bool_type", "{sentence}", {"sentence": CURES["bool_type"]})
    return value


def _written(value: object) -> object:
    # Pydantic itself takes a number for the seconds since midnight.
    if isinstance(value, time) or (isinstance(value, str) and _CLOCK.fullmatch(value)):
        return value
    raise PydanticCustomError("time_parsing", "{sentence}", {"sentence": CURES["time_parsing"]})


def _no_flag(value: object) -> object:
    # Pydantic itself takes no and yes for 0 and 1.
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "{sentence}", {"sentence": CURES["int_type"]})
    return value


BLANK = Blank()
Whole = Annotated[int, BeforeValidator(_no_flag)]
Flag = Annotated[bool, BeforeValidator(_not_a_number)]
ClockTime = Annotated[time, BeforeValidator(_written)]
