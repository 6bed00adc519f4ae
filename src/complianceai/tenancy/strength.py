"""Whether a password would be found by somebody who tries the usual ones first."""

from collections.abc import Sequence

from complianceai.base.errors import InvalidInput
from complianceai.site.words import marked

EASY = marked(
    "This password is easy to guess: it is a common one, or little more than your name, your e-mail or a word. "
    "Choose a longer one of several words."
)
# Eight characters at random take 10^8 guesses and pass; a common word with a year and a sign takes fewer.
FEWEST_GUESSES = 5 * 10**7
# More than this tells the estimate nothing and costs it time.
READ_CHARACTERS = 40
# What people here begin a password with, and the English lists do not have.
OURS = (
    "complianceai", "compliance", "india", "bharat", "hindustan", "mumbai", "delhi", "bengaluru", "bangalore",
    "chennai", "kolkata", "hyderabad", "ahmedabad", "pune", "jaipur", "lucknow", "surat", "ganesh", "krishna",
    "lakshmi", "hanuman", "shivshakti", "jaishreeram", "jaihind", "omsairam", "saibaba", "namaste", "gstindia",
    "incometax", "gstin", "tally", "password",
)  # fmt: skip


def check_strength(password: str, told: Sequence[str], field: str = "password") -> None:
    """Nothing, where the password is none of the common and breached ones, nor made of what was told: name, e-mail.

    Errors: InvalidInput at the field.

    Source: the lists of the package zxcvbn (MIT): 30,000 passwords from breaches, words and names by how usual they
    are; Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016.
    """
    # Its lists cost 15 MB, which a process that nobody registers with need not spend.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    found = zxcvbn(password[:READ_CHARACTERS], user_inputs=[*_parts(told), *OURS])
    if found["guesses"] < FEWEST_GUESSES:
        raise InvalidInput({field: EASY})


def _parts(told: Sequence[str]) -> list[str]:
    """What was told, whole and word by word."""
    words = [word for text in told for word in text.replace("@", " ").replace(".", " ").split()]
    return [text.casefold() for text in (*told, *words) if len(text) >= 3]
