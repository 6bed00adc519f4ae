"""The catalogue's files, read once: their text, its digest, and what YAML makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from complianceai.catalogue.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path


class Source(NamedTuple):
    """One file of the catalogue."""

    path: str  # from the catalogue's root, with slashes
    text: bytes


def is_obligation(path: str) -> bool:
    """Whether a file of the catalogue holds an obligation."""
    return "/" in path and not path.startswith(("shared/", "holidays/", "chains/"))


def is_chain(path: str) -> bool:
    """Whether a file of the catalogue holds the chain of an event."""
    return path.startswith("chains/")


def holiday_lists(documents: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each list of holidays, by the State (or `national`) that its file is named after."""
    for path in documents:
        if path.startswith("holidays/"):
            yield path.removeprefix("holidays/").removesuffix(".yaml"), documents[path]


def sources(root: Path | None = None) -> list[Source]:
    """Every YAML file of the catalogue, in order of path."""
    from pathlib import Path  # a tenth of the engine's start, and not needed before the law is loaded

    found = _below(root or Path(__file__).parent, "")
    return sorted(found, key=lambda source: source.path)


def _below(folder: Path, prefix: str) -> Iterator[Source]:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield Source(prefix + entry.name, entry.read_bytes())


def digest(found: list[Source]) -> str:
    """A hash that changes when any file, or this program's reading of it, changes."""
    import hashlib

    whole = hashlib.sha256(b"catalogue format 1")
    for source in found:
        whole.update(source.path.encode() + b"\0" + source.text + b"\0")
    return whole.hexdigest()


def parsed(found: list[Source]) -> tuple[dict[str, Any], list[Fault]]:
    """What each file says, by path; files that are not YAML are faults."""
    import yaml  # a third of the start-up time, and not needed when the parsed form is kept

    loader = plain_loader()
    documents: dict[str, Any] = {}
    faults: list[Fault] = []
    for source in found:
        try:
            documents[source.path] = yaml.load(source.text, loader)  # nosec B506  # noqa: S506 - derived from the safe loader
        except yaml.YAMLError as error:
            faults.append(
                Fault(source.path, _where(error), f"not YAML: {getattr(error, 'problem', None) or error}")
            )
    return documents, faults


def _where(error: Any) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else ""


def plain_loader() -> Any:
    """A safe loader that leaves dates as text, so that what is kept as JSON equals what is read.

    Only `true` and `false` are yes and no to it (as in YAML 1.2), so that `on:` can be a key.
    """
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("PlainLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    return loader
