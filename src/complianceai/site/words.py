"""The title and the advice of each refusal's page, in English; the languages translate them."""

from collections.abc import Mapping
from typing import Self


def marked(sentence: str) -> str:
    """The sentence itself: the name tells the collector of translations that it is one to translate later."""
    return sentence


class Filled(str):
    """A sentence with its values in their places, which a language fills anew in its own words."""

    __slots__ = ("fields", "sentence")
    sentence: str
    fields: Mapping[str, str]

    def __new__(cls, sentence: str, **fields: str) -> Self:
        """The sentence in English; `translate` says it in any other language."""
        made = super().__new__(cls, sentence.format_map(fields))
        made.sentence, made.fields = sentence, fields
        return made


class Spoken(str):
    """A text of the data in English, which brings its other languages along."""

    __slots__ = ("others",)
    others: Mapping[str, str]

    def __new__(cls, english: str, **others: str) -> Self:
        """The text; `translate` says it in a language that it brings, and else in English."""
        made = super().__new__(cls, english)
        made.others = others
        return made


WORDS: Mapping[int, tuple[str, str]] = {
    400: (marked("That request could not be read"), marked("Go back, reload the page and try again.")),
    401: (
        marked("Please sign in"),
        marked("This page belongs to somebody's account. Sign in to see your own."),
    ),
    402: (
        marked("This is more than the plan has room for"),
        marked("Nothing is lost: what is there stays as it is, to read and to export."),
    ),
    403: (
        marked("This is not yours to do"),
        marked("Ask the owner of the company to do it, or to give you the right."),
    ),
    404: (
        marked("There is nothing at this address"),
        marked("It may have been moved or removed, or it belongs to an account you are not signed in to."),
    ),
    405: (marked("That cannot be done at this address"), marked("Go back and use the buttons of the page.")),
    409: (
        marked("Somebody changed this before you"),
        marked("Go back, reload the page to see what it is now, and make your change again."),
    ),
    413: (marked("That is too large to be sent"), marked("Send a smaller file or a shorter text.")),
    422: (marked("Something needs another look"), marked("Go back: what you typed is still there.")),
    429: (marked("That was a little too fast"), marked("Wait a moment and try again.")),
    500: (
        marked("Something went wrong on our side"),
        marked("Try again in a minute. If it stays so, tell whoever runs this server."),
    ),
    503: (marked("This is not available just now"), marked("Try again in a minute.")),
}
