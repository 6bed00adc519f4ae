"""What sets one provider apart from another that speaks the same protocol."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A provider before anybody set it up: where it is by default, and what it can do.

    Units: paise for a thousand tokens, set high on purpose: a budget that is too careful answers without a model.
    """

    name: str
    base_url: str
    model: str
    needs_key: bool = False
    takes_tools: bool = True
    paise_in: int = 0
    paise_out: int = 0
    extra: tuple[tuple[str, str], ...] = ()
