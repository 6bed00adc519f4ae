"""Everything that can be wrong with the catalogue's files, found before anything is built from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from complianceai.catalogue.building import METHODS
from complianceai.catalogue.checking import faults_of
from complianceai.catalogue.expressions import as_date
from complianceai.catalogue.faults import Fault
from complianceai.catalogue.files import is_obligation
from complianceai.catalogue.vocabulary import Term, vocabulary

Raw = Mapping[str, Any]

SHARED = "shared/"
INPUT_TERMS = {
    "money": "number",
    "number": "number",
    "count": "number",
    "yes_no": "yes_no",
    "date": "date",
    "text": "text",
}
_LATENESS = {
    "days_late": Term("number"),
    "months_late": Term("number"),
    "months_since_due": Term("number"),
    "due_date": Term("date"),
    "filed_on": Term("date"),
    "form": Term("text"),
}


def faults_in(documents: Raw) -> list[Fault]:
    """Everything wrong with the documents, in order of file."""
    shapes = [
        fault for path, raw in documents.items() if is_obligation(path) for fault in _shape_faults(path, raw)
    ]
    broken = {fault.path for fault in shapes}
    sound = {path: raw for path, raw in documents.items() if is_obligation(path) and path not in broken}
    checker = _Checker(documents, {raw["id"]: raw for raw in sound.values()})
    meanings = [fault for path, raw in sound.items() for fault in checker.faults(path, raw)]
    return sorted([*shapes, *checker.definition_faults(), *meanings])


def _shape_faults(path: str, raw: Any) -> Iterator[Fault]:
    import jsonschema_rs  # only when files changed

    text = (Path(__file__).parent / "obligation.schema.json").read_text("utf-8")
    validator = jsonschema_rs.validator_for(json.loads(text), validate_formats=True)
    for error in validator.iter_errors(raw):
        key = ".".join(map(str, error.instance_path))
        yield Fault(path, key, error.message[:300])


class _Checker:
    """Checks what a schema cannot: names, types, references."""

    def __init__(self, documents: Raw, obligations: Raw) -> None:
        self._shared = {
            path.removeprefix(SHARED): raw or {} for path, raw in documents.items() if path.startswith(SHARED)
        }
        self._obligations = obligations
        self._definitions = self._shared.get("definitions.yaml", {})
        self._terms = self._profile_terms = profile_terms(documents)

    def definition_faults(self) -> Iterator[Fault]:
        for name, raw in self._definitions.items():
            others = self._profile_terms
            yield from (
                Fault(f"{SHARED}definitions.yaml", name, words)
                for words in faults_of(raw["means"], "yes_no", others)
            )

    def faults(self, path: str, raw: Raw) -> Iterator[Fault]:
        expected = path.rpartition("/")[2].removesuffix(".yaml")
        if raw["id"] != expected:
            yield Fault(path, "id", f"the file's name says {expected!r}")
        if raw["authority"] not in self._shared.get("authorities.yaml", {}):
            yield Fault(path, "authority", f"{raw['authority']!r} is not in shared/authorities.yaml")
        terms = self._profile_terms | _parameter_terms(raw.get("parameters") or {})
        if raw["certainty"]["is"] == "verified" and not any(
            each.get("read", True) for each in raw["citations"]
        ):
            yield Fault(path, "certainty", "verified, but the text of no citation was read")
        for key, message in [
            *self._conditions(raw, terms),
            *self._references(raw),
            *self._charges(raw, terms),
            *_wrong_cases(raw),
        ]:
            yield Fault(path, key, message)

    def _conditions(self, raw: Raw, terms: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
        for section in ("forms", "applies", "schedules", "extensions", "doubts"):
            for at, item in enumerate(raw.get(section, ())):
                for key, source in whens(item):
                    for words in faults_of(source, "yes_no", terms):
                        yield f"{section}.{at}.{key}", words
                for words in unknown_places(item.get("because", ""), terms):
                    yield f"{section}.{at}.because", words

    def _references(self, raw: Raw) -> Iterator[tuple[str, str]]:
        for at, schedule in enumerate(raw.get("schedules", ())):
            if schedule["period"] == "once" and not schedule.get("at") and not _has_fixed(schedule["due"]):
                yield f"schedules.{at}.at", "a duty that falls once needs the fact it hangs on"
            for kind, name in anchors(schedule["due"]):
                if kind == "duty" and name not in self._obligations:
                    yield f"schedules.{at}.due", f"no obligation is called {name!r}"
                if kind == "fact" and self._terms.get(name, Term("")).type != "date":
                    yield f"schedules.{at}.due", f"no date is called {name!r}"
        for at, name in enumerate(raw.get("related", ())):
            if name not in self._obligations:
                yield f"related.{at}", f"no obligation is called {name!r}"
        for at, extension in enumerate(raw.get("extensions", ())):
            if extension["to"] < extension["statutory"]["from"]:
                yield f"extensions.{at}.to", "brings the date forward"

    def _charges(self, raw: Raw, profile_terms: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
        inputs = raw.get("inputs") or {}
        terms = {
            **profile_terms,
            **_LATENESS,
            **{name: Term(INPUT_TERMS.get(each["type"], "")) for name, each in inputs.items()},
        }
        for name, each in inputs.items():
            if each.get("fact") and each["fact"] not in self._terms:
                yield f"inputs.{name}.fact", f"no fact is called {each['fact']!r}"
            if isinstance(each.get("default"), str) and each["type"] not in ("text", "date"):
                for words in faults_of(each["default"], terms[name].type, terms):
                    yield f"inputs.{name}.default", words
        for at, own in enumerate(raw["charges"]):
            yield from ((f"charges.{at}{key}", words) for key, words in self._charge(own, terms))

    def _charge(self, own: Raw, terms: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
        shared = self._shared.get("charges.yaml", {})
        if "use" in own and own["use"] not in shared:
            yield ".use", f"{own['use']!r} is not in shared/charges.yaml"
            return
        charge = {**shared.get(own.get("use"), {}), **own}
        methods = [name for name in METHODS if name in charge]
        if len(methods) != 1:
            yield "", f"needs exactly one of {', '.join(METHODS)}"
            return
        if "citation" not in charge:
            yield ".citation", "a charge cites its source"
        for key in charge.get("relief", ()):
            if key not in self._shared.get("reliefs.yaml", {}):
                yield ".relief", f"{key!r} is not in shared/reliefs.yaml"
        for words in faults_of(charge.get("when", True), "yes_no", terms):
            yield ".when", words
        if methods[0] == "formula":
            return
        for key, source in _amounts(charge[methods[0]]):
            for words in faults_of(source, "number", terms):
                yield f".{methods[0]}{key}", words


def _wrong_cases(raw: Raw) -> Iterator[tuple[str, str]]:
    """Cases that expect dates of what has none, or none of what has."""
    for at, case in enumerate(raw["cases"]):
        is_told = "penalty" in case or "due" in case
        if "undated" in raw and (is_told or "advised" not in case):
            yield f"cases.{at}", "what has no date is `advised: true` or `advised: false` to a company"
        if "undated" not in raw and "advised" in case:
            yield f"cases.{at}.advised", "what has dates is not advised of; give `due`"


def profile_terms(documents: Raw) -> dict[str, Term]:
    """What a condition may speak of without naming an obligation: the profile, and the shared definitions."""
    definitions = documents.get(f"{SHARED}definitions.yaml") or {}
    terms = {**vocabulary(), **{name: Term("yes_no") for name in definitions}}
    for raw in definitions.values():
        terms.update(_parameter_terms(raw.get("parameters") or {}))
    return terms


def _parameter_terms(parameters: Raw) -> dict[str, Term]:
    return {name: _value_term(values[0]["value"]) for name, values in parameters.items()}


def _value_term(value: Any) -> Term:
    if isinstance(value, bool):
        return Term("yes_no")
    if isinstance(value, str):
        return Term("date" if as_date(value) else "text")
    return Term("number", is_money=True)


def whens(item: Any) -> Iterator[tuple[str, str]]:
    """Every condition inside an item, with its key."""
    if isinstance(item, Mapping):
        for key, value in item.items():
            if key == "when":
                yield key, value
            else:
                yield from ((f"{key}.{inner}", source) for inner, source in whens(value))
    elif isinstance(item, list):
        for at, each in enumerate(item):
            yield from ((f"{at}.{inner}", source) for inner, source in whens(each))


def unknown_places(template: str, terms: Mapping[str, Term]) -> Iterator[str]:
    """What is wrong with the places that a template leaves for facts."""
    for piece in template.split("{")[1:]:
        name, closed, _ = piece.partition("}")
        if not closed or name not in terms:
            yield f"no fact is called {name!r}"


def anchors(due: Any) -> Iterator[tuple[str, str]]:
    """Everything that a due rule counts from by name, with its kind."""
    if isinstance(due, Mapping):
        for key, value in due.items():
            if key in ("duty", "fact", "link") and isinstance(value, str):
                yield key, value
            else:
                yield from anchors(value)
    elif isinstance(due, list):
        for each in due:
            yield from anchors(each)


def _has_fixed(due: Any) -> bool:
    return isinstance(due, Mapping) and ("fixed" in due or any(_has_fixed(value) for value in due.values()))


_PLAIN = frozenset({"per", "counted", "from", "until", "lower_multiple", "days"})


def _amounts(terms: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(terms, Mapping):
        for key, value in terms.items():
            if key not in _PLAIN:
                yield from _amounts(value, f"{prefix}.{key}")
    elif isinstance(terms, list):
        for at, each in enumerate(terms):
            yield from _amounts(each, f"{prefix}.{at}")
    else:
        yield prefix, terms
