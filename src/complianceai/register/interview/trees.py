"""Reaching into nested mappings by dotted path."""

from collections.abc import Mapping
from typing import Any


def get(tree: Mapping[str, Any], path: str) -> Any:
    """What stands at the path, or None where nothing does."""
    found: Any = tree
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def put(tree: dict[str, Any], path: str, value: Any) -> None:
    """Sets what stands at the path, making the branches that lead to it."""
    *branches, leaf = path.split(".")
    for part in branches:
        tree = tree.setdefault(part, {})
    tree[leaf] = value


def drop(tree: dict[str, Any], path: str) -> None:
    """Removes what stands at the path, and each branch that this leaves empty."""
    head, _, rest = path.partition(".")
    if not rest:
        tree.pop(head, None)
    elif isinstance(tree.get(head), dict):
        drop(tree[head], rest)
        if not tree[head]:
            del tree[head]
