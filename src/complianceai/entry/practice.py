"""The clients of the practice that `complianceai demo` makes."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).with_name("practice.yaml")


def clients() -> list[dict[str, Any]]:
    """Each client's profile, in the form in which a browser or a program would send it."""
    return [_plain(client) for client in yaml.safe_load(SOURCE.read_text(encoding="utf-8"))]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
