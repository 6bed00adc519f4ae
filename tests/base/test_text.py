import pytest

from complianceai.base.text import has_control_characters, in_one_spelling, is_made_of_letters_and_spaces


def test_two_ways_to_type_a_word_become_one() -> None:
    assert in_one_spelling("Jose\u0301") == in_one_spelling("José") == "José"


@pytest.mark.parametrize("text", ["\x00", "a\x1b", "line\nbreak", "\x7f", "\ud800"])
def test_control_characters_are_found(text: str) -> None:
    assert has_control_characters(text)


def test_a_text_of_several_lines_may_have_its_line_breaks() -> None:
    assert not has_control_characters("one\ntwo", but="\n")


@pytest.mark.parametrize("name", ["Asha Rao", "देव शर्मा", "அருண்", "Zoë", "李小龙", "शर्\u200dमा"])
def test_names_of_any_script_are_letters_and_spaces(name: str) -> None:
    assert is_made_of_letters_and_spaces(in_one_spelling(name))


@pytest.mark.parametrize(
    "name",
    ["R2D2", "a  b", " a", "a ", "O'Neil", "<b>", "a\u200db", "\u0301a", "", "a\u202eb", "Asha\u00a0Rao"],
)
def test_what_is_no_letter_is_noticed(name: str) -> None:
    assert not is_made_of_letters_and_spaces(name)
