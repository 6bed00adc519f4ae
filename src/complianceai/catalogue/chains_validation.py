"""Everything that can be wrong with the files of event chains, found before anything is built from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from complianceai.catalogue.chains_building import forms_in, whole_chains
from complianceai.catalogue.checking import faults_of
from complianceai.catalogue.faults import Fault
from complianceai.catalogue.files import is_obligation
from complianceai.catalogue.validation import INPUT_TERMS, anchors, profile_terms, unknown_places, whens
from complianceai.catalogue.vocabulary import Term, vocabulary

Raw = Mapping[str, Any]
Said = Iterator[tuple[str, str]]

# A chain speaks of the company as a whole: not of one registration, director or mark of several.
_OF_ONE = ("registration.", "director.", "trademark.", "licence.")


def chain_faults(documents: Raw) -> list[Fault]:
    """Everything wrong with the chains among the documents, in order of file."""
    chains = whole_chains(documents)
    if not chains:
        return []
    shapes = list(_shape_faults(chains))
    broken = {fault.path for fault in shapes}
    obligations = {_name(path) for path in documents if is_obligation(path)}
    names = {_name(path) for path in chains}
    known = {name: term for name, term in profile_terms(documents).items() if not name.startswith(_OF_ONE)}
    for path, raw in chains.items():
        if path not in broken:
            chain = _Chain(path, raw, known, obligations, names)
            shapes += [Fault(path, key, words) for key, words in chain.faults()]
    return sorted(shapes)


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _shape_faults(chains: Raw) -> Iterator[Fault]:
    import jsonschema_rs  # only when files changed

    text = (Path(__file__).parent / "chain.schema.json").read_text("utf-8")
    validator = jsonschema_rs.validator_for(json.loads(text), validate_formats=True)
    for path, raw in chains.items():
        for error in validator.iter_errors(raw):
            yield Fault(path, ".".join(map(str, error.instance_path)), error.message[:300])


class _Chain:
    """Checks of one chain what a schema cannot: names, types, references, and that its cases speak of its links."""

    def __init__(
        self, path: str, raw: Raw, known: Mapping[str, Term], obligations: set[str], chains: set[str]
    ) -> None:
        self._path, self._raw = path, raw
        self._obligations, self._chains = obligations, chains
        asks = {name: Term(INPUT_TERMS.get(each["type"], "")) for name, each in raw.get("asks", {}).items()}
        self._terms = {**known, **asks}
        self._ids = [link["id"] for link in raw["links"]]

    def faults(self) -> Said:
        raw = self._raw
        expected = _name(self._path)
        if raw["id"] != expected:
            yield "id", f"the file's name says {expected!r}"
        yield from self._conditions("applies", raw["applies"])
        yield from self._conditions("links", raw["links"])
        yield from self._event()
        for at, link in enumerate(raw["links"]):
            yield from ((f"links.{at}.{key}", words) for key, words in self._link(at, link))
        for at, case in enumerate(raw["cases"]):
            yield from ((f"cases.{at}.{key}", words) for key, words in self._case(case))

    def _conditions(self, section: str, items: Any) -> Said:
        for at, item in enumerate(items):
            for key, source in whens(item):
                if isinstance(source, str):
                    for words in faults_of(source, "yes_no", self._terms):
                        yield f"{section}.{at}.{key}", words
            for name in ("because", "otherwise"):
                for words in unknown_places(item.get(name, ""), self._terms):
                    yield f"{section}.{at}.{name}", words

    def _event(self) -> Said:
        included = self._raw.get("include")
        if included and included not in self._chains:
            yield "include", f"no chain is called {included!r}"
        kind = self._raw.get("sets", "")
        if kind.startswith("event:") and kind.removeprefix("event:") not in vocabulary()["event.type"].values:
            yield "sets", f"a profile has no event called {kind.removeprefix('event:')!r}"
        for name, each in self._raw.get("asks", {}).items():
            if each.get("fact") and each["fact"] not in self._terms:
                yield f"asks.{name}.fact", f"no fact is called {each['fact']!r}"
            if isinstance(each.get("default"), str) and each["type"] not in ("text", "date"):
                for words in faults_of(each["default"], self._terms[name].type, self._terms):
                    yield f"asks.{name}.default", words

    def _link(self, at: int, link: Raw) -> Said:
        if link["id"] in self._ids[:at]:
            yield "id", f"two links are called {link['id']!r}"
        is_cited = link.get("citations") or link.get("obligation")
        if not is_cited and link["certainty"]["is"] == "verified":
            yield "citations", "a verified link cites its source, or names the obligation that does"
        if link.get("obligation") and link["obligation"] not in self._obligations:
            yield "obligation", f"no obligation is called {link['obligation']!r}"
        for form in forms_in(link):
            for words in faults_of(form.get("when", True), "yes_no", self._terms):
                yield "form", words
        yield from self._anchors(at, link.get("due", {}))
        if "period_on" in link and self._terms.get(link["period_on"], Term("")).type != "date":
            yield "period_on", f"no date is called {link['period_on']!r}"
        of: Any = next(iter(link.get("gate", {}).values()), "event")
        if "link" in of and of["link"] not in self._ids:
            yield "gate", f"no link is called {of['link']!r}"

    def _anchors(self, at: int, due: Any) -> Said:
        dated = [link["id"] for link in self._raw["links"][:at] if "due" in link]
        for kind, name in anchors(due):
            if kind == "duty" and name not in self._obligations:
                yield "due", f"no obligation is called {name!r}"
            if kind == "fact" and self._terms.get(name, Term("")).type != "date":
                yield "due", f"no date is called {name!r}"
            if kind == "link" and name not in dated:
                yield "due", f"no earlier link with a date is called {name!r}"

    def _case(self, case: Raw) -> Said:
        told = [*case.get("links", {}), *case.get("left_out", ()), *case.get("needs", {})]
        for name in told:
            if name not in self._ids:
                yield "links", f"no link is called {name!r}"
        if not case.get("refused"):
            for name in self._ids:
                if name not in told:
                    yield "links", f"does not say what becomes of {name!r}"
