import pytest

from complianceai.register.errors import Fault
from complianceai.register.gstin import read_gstin


@pytest.mark.parametrize(
    ("typed", "state", "entity"),
    [
        ("27AAPFU0939F1ZV", "MH", "partnership"),
        (" 27 aapfu 0939f-1zv ", "MH", "partnership"),
        ("29AABCU9603R1ZJ", "KA", "private_limited"),
        ("38AAPFU0939F1ZS", "LA", "partnership"),
    ],
)
def test_a_gstin_tells_the_state_the_pan_and_the_likely_kind(typed: str, state: str, entity: str) -> None:
    holder = read_gstin(typed)
    assert (holder.state, holder.entity_types[0], holder.pan) == (state, entity, holder.gstin[2:12])


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("27AAPFU0939F1Z", "has 14"),
        ("", "has 0"),
        ("27AAPFU0939F1ZO", "last letter"),
        ("27AAPFU0939F2ZV", "last letter"),
        ("77AAPFU0939F1ZV", "No State has the code 77"),
        ("27AAPXU0939F1ZV", "not a PAN"),
        ("AAPFU0939F1ZV27", "looks like"),
        ("२७AAPFU0939F1ZV", "looks like"),
    ],
)
def test_a_number_that_is_no_gstin_is_refused_with_the_reason(typed: str, word: str) -> None:
    with pytest.raises(Fault, match=word):
        read_gstin(typed)
