import pytest

from complianceai.base.ids import new_id, read_id


def test_ids_are_of_version_seven_and_in_the_order_of_their_making() -> None:
    made = [new_id() for _ in range(1000)]
    assert {each.version for each in made} == {7}
    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_an_id_is_read_back_from_its_usual_form() -> None:
    made = new_id()
    assert read_id(str(made)) == made == read_id(str(made).upper())


@pytest.mark.parametrize(
    "text",
    ["", "1", "not-an-id", "{0198c1f2-7d5e-7cc0-9b1a-2f6f0d3c4e5a}", "0198c1f27d5e7cc09b1a2f6f0d3c4e5a"],
)
def test_other_forms_are_no_id(text: str) -> None:
    assert read_id(text) is None
