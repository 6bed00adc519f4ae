"""Which backups stay, and how they are listed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from complianceai.operations.backup.making import drop_outlived
from complianceai.operations.backup.places import Found, Keep, Place, name_at, outlived

FIRST = datetime(2025, 1, 1, 20, 0, tzinfo=UTC)


def _found(days: list[int]) -> list[Found]:
    moments = [FIRST + timedelta(days=day) for day in days]
    return [Found(name_at(each, is_encrypted=False), each, 1) for each in moments]


def test_a_year_of_nights_leaves_days_weeks_and_months() -> None:
    found = _found(list(range(365)))
    kept = {each.name for each in found} - {each.name for each in outlived(found, Keep(7, 5, 12))}
    assert {found[-each].name for each in range(1, 8)} <= kept
    assert found[30].name in kept, "the last of January"
    assert found[29].name not in kept
    assert 7 + 12 <= len(kept) <= 7 + 5 + 12


@given(
    st.lists(st.integers(0, 900), unique=True, min_size=1, max_size=60),
    st.builds(Keep, st.integers(0, 9), st.integers(0, 9), st.integers(0, 20)),
)
def test_the_newest_is_never_dropped_and_dropping_again_drops_nothing(days: list[int], keep: Keep) -> None:
    found = _found(days)
    dropped = set(outlived(found, keep))
    assert max(found, key=lambda each: each.made_at) not in dropped
    assert outlived([each for each in found if each not in dropped], keep) == []


async def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    place = Place(tmp_path.as_uri())
    for name in (
        "notes.txt",
        "complianceai-20200101T000000Z.tar.gz",
        "complianceai-20200102T000000Z.tar.gz.age",
    ):
        (tmp_path / name).write_text("x")
    assert [each.is_encrypted for each in await place.list()] == [True, False]
    assert await drop_outlived(place, Keep(1, 0, 0)) == ["complianceai-20200101T000000Z.tar.gz"]
    assert sorted(each.path for each in os.scandir(tmp_path)) == [
        str(tmp_path / "complianceai-20200102T000000Z.tar.gz.age"),
        str(tmp_path / "notes.txt"),
    ]
