"""Personal identifiers as typed tokens, so that none leaves the machine; their values stay here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

_EDGE, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
# The longer first: a GSTIN holds a PAN. Figures of Devanagari are figures as well.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")),
    (
        "GSTIN",
        re.compile(
            rf"{_EDGE}\d{{2}}[\s-]?[A-Z]{{5}}[\s-]?\d{{4}}[\s-]?[A-Z][\s-]?[A-Z0-9]Z?[A-Z0-9]{{1,2}}{_END}",
            re.IGNORECASE,
        ),
    ),
    ("CIN", re.compile(rf"{_EDGE}[LU]\d{{5}}[A-Z]{{2}}\d{{4}}[A-Z]{{3}}\d{{6}}{_END}", re.IGNORECASE)),
    ("PAN", re.compile(rf"{_EDGE}[A-Z]{{5}}[\s-]?\d{{4}}[\s-]?[A-Z]{_END}", re.IGNORECASE)),
    ("TAN", re.compile(rf"{_EDGE}[A-Z]{{4}}[\s-]?\d{{5}}[\s-]?[A-Z]{_END}", re.IGNORECASE)),
    ("IFSC", re.compile(rf"{_EDGE}[A-Z]{{4}}0[A-Z0-9]{{6}}{_END}", re.IGNORECASE)),
    ("AADHAAR", re.compile(rf"{_EDGE}[2-9]\d{{3}}[\s-]?\d{{4}}[\s-]?\d{{4}}{_END}")),
    ("PHONE", re.compile(rf"{_EDGE}(?:\+?91[\s-]?|0)?[6-9]\d{{4}}[\s-]?\d{{5}}{_END}")),
    (
        "ACCOUNT",
        re.compile(
            rf"(?i:a/?c|account|खाता|खाते)\W{{0,3}}(?i:no\.?|number|संख्या)?\W{{0,3}}(?P<value>\d{{9,18}}){_END}"
        ),
    ),
)
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_TOKEN = re.compile(r"⟨([A-Z]+-[A-Z]+)⟩")


class Masks:
    """The tokens of one conversation: the same value is the same token each time."""

    def __init__(self, names: Mapping[str, Sequence[str]] | None = None) -> None:
        """Masks that also hide these names, such as the company's own: the kind, and the texts."""
        self._tokens: dict[str, str] = {}
        self._names = tuple(
            (kind, re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE))
            for kind, texts in (names or {}).items()
            for text in sorted(texts, key=len, reverse=True)
            if len(text) > 2
        )

    def hide(self, text: str) -> str:
        """The text with each identifier as its token."""
        plain = text.translate(_DIGITS)
        for kind, shape in (*_SHAPES, *self._names):
            plain = shape.sub(lambda found, kind=kind: self._hidden(found, kind), plain)  # type: ignore[misc]
        return plain

    def reveal(self, text: str) -> str:
        """The text with the values in their places again; a token that nobody was given is dropped."""
        values = {token: value for value, token in self._tokens.items()}
        return _TOKEN.sub(lambda found: values.get(found[0], ""), text)

    def _hidden(self, found: re.Match[str], kind: str) -> str:
        value = found.groupdict().get("value") or found[0]
        token = self._tokens.setdefault(value, f"⟨{kind}-{_letters(len(self._tokens))}⟩")
        return found[0].replace(value, token)


def _letters(number: int) -> str:
    # Letters and no figures: what a model repeats must not look like a number that it claims.
    return (
        ascii_uppercase[number] if number < 26 else _letters(number // 26 - 1) + ascii_uppercase[number % 26]
    )
