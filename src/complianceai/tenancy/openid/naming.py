"""What to call a person whose name the provider spells in its own way."""

from complianceai.base.text import in_one_spelling, is_made_of_letters_and_spaces

LONGEST = 50
NAMELESS = "New person"


def name_of(told: str | None, email: str) -> str:
    """A name that keeps the rules here: the one told, else the beginning of the e-mail, else none to speak of."""
    for text in (told or "", email.partition("@")[0]):
        words = " ".join("".join(each if _belongs(each) else " " for each in in_one_spelling(text)).split())
        name = words[:LONGEST].strip()
        if len(name) >= 2 and is_made_of_letters_and_spaces(name):
            return name
    return NAMELESS


def _belongs(each: str) -> bool:
    return each.isalpha() or is_made_of_letters_and_spaces(f"a{each}")
