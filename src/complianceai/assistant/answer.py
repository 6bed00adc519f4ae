"""An answer: sentences that each rest on something, and every date and amount in them with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from complianceai.assistant import handbook
from complianceai.catalogue.model import Catalogue, Citation, Obligation


class Sentence(NamedTuple):
    """One sentence, and the ids of the rules that it rests on; small talk and refusals rest on none."""

    text: str
    rests_on: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A date, amount, form or threshold in an answer, as the rules engine gave it, and the rule that it is from."""

    kind: str  # due_date | amount | form | threshold | number
    value: str  # ISO for a date, plain digits for rupees and numbers
    source: str


class Source(NamedTuple):
    """Where it stands in the law."""

    id: str
    title: str
    provision: str
    url: str
    checked_on: date
    certainty: str
    says: str = ""  # what a page that is no rule of the catalogue says, in short


@dataclass
class Answer:
    """What is said, and on what it rests.

    Shape: `needs` are the profile's fields, or the inputs of a charge, without which the answer stays open.
    """

    sentences: list[Sentence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    refused: bool = False
    confidence: str = "high"

    def say(self, text: str, *duties: Obligation) -> None:
        """Nothing; the sentence is added, with the provisions of the duties that it rests on."""
        self.sentences.append(Sentence(text, tuple(duty.id for duty in duties)))
        for duty in duties:
            self.cite(duty)

    def quote(self, text: str, rests_on: Sequence[str], catalogue: Catalogue) -> None:
        """Nothing; the sentence is added with what it rests on: duties, or pages of law that guides have read."""
        self.sentences.append(Sentence(text, tuple(rests_on)))
        for identity in rests_on:
            if (duty := catalogue.obligations.get(identity)) is not None:
                self.cite(duty)
                continue
            page = handbook.pages_of_law()[identity]
            self.sources[identity, page.provision] = Source(
                identity,
                page.act,
                f"{page.provision}, {page.act}",
                page.url,
                page.checked_on,
                "unverified",
                page.says,
            )

    def cite(self, duty: Obligation, extra: Iterable[Citation] = ()) -> None:
        """Nothing; the duty's provisions are among the sources."""
        for citation in (*duty.citations, *extra):
            self.sources[duty.id, citation.provision] = Source(
                duty.id,
                duty.title.en,
                _provision(citation),
                citation.url,
                citation.checked_on,
                duty.certainty,
            )

    def note(self, kind: str, value: object, duty: Obligation) -> None:
        """Nothing; the value is among the facts, as the engine gave it."""
        made = Fact(kind, value.isoformat() if isinstance(value, date) else str(value), duty.id)
        if made not in self.facts:
            self.facts.append(made)

    def need(self, name: str) -> None:
        """Nothing; the answer is open until this is known."""
        if name and name not in self.needs:
            self.needs.append(name)

    @property
    def text(self) -> str:
        """The whole answer."""
        return "\n".join(sentence.text for sentence in self.sentences)


def answer_as_plain(answer: Answer) -> dict[str, Any]:
    """An answer in the shape that other programs read."""
    return {
        "answer": answer.text,
        "citations": list(_citations(answer)),
        "facts": [{"kind": each.kind, "value": each.value, "from": each.source} for each in answer.facts],
        "sentences": [{"text": each.text, "from": list(each.rests_on)} for each in answer.sentences],
        "needs": answer.needs,
        "choices": answer.choices,
        "provider": "simple",
        "attempts": [],
        "refused": answer.refused,
        "confidence": answer.confidence,
    }


def _citations(answer: Answer) -> Iterator[dict[str, Any]]:
    for each in answer.sources.values():
        yield {
            "id": each.id,
            "title": each.title,
            "provision": each.provision,
            "url": each.url,
            "checkedOn": each.checked_on,
            "certainty": each.certainty,
        }


def _provision(citation: Citation) -> str:
    return f"{citation.provision}, {citation.act}" if citation.act else citation.provision
