"""The guides: at least sixty, each figure, form and date of every paragraph in what the paragraph rests on."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest

from complianceai import catalogue
from complianceai.assistant.handbook import Guide, Passage, guides, in_full, pages_of_law
from complianceai.assistant.support import figures_in, figures_of_rule, given_by
from complianceai.assistant.text import key_of

TODAY = date(2026, 11, 25)
LEAST_WORDS, MOST_WORDS = 250, 600
_LABEL = re.compile(r"\b(?:[A-Z]{2,8}-?\d{1,3}[A-Z]{0,2}|\d{1,3}[A-Z]{1,4})\b")
EVERY = sorted(guides())


@lru_cache(maxsize=1024)
def _text_of(identity: str) -> str:
    law = catalogue.load()
    if identity in law.obligations:
        return key_of(str(law.obligations[identity]._replace(cases=())))
    page = pages_of_law()[identity]
    return key_of(f"{page.act} {page.provision} {page.says}")


def _figures_of(identity: str) -> set[str]:
    law = catalogue.load()
    if identity in law.obligations:
        return set(figures_of_rule(law, identity))
    page = pages_of_law()[identity]
    return given_by(f"{page.act} {page.provision} {page.says}")


def _support(guide: Guide, passage: Passage) -> tuple[str, ...]:
    return passage.rests_on or guide.rests_on


def test_there_are_at_least_sixty_guides_and_every_one_rests_on_something() -> None:
    assert len(EVERY) >= 60
    law = catalogue.load()
    for guide in guides().values():
        assert guide.rests_on, guide.topic
        assert guide.title.en
        assert re.search(r"[\u0900-\u097F]", guide.title.hi), guide.topic
        unknown = [
            each for each in guide.rests_on if each not in law.obligations and each not in pages_of_law()
        ]
        assert not unknown, (guide.topic, unknown)
        assert guide.checked_on <= TODAY


@pytest.mark.parametrize("topic", EVERY)
def test_every_figure_and_form_of_a_guide_stands_in_what_its_paragraph_rests_on(topic: str) -> None:
    guide, faults = guides()[topic], []
    for passage in guide.passages:
        support = _support(guide, passage)
        given = set().union(*map(_figures_of, support))
        letters = " ".join(map(_text_of, support))
        loose = figures_in(passage.text) - given
        labels = {each for each in _LABEL.findall(passage.text) if key_of(each) not in letters}
        if loose or labels:
            faults.append((passage.text[:60], sorted(loose), sorted(labels), support))
    assert not faults, faults


@pytest.mark.parametrize("topic", EVERY)
def test_a_guide_is_as_long_as_a_page_and_what_it_stands_for_is_written_out(topic: str) -> None:
    guide = guides()[topic]
    whole = in_full(guide, catalogue.load(), TODAY)
    assert "{{" not in whole
    assert "[^" not in whole
    assert len(guide.body.split()) <= MOST_WORDS
    assert len(whole.split()) >= LEAST_WORDS


def test_every_page_of_law_is_used_and_says_when_it_was_read() -> None:
    used = {identity for guide in guides().values() for identity in guide.rests_on}
    assert set(pages_of_law()) <= used
    for page in pages_of_law().values():
        assert page.url.startswith(("https://", "http://"))
        assert page.checked_on <= TODAY
