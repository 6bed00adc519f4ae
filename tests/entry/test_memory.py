import gc

from complianceai.entry.memory import settle_what_stays


def test_what_is_there_is_taken_to_stay() -> None:
    before = gc.get_freeze_count()
    settle_what_stays()
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
