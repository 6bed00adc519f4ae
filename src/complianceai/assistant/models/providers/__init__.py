"""Who may be asked: a file for each kind of provider, found by listing, and one for every other server."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from complianceai.assistant.models.providers.kind import Kind


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind of provider there is, by its name in the settings."""
    found = {}
    for each in iter_modules(__path__):
        module = import_module(f"{__name__}.{each.name}")
        if kind := getattr(module, "KIND", None):
            found[kind.name] = kind
    return found


def kind_of(name: str) -> Kind:
    """The kind of that name, or that of any other server which speaks the protocol."""
    return kinds().get(name) or Kind(name=name, base_url="", model="")
