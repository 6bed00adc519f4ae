"""What is told of a chain: links with a date or a gate, what is open, and what does not arise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from complianceai.catalogue.model import ChainLink, Citation, EventChain, Extension


class Link(NamedTuple):
    """One thing that the event brings, with its date or its gate."""

    rule: ChainLink
    form: str
    due_date: date | None  # operative: after extensions
    statutory_due_date: date | None
    extension: Extension | None
    certainty: str
    citations: tuple[Citation, ...]
    trace: tuple[str, ...]


class Open(NamedTuple):
    """A link of which it is not known whether or when it falls due."""

    rule: ChainLink
    needs: str
    why: str


class LeftOut(NamedTuple):
    """A link that does not arise, and why."""

    rule: ChainLink
    why: str


@dataclass(frozen=True)
class Chain:
    """What an event of a day brings a company.

    Shape: links are in order of date; a link with a gate stands beside what it waits for.
    """

    event: EventChain
    on: date
    links: tuple[Link, ...]
    undetermined: tuple[Open, ...]
    left_out: tuple[LeftOut, ...]
    presumed: tuple[str, ...]  # what of the company was taken as given, for want of its facts
    refused: str  # why the event cannot be this company's; empty where it can
