"""The guides: one page a topic in plain words, each paragraph with the rules or pages of law that it rests on.

Shape: `guides/<topic>.md` with a head in YAML (title, obligations, asked_as, checked). A paragraph ends with the ids it
rests on, as in `[^gst-gstr-3b]`: duties of the catalogue, or entries of `guides/sources.yaml` for law that it has not.
A line `{{ obligation "gst-gstr-3b" }}` stands for that duty's date and charges as the catalogue has them today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from complianceai.assistant import retrieval
from complianceai.assistant.cues import read_words, yaml_of
from complianceai.assistant.phrases import for_anybody
from complianceai.assistant.rates import rates_of
from complianceai.assistant.text import normal, words
from complianceai.catalogue.model import Catalogue, Obligation, Words
from complianceai.rules.explaining import explain

REFERENCE = re.compile(r"\s*\[\^([\w-]+)\]")
MARKER = re.compile(r'^\{\{ obligation "([\w-]+)" \}\}$', re.MULTILINE)
# A paragraph is found by its own words, then by its heading; its topic only tells it from those of other guides.
_OF_TEXT, _OF_HEADING, _OF_TITLE, _OF_TOPIC = 1.0, 0.9, 0.6, 0.45
_SURE = 0.8
# So many of the best passages are as good where they speak of nearly as much.
_TIED, _AS_GOOD = 6, 0.06
_SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "and",
        "in",
        "for",
        "to",
        "s",
        "or",
        "by",
        "it",
        "our",
        "is",
        "का",
        "की",
        "के",
        "में",
    )
)
_EMPHASIS = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)|`")


class PageOfLaw(NamedTuple):
    """A page of the law that a guide rests on where the catalogue has no duty for it, and what it says in short."""

    id: str
    act: str
    provision: str
    url: str
    says: str
    checked_on: date


class Passage(NamedTuple):
    """A paragraph of a guide with the heading it stands under and what it rests on."""

    topic: str
    heading: str
    text: str  # without marks
    rests_on: tuple[str, ...]


class Guide(NamedTuple):
    """One page of the handbook."""

    topic: str
    title: Words
    obligations: tuple[str, ...]
    asked_as: tuple[str, ...]
    checked_on: date
    body: str

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its paragraphs and points in order; what stands for a duty of the catalogue is none."""
        return tuple(_passages(self))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Everything that it names in support, each once."""
        named = dict.fromkeys((*self.obligations, *REFERENCE.findall(self.body), *MARKER.findall(self.body)))
        return tuple(named)


@lru_cache(maxsize=1)
def guides() -> Mapping[str, Guide]:
    """Every guide by its topic."""
    found = (each for each in files(__package__).joinpath("guides").iterdir() if each.name.endswith(".md"))
    every = (_read(each.name.removesuffix(".md"), each.read_text("utf-8")) for each in found)
    return {guide.topic: guide for guide in sorted(every, key=lambda guide: guide.topic)}


@lru_cache(maxsize=1)
def pages_of_law() -> Mapping[str, PageOfLaw]:
    """The pages that guides rest on beside the catalogue, by id."""
    return {
        identity: PageOfLaw(
            identity, each["act"], each["provision"], each["url"], each["says"], each["checked"]
        )
        for identity, each in read_words("guides/sources.yaml").items()
    }


def _read(topic: str, text: str) -> Guide:
    _, head, body = text.split("---\n", 2)
    told = yaml_of(head)
    return Guide(
        topic,
        Words(told["title"]["en"], told["title"]["hi"]),
        tuple(told.get("obligations", ())),
        tuple(map(str, told.get("asked_as", ()))),
        told["checked"],
        body.strip(),
    )


def _passages(guide: Guide) -> Iterator[Passage]:
    heading = guide.title.en
    for block in re.split(r"\n\s*\n", guide.body):
        if block.startswith("#"):
            heading = block.lstrip("# ").strip()
            continue
        if MARKER.search(block):
            continue
        for point in re.split(r"\n(?=- )", block):
            text = " ".join(_EMPHASIS.sub("", REFERENCE.sub("", point)).removeprefix("- ").split())
            if text:
                yield Passage(guide.topic, heading, text, tuple(REFERENCE.findall(point)))


def topic_of(question: str, least_words: int) -> Guide | None:
    """The guide whose title, or one of the names it is asked by, a question has word for word; the longest name."""
    spoken = {word.key for word in words(normal(question))}
    named = (
        (len(name), topic)
        for topic in guides()
        for name in _names_of(topic)
        if len(name) >= least_words and name <= spoken
    )
    return guides().get(max(named, default=(0, ""))[1])


@lru_cache(maxsize=256)
def _names_of(topic: str) -> tuple[frozenset[str], ...]:
    guide = guides()[topic]
    named = (guide.title.en, guide.title.hi, *guide.asked_as)
    return tuple(frozenset(word.key for word in words(normal(each))) - _SMALL for each in named)


class Quoted(NamedTuple):
    """A passage and how much of a question it speaks of, 0 to 1."""

    passage: Passage
    score: float


def best_passage(question: str) -> Quoted | None:
    """The passage that speaks of most of what a question says."""
    corpus, every = _corpus()
    found = retrieval.ranked_in(corpus, question, limit=_TIED)
    found = sorted(
        (each for each in found if each.score >= found[0].score - _AS_GOOD),
        key=lambda each: (-_of_its_guide(question, every[int(each.id)]), -each.score),
    )
    if found and found[0].score < _SURE and not retrieval.is_about(corpus, question, found[0].id):
        return None
    return Quoted(every[int(found[0].id)], found[0].score) if found else None


def _of_its_guide(question: str, passage: Passage) -> int:
    """How many words of the question the names of a passage's guide have: of passages as good, its own topic's."""
    guide = guides()[passage.topic]
    named = retrieval.telling_words(" ".join((guide.title.en, guide.title.hi, *guide.asked_as)))
    return len(set(retrieval.telling_words(question)) & set(named))


def passage_on(identity: str) -> Passage | None:
    """The first passage that rests on a page of law; None where there is none."""
    return next((each for each in _corpus()[1] if identity in each.rests_on), None)


@lru_cache(maxsize=1)
def _corpus() -> tuple[retrieval.Corpus, tuple[Passage, ...]]:
    every = tuple(passage for guide in guides().values() for passage in guide.passages)
    return (
        retrieval.made(
            (
                str(at),
                [
                    (_OF_TEXT, passage.text),
                    (_OF_HEADING, passage.heading),
                    (_OF_TITLE, f"{guides()[passage.topic].title.en} {guides()[passage.topic].title.hi}"),
                    *((_OF_TOPIC, each) for each in guides()[passage.topic].asked_as),
                ],
            )
            for at, passage in enumerate(every)
        ),
        every,
    )


def in_full(guide: Guide, catalogue: Catalogue, on: date) -> str:
    """The guide's Markdown on a day: each duty that it stands for written out, each reference a number."""
    text = MARKER.sub(lambda found: _written_out(catalogue, catalogue.obligations[found[1]], on), guide.body)
    numbers = {identity: number for number, identity in enumerate(guide.rests_on, start=1)}
    return REFERENCE.sub(lambda found: f" [{numbers[found[1]]}](#rests-on-{numbers[found[1]]})", text)


def _written_out(catalogue: Catalogue, duty: Obligation, on: date) -> str:
    found = next(each for each in explain(catalogue, duty.id, None, on) if each.obligation is duty)
    labels = "/".join(dict.fromkeys(form.form for form in duty.forms))
    lines = [f"**{labels or duty.title.en}**: [{duty.title.en}](/law/{duty.id})", ""]
    lines += [f"- By when: {_plain(when)}" for when in found.when]
    lines += [f"- Late: {_plain(rates_of(charge))}" for charge, _ in found.charges[:3]]
    if duty.certainty != "verified":
        lines.append(f"- Not settled ({duty.certainty}): {_plain(duty.reason)}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    # Letters that Markdown would read.
    return for_anybody(text).replace("*", r"\*").replace("_", r"\_").replace("[", r"\[")
