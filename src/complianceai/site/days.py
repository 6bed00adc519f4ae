"""Days as they are sent: written as ISO has them, and nothing else that could be taken for one."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from complianceai.site.faults import CURES

_SHAPE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY = {"type": "string", "format": "date"}


def _written(value: object) -> object:
    # Pydantic itself takes a number for the seconds since 1970, in a text as well.
    if value is None or isinstance(value, date) or (isinstance(value, str) and _SHAPE.fullmatch(value)):
        return value
    raise PydanticCustomError("date_parsing", "{sentence}", {"sentence": CURES["date_parsing"]})


def _written_or_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else _written(value)


Day = Annotated[date, BeforeValidator(_written)]
# A form sends an empty text where nothing was typed.
OptionalDay = Annotated[
    date | None,
    BeforeValidator(_written_or_blank),
    WithJsonSchema({"anyOf": [_DAY, {"type": "string", "pattern": "^\\s*$"}, {"type": "null"}]}),
]
