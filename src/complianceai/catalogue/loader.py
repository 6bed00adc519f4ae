"""Reads the catalogue, and refuses it whole where any part of it is faulty."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from complianceai.catalogue import files
from complianceai.catalogue.faults import CatalogueFaults, Fault
from complianceai.catalogue.model import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "2026.11.0"


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """The packaged catalogue.

    Errors: CatalogueFaults, with every fault of every file.
    """
    return load_from(None)


def load_from(root: Path | None) -> Catalogue:
    """The catalogue below a folder.

    Errors: CatalogueFaults, with every fault of every file.
    """
    found = files.sources(root)
    key = files.digest(found)
    documents = files.kept(key)
    if documents is None:
        documents = _checked(found)
        files.keep(key, documents)
    return _built(documents, key)


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
        raw["id"]: obligation(path, raw, shared)
        for path, raw in documents.items()
        if files.is_obligation(path)
    }
    lists = {key: holidays(raw) for key, raw in files.holiday_lists(documents)}
    chains = {raw["id"]: event_chain(path, raw, shared) for path, raw in whole_chains(documents).items()}
    samples = documents.get("shared/sample-profiles.yaml") or {}
    return Catalogue(EDITION, key, obligations, shared.parameters, samples, lists, chains)
