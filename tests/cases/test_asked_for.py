"""Every duty that the list of duties asks for is in the catalogue, under its own name or where the table says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from complianceai import catalogue
from complianceai.rules.explaining import named

TABLE = yaml.safe_load((Path(__file__).parent / "asked-for.yaml").read_text("utf-8"))
LAW = catalogue.load()


ASKED: list[tuple[str, list[str]]] = [pair for part in TABLE.values() for pair in part.items()]


def _lacking(law: catalogue.Catalogue, table: dict[str, dict[str, list[str]]]) -> list[str]:
    return [
        asked
        for part in table.values()
        for asked, identities in part.items()
        if not identities or any(identity not in law.obligations for identity in identities)
    ]


def test_all_hundred_and_sixty_five_are_listed() -> None:
    assert len(ASKED) == len(dict(ASKED)) == 165


def test_none_is_lacking() -> None:
    assert _lacking(LAW, TABLE) == []


def test_one_that_has_no_entry_is_named() -> None:
    assert _lacking(LAW, {"tax": {"gst-nothing": ["gst-nothing"], "gst-none": []}}) == [
        "gst-nothing",
        "gst-none",
    ]


@pytest.mark.parametrize(("asked", "identities"), ASKED)
def test_it_can_be_found_by_its_own_name(asked: str, identities: list[str]) -> None:
    assert [each.id for identity in identities for each in named(LAW, identity)] == identities, asked
