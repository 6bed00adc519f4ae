"""Reads the catalogue, and refuses it whole where any part of it is faulty."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from complianceai.catalogue import files, keeping
from complianceai.catalogue.faults import CatalogueFaults, Fault
from complianceai.catalogue.model import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "2026.11.0"


class Recorded(NamedTuple):
    """An extension that was recorded after the catalogue was packaged: its duty, and its lines as JSON."""

    obligation_id: str
    lines: str


# What `load` gives besides the packaged files; a process that has a database keeps it up to date (`register`).
_recorded: tuple[Recorded, ...] = ()


def load() -> Catalogue:
    """The packaged catalogue, with the extensions that this process has taken up.

    Errors: CatalogueFaults, with every fault of every file.
    """
    return _with_recorded(_recorded)


def take_up(recorded: tuple[Recorded, ...]) -> None:
    """Nothing; `load` gives the law with these extensions from now on, and with no others but the packaged ones."""
    global _recorded  # noqa: PLW0603 - the law is one for the whole process
    _recorded = recorded


def faults_of(recorded: Recorded) -> tuple[Fault, ...]:
    """What is wrong with the lines of an extension, as `complianceai catalogue check` would say of its file."""
    documents = _documents(files.sources())
    path = _path_of(documents, recorded.obligation_id)
    if path is None:
        return (Fault("", "obligation", f"the catalogue has no obligation {recorded.obligation_id!r}"),)
    known = {fault for fault in _faults(documents) if fault.path == path}
    return tuple(
        fault
        for fault in _faults(_extended(documents, (recorded,)))
        if fault.path == path and fault not in known
    )


@lru_cache(maxsize=2)
def _with_recorded(recorded: tuple[Recorded, ...]) -> Catalogue:
    if not recorded:
        return _packaged()
    from hashlib import sha256  # as below

    found = files.sources()
    key = sha256(repr((files.digest(found), recorded)).encode()).hexdigest()
    return _built(_extended(_documents(found), recorded), key)


@lru_cache(maxsize=1)
def _packaged() -> Catalogue:
    return load_from(None)


def _extended(documents: Mapping[str, Any], recorded: tuple[Recorded, ...]) -> Mapping[str, Any]:
    import json  # only where something was recorded

    made = dict(documents)
    for each in recorded:
        path = _path_of(made, each.obligation_id)
        # One that a newer edition of the catalogue no longer has moves nothing.
        if path is not None:
            lines = [*made[path].get("extensions", ()), json.loads(each.lines)]
            made[path] = {**made[path], "extensions": lines}
    return made


def _path_of(documents: Mapping[str, Any], obligation_id: str) -> str | None:
    found = (
        path for path in documents if files.is_obligation(path) and documents[path]["id"] == obligation_id
    )
    return next(found, None)


def load_from(root: Path | None) -> Catalogue:
    """The catalogue below a folder.

    Errors: CatalogueFaults, with every fault of every file.
    """
    found = files.sources(root)
    return _built(_documents(found), files.digest(found))


def _documents(found: list[files.Source]) -> Mapping[str, Any]:
    key = files.digest(found)
    documents = keeping.kept(key)
    if documents is None:
        documents = _checked(found)
        keeping.keep(key, documents)
    return documents


def survey(root: Path | None = None) -> tuple[Catalogue, tuple[Fault, ...]]:
    """What of the catalogue is sound, and everything that is wrong with the rest; for those who are writing it."""
    found = files.sources(root)
    documents, unread = files.parsed(found)
    faults = (*unread, *_faults(documents))
    broken = {fault.path for fault in faults}
    sound = {path: raw for path, raw in documents.items() if path not in broken}
    return _built(sound, files.digest(found)), faults


def _checked(found: list[files.Source]) -> Mapping[str, Any]:
    documents, faults = files.parsed(found)
    if faults := [*faults, *_faults(documents)]:
        raise CatalogueFaults(tuple(faults))
    return documents


def _faults(documents: Mapping[str, Any]) -> list[Fault]:
    from complianceai.catalogue.chains_validation import chain_faults  # only when files changed
    from complianceai.catalogue.holidays_validation import holiday_faults
    from complianceai.catalogue.validation import faults_in

    return sorted([*faults_in(documents), *chain_faults(documents), *holiday_faults(documents)])


def _built(documents: Mapping[str, Any], key: str) -> Catalogue:
    from complianceai.catalogue.building import Shared, obligation  # not before there is something to build
    from complianceai.catalogue.chains_building import event_chain, whole_chains
    from complianceai.catalogue.holidays_building import holidays

    shared = Shared(documents)
    obligations = {
        (raw := documents[path])["id"]: obligation(path, raw, shared)
        for path in documents
        if files.is_obligation(path)
    }
    lists = {key: holidays(raw) for key, raw in files.holiday_lists(documents)}
    chains = {raw["id"]: event_chain(path, raw, shared) for path, raw in whole_chains(documents).items()}
    samples = documents.get("shared/sample-profiles.yaml") or {}
    return Catalogue(EDITION, key, obligations, shared.parameters, samples, lists, chains)
