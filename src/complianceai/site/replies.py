"""The two shapes of every JSON reply."""

from typing import Any, Generic, Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.responses import Response

T = TypeVar("T")


class Wire(BaseModel):
    """What goes over the wire: names in camel case there and in ours here, and nothing that was not asked for."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", from_attributes=True
    )


class Reply(Wire):
    """What only goes out; its writer is built when the first of its kind does, as its route is (site/routing)."""

    model_config = ConfigDict(defer_build=True)


class Success(Reply, Generic[T]):
    """It was done; `data` is what was asked for."""

    success: Literal[True] = True
    data: T


class PageOfList(Reply):
    """Which part of a list this is; `total` counts the whole of it."""

    number: int
    size: int
    total: int


class SuccessList(Reply, Generic[T]):
    """One page of a list."""

    success: Literal[True] = True
    data: list[T]
    page: PageOfList


class Failure(Reply):
    """It was not done; `error` says why to a person, `code` to a program, `fields` what each field needs."""

    success: Literal[False] = False
    error: str
    code: str
    fields: dict[str, Any]


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, as its description lists them."""
    return {status: {"model": Failure} for status in statuses}


def json_of(plain: Any) -> Response:
    """The reply of what stands in the shape of the wire already: nothing checks it once more on its way out."""
    return Response(orjson.dumps(plain, default=str), media_type="application/json")
