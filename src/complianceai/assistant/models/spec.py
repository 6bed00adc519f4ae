"""One model that may be asked: where it is, what it may take and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

# More tokens than tokenizers make of English, and of Devanagari, which has three bytes a letter.
_BYTES_A_TOKEN = 2
SIMPLE = "simple"


@dataclass(frozen=True, slots=True)
class Spec:
    """A model behind a server that speaks OpenAI's protocol.

    Units: seconds; paise for a thousand tokens. `takes_tools` is False for models that refuse a list of tools.
    """

    name: str
    base_url: str
    model: str
    key: str = field(default="", repr=False)
    takes_tools: bool = True
    seconds: float = 30.0
    # Until the first word, and between two of them.
    first_seconds: float = 10.0
    pause_seconds: float = 8.0
    most_tokens: int = 700
    paise_in: int = 0
    paise_out: int = 0
    extra: tuple[tuple[str, str], ...] = ()

    def paise(self, tokens_in: int, tokens_out: int) -> int:
        """What that many tokens cost, in whole paise counted up."""
        return ceil((tokens_in * self.paise_in + tokens_out * self.paise_out) / 1000)

    def paise_of(self, text_in: str, text_out: str = "") -> int:
        """What texts cost at most, where nobody has counted their tokens."""
        return self.paise(tokens_of(text_in), tokens_of(text_out))


def tokens_of(text: str) -> int:
    """How many tokens a text has at most."""
    return ceil(len(text.encode()) / _BYTES_A_TOKEN)
