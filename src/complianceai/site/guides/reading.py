"""The handbook as a reader meets it: grouped, found by words, written out in HTML with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from complianceai.assistant import handbook, retrieval
from complianceai.assistant.handbook import Guide
from complianceai.catalogue import Catalogue

_LEAST = 0.35
_MOST_FOUND = 20
_AREAS = {
    "cbic": "gst", "cbdt": "tax", "mca": "company", "sebi": "company", "epfo": "people", "esic": "people",
    "labour": "people",
    "states": "people", "rbi": "border", "dgft": "border",
}  # fmt: skip
_BY_TOPIC = {"gst-notices": "gst"}


class Rest(NamedTuple):
    """Something that a guide rests on."""

    title: str
    provision: str
    url: str
    checked_on: date
    law: str  # the id of the duty, where the catalogue has it


def area_of(law: Catalogue, guide: Guide) -> str:
    """Which part of the handbook a guide belongs to."""
    if not guide.obligations:
        return _BY_TOPIC.get(guide.topic, "other")
    return _AREAS.get(law.obligations[guide.obligations[0]].authority.key, "other")


def by_area(law: Catalogue, shown: Iterable[Guide]) -> dict[str, list[Guide]]:
    """The guides by the part of the handbook that they belong to."""
    parts: dict[str, list[Guide]] = {}
    for guide in shown:
        parts.setdefault(area_of(law, guide), []).append(guide)
    return parts


def guide_of(topic: str) -> Guide | None:
    """The guide of that topic, where there is one."""
    return handbook.guides().get(topic)


def found(words: str) -> tuple[Guide, ...]:
    """The guides that speak of what is looked for, the best first; every one where nothing is."""
    every = handbook.guides()
    if not words.strip():
        return tuple(every.values())
    near = retrieval.ranked_in(_corpus(), words, limit=_MOST_FOUND)
    return tuple(every[each.id] for each in near if each.score >= _LEAST)


@lru_cache(maxsize=1)
def _corpus() -> retrieval.Corpus:
    return retrieval.made(
        (
            guide.topic,
            [
                (1.0, f"{guide.title.en} {guide.title.hi}"),
                *((0.9, each) for each in guide.asked_as),
                *((0.6, f"{passage.heading} {passage.text}") for passage in guide.passages),
            ],
        )
        for guide in handbook.guides().values()
    )


def rests_on(law: Catalogue, guide: Guide) -> Iterator[Rest]:
    """What a guide rests on, in the order in which its paragraphs number it."""
    for identity in guide.rests_on:
        if (duty := law.obligations.get(identity)) is not None:
            first = duty.citations[0]
            yield Rest(duty.title.en, first.provision, f"/law/{identity}", duty.checked_on, identity)
        else:
            page = handbook.pages_of_law()[identity]
            yield Rest(page.act, page.provision, page.url, page.checked_on, "")


def in_html(law: Catalogue, guide: Guide, on: date) -> Markup:
    """The guide in HTML as of a day, of nothing but headings, paragraphs, lists, emphasis and links."""
    import nh3  # noqa: PLC0415 - only whoever reads a guide needs these two
    from markdown_it import MarkdownIt  # noqa: PLC0415

    made = MarkdownIt("commonmark", {"html": False}).render(handbook.in_full(guide, law, on))
    tags = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a"}
    clean = nh3.clean(made, tags=tags, attributes={"a": {"href"}}, link_rel=None, url_schemes={"https"})
    return Markup(clean)  # nosec B704  # noqa: S704 - cleaned to a short list of tags one line above
