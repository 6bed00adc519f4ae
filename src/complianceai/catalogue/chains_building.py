"""From a checked chain file to the frozen model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complianceai.catalogue.building import Shared, citation_of, clause_of, due_rule, form_of, input_of
from complianceai.catalogue.files import is_chain
from complianceai.catalogue.model import ChainLink, EventChain, Gate, Words
from complianceai.catalogue.packed import Packed

Raw = Mapping[str, Any]


def whole_chains(documents: Raw) -> dict[str, Any]:
    """The chain files among the documents, each with the links and questions of the chain that it includes."""
    return {path: _whole(documents[path], documents) for path in documents if is_chain(path)}


def _whole(raw: Any, documents: Raw) -> Any:
    other = documents.get(f"chains/{raw.get('include')}.yaml") if isinstance(raw, Mapping) else None
    if not isinstance(other, Mapping):
        return raw
    left_out = raw.get("without", ())
    links = [link for link in other.get("links", ()) if link.get("id") not in left_out]
    asks = {**other.get("asks", {}), **raw.get("asks", {})}
    return {**raw, "links": [*links, *raw.get("links", ())], "asks": asks}


def event_chain(path: str, raw: Raw, shared: Shared) -> EventChain:
    """One file below chains/ as the chain of an event."""
    return EventChain(
        id=raw["id"],
        title=Words(**raw["title"]),
        summary=Words(**raw["summary"]),
        sets=raw.get("sets", ""),
        applies=tuple(clause_of(each, shared) for each in raw["applies"]),
        asks=tuple(input_of(name, each, shared) for name, each in raw.get("asks", {}).items()),
        links=tuple(_link(each, shared) for each in raw["links"]),
        notes=tuple(raw.get("notes", ())),
        cases=Packed(raw["cases"]),
        path=path,
    )


def _link(raw: Raw, shared: Shared) -> ChainLink:
    return ChainLink(
        id=raw["id"],
        what=Words(**raw["what"]),
        obligation=raw.get("obligation", ""),
        forms=tuple(form_of(each, shared) for each in forms_in(raw)),
        due=due_rule(raw["due"], shared) if "due" in raw else None,
        gate=_gate(raw["gate"]) if "gate" in raw else None,
        period=raw.get("period", "event"),
        period_on=raw.get("period_on", ""),
        when=shared.maybe(raw.get("when")),
        because=raw.get("because", ""),
        otherwise=raw.get("otherwise", ""),
        papers=tuple(raw.get("papers", ())),
        late=raw.get("late", ""),
        working_date=raw.get("working_date", False),
        certainty=raw["certainty"]["is"],
        reason=raw["certainty"].get("reason", ""),
        citations=tuple(citation_of(each) for each in raw.get("citations", ())),
    )


def forms_in(raw: Raw) -> list[Raw]:
    """The forms of a link, whether written as one label or as labels with the days they are good for."""
    form = raw.get("form", [])
    return [{"form": form}] if isinstance(form, str) else form


def _gate(raw: Raw) -> Gate:
    ((side, of),) = raw.items()
    if of == "event":
        return Gate(side)
    return Gate(side, link=of["link"]) if "link" in of else Gate(side, words=Words(**of))
