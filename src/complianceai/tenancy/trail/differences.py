"""What a row of the trail says has changed, fact by fact."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from complianceai.storage.audit import Entry


class Difference(NamedTuple):
    """One fact by its path, before and after; None is "there was nothing"."""

    path: str
    before: str | None
    after: str | None


def differences_of(entry: Entry) -> list[Difference]:
    """Each fact that is not as it was, in the order of the paths."""
    before, after = _facts(_read(entry.before)), _facts(_read(entry.after))
    paths = sorted(before.keys() | after.keys())
    return [
        Difference(path, before.get(path), after.get(path))
        for path in paths
        if before.get(path) != after.get(path)
    ]


def _read(text: str | None) -> Any:
    return {} if text is None else json.loads(text)


def _facts(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, Mapping):
        named = [(f"{path}.{name}".lstrip("."), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        named = [(f"{path}[{at}]", inner) for at, inner in enumerate(value)]
    elif value is None:
        # To a reader nothing is nothing, be it said or left out.
        return {}
    else:
        return {path: value if isinstance(value, str) else json.dumps(value)}
    return {name: text for name, inner in named for name, text in _facts(inner, name).items()}
