"""Whether words that somebody quotes stand in a text, as they read it and as it is written."""

import re
from html.parser import HTMLParser

_SPACE = re.compile(r"\s+")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keeps the words."""
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as its parent has it
        """Parts what stands in two places."""
        self.said.append(" ")


def words_of(html: str) -> str:
    """What a paper says to whoever reads it, on one line."""
    parser = _Words()
    parser.feed(html)
    return spaced("".join(parser.said))


def spaced(text: str) -> str:
    """The text with one space wherever there was any."""
    return _SPACE.sub(" ", text).strip()


def places_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in a source, whatever space and stars lie between them: each from and to."""
    words = quote.split()
    if not words:
        return []
    # A reader sees no stars of bold and italic, so they may stand anywhere between the letters.
    pattern = r"[\s*]+".join(r"\**".join(re.escape(letter) for letter in word) for word in words)
    found = [each.span() for each in re.finditer(pattern, text)]
    # Words that begin outside what is bold and end within it cannot be taken out by themselves.
    return [(start, end) for start, end in found if text.count("**", start, end) % 2 == 0]
