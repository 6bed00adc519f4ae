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
    text = files(__package__).joinpath("words.yaml").read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # nosec B506  # noqa: S506 - both are safe


def any_word(expressions: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of these as whole words; the signs of Devanagari belong to its words."""
    inner = "|".join(f"(?:{each})" for each in expressions)
    return re.compile(rf"(?<![\w\u0900-\u097F])(?:{inner})(?![\w\u0900-\u097F])", re.IGNORECASE)


def anywhere(expressions: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of these wherever they stand."""
    return re.compile("|".join(f"(?:{each})" for each in expressions), re.IGNORECASE | re.DOTALL)
