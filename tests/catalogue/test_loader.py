"""A faulty file is refused with its name, its key and the cure, and with every other fault of the catalogue."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from complianceai import catalogue
from complianceai.catalogue import keeping, load_from, survey

PACKAGED = Path(catalogue.__file__).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one obligation that can be spoiled."""
    monkeypatch.setenv("COMPLIANCEAI_CACHE_DIR", str(tmp_path / "cache"))
    whole = tmp_path / "law"
    shutil.copytree(PACKAGED / "shared", whole / "shared")
    (whole / "mca").mkdir()
    alone = _without((PACKAGED / "mca" / "mca-agm.yaml").read_text("utf-8"), "related")
    (whole / "mca" / "mca-agm.yaml").write_text(alone, "utf-8")
    return whole


def _spoil(folder: Path, change: Callable[[str], str]) -> str:
    path = folder / "mca" / "mca-agm.yaml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    _, faults = survey(folder)
    return "\n".join(map(str, faults))


def _without(text: str, heading: str) -> str:
    """The file without one of its top-level keys."""
    kept, is_inside = [], False
    for line in text.splitlines():
        is_inside = line.startswith(f"{heading}:") or (
            is_inside and (line.startswith((" ", "-")) or not line)
        )
        if not is_inside:
            kept.append(line)
    return "\n".join(kept)


def test_a_sound_folder_loads(folder: Path) -> None:
    assert list(load_from(folder).obligations) == ["mca-agm"]


@pytest.mark.parametrize(
    "part", ["since", "citations", "cases", "certainty", "summary", "evidence", "signed_by", "applies"]
)
def test_a_rule_lacking_a_required_part_does_not_load(folder: Path, part: str) -> None:
    assert part in _spoil(folder, lambda text: _without(text, part))
    with pytest.raises(catalogue.CatalogueFaults):
        load_from(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("checked_on: 20", "checked: 20", "checked"),
        ("when: period.is_first", "when: period.is_frst", "did you mean 'period.is_first'"),
        ("authority: mca", "authority: mcaa", "'mcaa' is not in shared/authorities.yaml"),
        ("id: mca-agm", "id: mca-agn", "the file's name says 'mca-agm'"),
        ("duty: mca-agm", "duty: mca-xyz", "no obligation is called 'mca-xyz'"),
        (
            "discretionary: true",
            "discretionary: true\n    when: officers > 2",
            "no fact is called 'officers'",
        ),
        ("A {entity_type} must", "A {entity_kind} must", "no fact is called 'entity_kind'"),
        ("per: company", "per: company\nnonsense: 1", "nonsense"),
        ("since: 2014-04-01", "since: 2014-04-31", "2014-04-31"),
        ("title:", "title: {en: [", "not YAML"),
        ("aliases:", "related: [mca-nothing]\naliases:", "no obligation is called 'mca-nothing'"),
    ],
)
def test_a_fault_names_file_and_key(folder: Path, old: str, new: str, says: str) -> None:
    told = _spoil(folder, lambda text: text.replace(old, new, 1))
    assert "mca/mca-agm.yaml" in told
    assert says in told


def _as_undated(text: str, cases: str) -> str:
    """The same entry as if no date could be told for it."""
    bare = _without(_without(_without(text, "schedules"), "cases"), "charges")
    why = "undated:\n  why: {en: No source names the day., hi: किसी स्रोत में दिन नहीं है।}\n"
    return f"{bare}\n{why}charges: []\ncases:\n  - {{says: Whom it concerns, {cases}}}\n"


_WINDOW = "profile: {like: private_company}, from: 2026-04-01, to: 2027-03-31"


def test_an_entry_may_have_no_date_if_it_says_why(folder: Path) -> None:
    assert _spoil(folder, lambda text: _as_undated(text, f"{_WINDOW}, advised: true")) == ""
    entry = load_from(folder).obligations["mca-agm"]
    assert entry.schedules == ()
    assert entry.undated is not None
    assert entry.undated.why.en == "No source names the day."


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (f"{_WINDOW}, due: [2026-09-30]", "what has no date is `advised: true` or `advised: false`"),
        (_WINDOW, "what has no date is `advised: true` or `advised: false`"),
        (f"{_WINDOW}, advised: perhaps", '"perhaps" is not of type "boolean"'),
    ],
)
def test_what_has_no_date_expects_none(folder: Path, cases: str, says: str) -> None:
    assert says in _spoil(folder, lambda text: _as_undated(text, cases))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: _without(text, "schedules"), '"schedules" is a required property'),
        (
            lambda text: text.replace("per: company", "per: company\nkind: status", 1),
            'kind: "status" is not one of',
        ),
        (
            lambda text: text + "\n  - {says: No date is advised of, " + _WINDOW + ", advised: false}\n",
            "what has dates is not advised of; give `due`",
        ),
        (lambda text: text.replace("per: company", "per: company\nkind: wish", 1), '"wish"'),
    ],
)
def test_what_has_dates_and_what_has_none_are_not_mixed(
    folder: Path, change: Callable[[str], str], says: str
) -> None:
    assert says in _spoil(folder, change)


def test_all_faults_are_told_together(folder: Path) -> None:
    told = _spoil(
        folder,
        lambda text: text.replace("authority: mca", "authority: x").replace("period.is_first", "first", 1),
    )
    assert len(told.splitlines()) == 2


def test_a_certainty_short_of_verified_needs_its_reason(folder: Path) -> None:
    assert "reason" in _spoil(
        folder, lambda text: text.replace("certainty: {is: verified}", "certainty: {is: disputed}")
    )


def _unread(text: str) -> str:
    head, mark, tail = text.partition("\ncitations:\n")
    return head + mark + re.sub(r"^(    checked_on: \S+)$", r"\1\n    read: false", tail, flags=re.MULTILINE)


def test_what_is_verified_rests_on_a_text_that_was_read(folder: Path) -> None:
    assert "verified, but the text of no citation was read" in _spoil(folder, _unread)


def test_the_kept_form_is_used_and_never_stale(folder: Path, tmp_path: Path) -> None:
    load_from(folder)
    (kept,) = (tmp_path / "cache").glob("catalogue-*.jsons")
    path = folder / "mca" / "mca-agm.yaml"
    path.write_text(path.read_text("utf-8").replace("Annual general meeting,", "Yearly meeting,"), "utf-8")
    assert load_from(folder).obligations["mca-agm"].title.en == "Yearly meeting"
    assert not kept.exists(), "the form of other files is not kept for ever"


def test_a_broken_kept_form_is_read_anew(folder: Path, tmp_path: Path) -> None:
    load_from(folder)
    (kept,) = (tmp_path / "cache").glob("catalogue-*.jsons")
    kept.write_bytes(kept.read_bytes()[:-100])
    assert "mca-agm" in load_from(folder).obligations


def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("COMPLIANCEAI_CACHE_DIR", str(tmp_path / "file"))
    assert "mca-agm" in load_from(folder).obligations


def test_the_cache_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COMPLIANCEAI_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert keeping.cache_folder() == tmp_path / "complianceai"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert keeping.cache_folder() == Path.home() / ".cache" / "complianceai"
