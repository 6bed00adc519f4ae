"""Plain data that is seldom looked at, kept as its text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any


class Packed(Collection["Mapping[str, Any]"]):
    """What was given, read anew from JSON whenever it is asked for.

    A third of the memory of the law would otherwise be cases, in each process, for checks that none of them makes.
    """

    __slots__ = ("_count", "_text")

    def __init__(self, plain: Sequence[Mapping[str, Any]] = ()) -> None:
        import orjson  # as everything that the law needs only once it is loaded

        self._count = len(plain)
        self._text: bytes = orjson.dumps(plain)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        import orjson

        return iter(orjson.loads(self._text))

    def __contains__(self, each: object) -> bool:
        return any(each == mine for mine in self)
