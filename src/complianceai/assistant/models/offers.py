"""A function offered to a model: what it takes, as a schema, and what it says to what the model gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from pydantic import BaseModel

Tool = Callable[..., str]


@dataclass
class Call:
    """A function that a model calls, with what it gives it, as its words come."""

    id: str = ""
    name: str = ""
    given: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The call as it is told back to the model."""
        return {
            "id": self.id,
            "type": "function",
            "function": {"name": self.name, "arguments": self.given or "{}"},
        }


@dataclass(frozen=True)
class Offer:
    """A function with the shape of what it takes."""

    tool: Tool
    takes: type[BaseModel]

    @property
    def name(self) -> str:
        """What the model calls it."""
        return self.tool.__name__

    def as_plain(self) -> dict[str, Any]:
        """The offer as a model is told it."""
        return {"type": "function", "function": _described(_plain(self.tool))}

    def answer(self, given: str) -> str:
        """What it says.

        Errors: ValueError where what is given has not the shape.
        """
        read = self.takes.model_validate_json(given or "{}")
        return self.tool(**{name: getattr(read, name) for name in self.takes.model_fields})


def offered(tool: Tool) -> Offer:
    """A function as an offer; the shape of what it takes is worked out once for all answers."""
    return Offer(tool, _takes(_plain(tool)))


def _plain(tool: Tool) -> Tool:
    """The function itself, whoever's method it is."""
    return getattr(tool, "__func__", tool)


@lru_cache(maxsize=32)
def _takes(function: Tool) -> type[BaseModel]:
    from pydantic import ConfigDict, create_model  # noqa: PLC0415 - only who offers anything needs it

    hints, fields = get_type_hints(function), dict[str, Any]()
    for name, each in inspect.signature(function).parameters.items():
        if name != "self":
            default = ... if each.default is inspect.Parameter.empty else each.default
            fields[name] = (hints[name], default)
    return create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields)


@lru_cache(maxsize=32)
def _described(function: Tool) -> dict[str, Any]:
    return {
        "name": function.__name__,
        "description": inspect.getdoc(function) or "",
        "parameters": _takes(function).model_json_schema(),
    }
