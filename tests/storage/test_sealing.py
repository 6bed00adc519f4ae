from datetime import UTC, datetime, timedelta

import pytest

from complianceai.storage.sealing import Sealer

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SEALER = Sealer("a secret of this installation")


def test_what_is_sealed_can_be_read_again_and_does_not_show_itself() -> None:
    sealed = SEALER.seal("factor", "JBSWY3DPEHPK3PXP", NOW)
    assert "JBSWY3DP" not in sealed
    assert SEALER.unseal("factor", sealed, NOW + timedelta(days=4000)) == "JBSWY3DPEHPK3PXP"


def test_one_purpose_does_not_open_anothers_seal_nor_another_secret_ours() -> None:
    sealed = SEALER.seal("factor", "a", NOW)
    assert SEALER.unseal("browser", sealed, NOW) is None
    assert Sealer("another secret").unseal("factor", sealed, NOW) is None


def test_a_seal_ends_when_its_time_is_over() -> None:
    sealed = SEALER.seal("step", "a", NOW)
    assert SEALER.unseal("step", sealed, NOW + timedelta(minutes=5), timedelta(minutes=5)) == "a"
    assert SEALER.unseal("step", sealed, NOW + timedelta(minutes=6), timedelta(minutes=5)) is None


@pytest.mark.parametrize("sealed", ["", "x", "ü", "gAAAAA==", "\ud800", "a" * 5000])
def test_what_nobody_sealed_is_nothing(sealed: str) -> None:
    assert SEALER.unseal("step", sealed, NOW) is None
    assert SEALER.unseal("step", sealed, NOW, timedelta(minutes=5)) is None


def test_after_a_change_of_secret_what_the_old_one_sealed_opens_and_the_new_one_seals() -> None:
    old, new = "a secret of this installation", "another secret of this installation"
    changed = Sealer(new, old, "one older still")
    sealed = SEALER.seal("factor", "a", NOW)
    assert changed.unseal("factor", sealed, NOW) == "a"
    assert changed.unseal("step", sealed, NOW) is None
    assert changed.unseal("factor", sealed, NOW + timedelta(hours=1), timedelta(minutes=5)) is None
    fresh = changed.seal("factor", "a", NOW)
    assert Sealer(new).unseal("factor", fresh, NOW) == "a"
    assert SEALER.unseal("factor", fresh, NOW) is None
