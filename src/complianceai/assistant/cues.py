"""The words by which people ask, from the file that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def cues() -> Any:
    """What `words.yaml` says: lists of expressions by name, those of the intents one level deeper."""
    return read_words("words.yaml")


def read_words(name: str) -> Any:
    """What one of the files of words beside this module says."""
    return yaml_of(files(__package__).joinpath(name).read_text("utf-8"))


def yaml_of(text: str) -> Any:
    """What a text in YAML says."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # nosec B506  # noqa: S506 - both are safe


def called(identity: str) -> tuple[str, ...]:
    """What people call a duty beside the catalogue's own names for it."""
    return _called().get(identity, ())


@lru_cache(maxsize=1)
def _called() -> dict[str, tuple[str, ...]]:
    return {identity: tuple(map(str, names)) for identity, names in read_words("called.yaml").items()}


def any_word(expressions: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of these as whole words; the signs of Devanagari belong to its words."""
    inner = "|".join(f"(?:{each})" for each in expressions)
    return re.compile(rf"(?<![\w\u0900-\u097F])(?:{inner})(?![\w\u0900-\u097F])", re.IGNORECASE)


def anywhere(expressions: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of these wherever they stand."""
    return re.compile("|".join(f"(?:{each})" for each in expressions), re.IGNORECASE | re.DOTALL)
