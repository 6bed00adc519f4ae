"""A faulty chain file is refused with its name, its key and the cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from complianceai import catalogue
from complianceai.catalogue import survey

PACKAGED = Path(catalogue.__file__).parent


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A catalogue of one chain that can be spoiled."""
    whole = tmp_path / "law"
    shutil.copytree(PACKAGED / "shared", whole / "shared")
    (whole / "chains").mkdir()
    (whole / "chains" / "sale.yaml").write_text(SALE)
    return whole


SALE = """\
id: sale
title: {en: Business sold, hi: कारोबार बिका}
summary: {en: A business is sold., hi: कारोबार बिकता है।}
applies: [{when: is_company, because: "You are a {entity_type}.", otherwise: Not a company.}]
asks:
  paid_on: {type: date, about: the day of payment}
links:
  - id: resolution
    what: {en: Pass the resolution, hi: संकल्प पारित करें}
    gate: {before: event}
    certainty: {is: unverified, reason: From practice.}
  - id: filing
    what: {en: File it, hi: दाखिल करें}
    due: {days: 30, after: event}
    when: turnover > 1000
    certainty: {is: verified}
    citations: [{act: An Act, provision: section 1, url: "https://example.org", checked_on: 2026-11-25}]
  - id: receipt
    what: {en: Give the receipt, hi: रसीद दें}
    due: {days: 7, after: {link: filing}}
    certainty: {is: unverified, reason: From practice.}
cases:
  - says: A company sells
    on: 2026-05-04
    profile: {entity_type: private_limited, turnover: 5000}
    links: {resolution: before, filing: 2026-06-03, receipt: 2026-06-10}
"""


def _told(law: Path, text: str) -> str:
    path = law / "chains" / "sale.yaml"
    path.write_text(text)
    return "\n".join(map(str, survey(law)[1]))


def test_a_sound_chain_has_no_fault(law: Path) -> None:
    assert _told(law, SALE) == ""
    assert list(survey(law)[0].chains) == ["sale"]
    assert survey(law)[0].obligations == {}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: sale", "id: sail", "id: the file's name says 'sale'"),
        (
            "turnover > 1000",
            "turnovr > 1000",
            "links.1.when: no fact is called 'turnovr'; did you mean 'turnover'",
        ),
        ("turnover > 1000", "registration.state == 'MH'", "no fact is called 'registration.state'"),
        ("{entity_type}", "{entity_kind}", "applies.0.because: no fact is called 'entity_kind'"),
        ("{link: filing}", "{link: receipt}", "links.2.due: no earlier link with a date is called 'receipt'"),
        ("{link: filing}", "{link: resolution}", "no earlier link with a date is called 'resolution'"),
        ("{link: filing}", "{fact: paid_in}", "links.2.due: no date is called 'paid_in'"),
        ("{link: filing}", "{duty: mca-agm}", "links.2.due: no obligation is called 'mca-agm'"),
        ("{before: event}", "{before: {link: filling}}", "links.0.gate: no link is called 'filling'"),
        ("{before: event}", "{beside: event}", "links.0.gate"),
        ("gate: {before: event}", "papers: []", "links.0"),
        ("id: receipt", "id: filing", "two links are called 'filing'"),
        (
            "is: unverified, reason: From practice.}\n  - id: filing",
            "is: verified}\n  - id: filing",
            "cites its source",
        ),
        ("is: unverified, reason: From practice.", "is: unverified", "reason"),
        ("summary:", "include: nothing\nsummary:", "include: no chain is called 'nothing'"),
        ("summary:", "sets: event:nothing\nsummary:", "sets: a profile has no event called 'nothing'"),
        ("when: turnover", "obligation: mca-xyz\n    when: turnover", "no obligation is called 'mca-xyz'"),
        (
            "when: turnover",
            "period_on: turnover\n    when: turnover",
            "period_on: no date is called 'turnover'",
        ),
        (
            "type: date, about",
            "fact: paid_day, type: date, about",
            "asks.paid_on.fact: no fact is called 'paid_day'",
        ),
        ("receipt: 2026-06-10", "recipt: 2026-06-10", "cases.0.links: no link is called 'recipt'"),
        (", receipt: 2026-06-10", "", "cases.0.links: does not say what becomes of 'receipt'"),
        ("title:", "title: {en: [", "not YAML"),
    ],
)
def test_a_fault_names_file_and_key(law: Path, old: str, new: str, says: str) -> None:
    assert old in SALE
    told = _told(law, SALE.replace(old, new, 1))
    assert "chains/sale.yaml: " in told
    assert says in told


def test_all_faults_of_a_chain_are_told_together(law: Path) -> None:
    spoiled = SALE.replace("turnover > 1000", "turnovr > 1000").replace("{link: filing}", "{link: nothing}")
    assert len(_told(law, spoiled).splitlines()) == 2


def test_a_faulty_chain_leaves_the_rest_of_the_catalogue_sound(law: Path) -> None:
    _told(law, SALE.replace("id: sale", "id: sail"))
    (law / "chains" / "gift.yaml").write_text(SALE.replace("id: sale", "id: gift"))
    assert list(survey(law)[0].chains) == ["gift"]
