"""Text as people write it, in one spelling and without what no keyboard types."""

import unicodedata
from itertools import pairwise


def in_one_spelling(text: str) -> str:
    """The text in Unicode's composed form, so that two ways to type one word are one word."""
    return unicodedata.normalize("NFC", text)


def has_control_characters(text: str, *, but: str = "") -> bool:
    """Whether the text holds a control character or half a surrogate, other than those named in `but`."""
    return any(unicodedata.category(each) in {"Cc", "Cs"} for each in text if each not in but)


def is_made_of_letters_and_spaces(text: str) -> bool:
    """Whether the text is words of any script: letters with their marks, and single spaces between them."""
    return all(_is_word(word) for word in text.split(" "))


def _is_word(word: str) -> bool:
    if not word or not unicodedata.category(word[0]).startswith("L"):
        return False
    return all(_continues(before, each) for before, each in pairwise(word))


def _continues(before: str, each: str) -> bool:
    if each in "\u200c\u200d":
        # Joiners choose between the forms of a conjunct after a virama; elsewhere they would only hide.
        return unicodedata.combining(before) == 9
    return unicodedata.category(each)[0] in "LM"
