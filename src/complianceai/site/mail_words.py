"""A mail's subject, text and HTML, from one template that says each sentence once.

A template calls `subject`, `say`, `act` (a button with its address), `fact` (a name and a value) and `note` (small
print) in the order in which they are to be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from complianceai.site.templating import environment


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a mail: `say`, `act`, `fact` or `note`, with its words, and the address or the value beside them."""

    look: str
    words: str
    beside: str = ""

    @property
    def as_text(self) -> str:
        """The piece without any mark-up."""
        if self.look == "act":
            return f"{_plain(self.words)}:\n{_plain(self.beside)}"
        if self.look == "fact":
            return f"{_plain(self.words)}: {_plain(self.beside)}"
        return _plain(self.words)


@dataclass
class Words:
    """What a template has said so far."""

    public_url: str
    head: str = ""
    parts: list[Part] = field(default_factory=list)

    def names(self) -> dict[str, Any]:
        """What a template may call."""
        return {
            "subject": self._subject,
            "say": lambda words: self._add(Part("say", words)),
            "act": lambda words, address: self._add(Part("act", words, address)),
            "fact": lambda words, value: self._add(Part("fact", words, str(value))),
            "note": lambda words: self._add(Part("note", words)),
            "link": self._link,
            # What a letter holds is JSON: days and instants come as ISO texts.
            "day": date.fromisoformat,
            "instant": datetime.fromisoformat,
        }

    def _subject(self, words: str) -> str:
        self.head = _plain(words)
        return ""

    def _add(self, part: Part) -> str:
        self.parts.append(part)
        return ""

    def _link(self, path: str, **query: str) -> str:
        return f"{self.public_url}{path}{'?' + urlencode(query) if query else ''}"


@dataclass(frozen=True, slots=True)
class Written:
    """A mail, written."""

    subject: str
    text: str
    html: str


def write(template: str, language: str, public_url: str, values: Mapping[str, Any]) -> Written:
    """The mail of that template in the language, with links to the product at that address."""
    made, words = environment(language), Words(public_url)
    made.get_template(template).render({**values, **words.names()})
    html = made.get_template("site/mail.html").render(
        subject=words.head, parts=words.parts, public_url=public_url
    )
    text = "\n\n".join(part.as_text for part in words.parts)
    return Written(words.head, f"{text}\n\n--\nComplianceAI\n{public_url}\n", html)


def _plain(words: str) -> str:
    """The words without mark-up: what a translation put in was escaped for HTML."""
    return Markup(escape(words)).unescape()  # nosec B704  # noqa: S704 - escaped in the same breath, and only to be undone
