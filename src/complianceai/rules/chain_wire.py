"""Chains in the shape that other programs read."""

from __future__ import annotations

from typing import Any

from complianceai.catalogue.model import Catalogue, EventChain, Input
from complianceai.rules.chain_results import Chain, Link
from complianceai.rules.wire import citation_as_plain, extension_as_plain

Plain = dict[str, Any]


def chain_as_plain(catalogue: Catalogue, found: Chain) -> Plain:
    """A chain as plain values; dates are `date` objects, which orjson writes as ISO text."""
    return {
        "catalogue": catalogue.edition,
        "event": found.event.id,
        "title": {"en": found.event.title.en, "hi": found.event.title.hi},
        "on": found.on,
        "refused": found.refused or None,
        "presumed": list(found.presumed),
        "links": [link_as_plain(each) for each in found.links],
        "undetermined": [
            {"link": each.rule.id, "what": each.rule.what.en, "needs": each.needs, "why": each.why}
            for each in found.undetermined
        ],
        "left_out": [
            {"link": each.rule.id, "what": each.rule.what.en, "why": each.why or None}
            for each in found.left_out
        ],
        "notes": list(found.event.notes),
    }


def link_as_plain(each: Link) -> Plain:
    """One link as plain values: a date, or a gate."""
    rule = each.rule
    return {
        "link": rule.id,
        "what": {"en": rule.what.en, "hi": rule.what.hi},
        "form": each.form or None,
        "obligation": rule.obligation or None,
        "due_date": each.due_date,
        "statutory_due_date": each.statutory_due_date,
        "extension": extension_as_plain(each.extension),
        "gate": _gate(each),
        "papers": list(rule.papers),
        "late": rule.late or None,
        "certainty": each.certainty,
        "reason": rule.reason or None,
        "citations": [citation_as_plain(citation) for citation in each.citations],
        "trace": list(each.trace),
    }


def _gate(each: Link) -> Plain | None:
    gate = each.rule.gate
    if gate is None:
        return None
    words = {"en": gate.words.en, "hi": gate.words.hi} if gate.words else None
    return {"side": gate.side, "link": gate.link or None, "of": words or (None if gate.link else "event")}


def chains_listed(catalogue: Catalogue) -> list[Plain]:
    """Every event that has a chain: what it is, what it asks, how many links it has."""
    return [_listed(each) for each in catalogue.chains.values()]


def _listed(each: EventChain) -> Plain:
    return {
        "event": each.id,
        "title": {"en": each.title.en, "hi": each.title.hi},
        "summary": {"en": each.summary.en, "hi": each.summary.hi},
        "links": len(each.links),
        "asks": [_ask(ask) for ask in each.asks],
    }


def _ask(ask: Input) -> Plain:
    default = ask.default.source if ask.default else None
    return {"name": ask.name, "type": ask.type, "about": ask.about, "default": default}
