"""What a change would do to the answers, tried without making it: a share of questions that are answered rightly.

The questions are one for each form of the catalogue, which any new name may mislead, and those that people have added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from complianceai.assistant.evaluation import Question, contains, judge_answer
from complianceai.assistant.simple import ask
from complianceai.assistant.text import key_of
from complianceai.catalogue.model import Catalogue


class Score(NamedTuple):
    """How many of the questions are answered rightly, and which of them are not."""

    right: int
    asked: int
    wrong: tuple[str, ...] = ()

    @property
    def hundredths(self) -> int:
        """The share that is right, in hundredths of a percent; of nothing all is right."""
        return 10_000 * self.right // self.asked if self.asked else 10_000


def rule_named(law: Catalogue, name: str) -> str | None:
    """The id of the rule that an id or a form's label names; none where it names none."""
    if name in law.obligations:
        return name
    found = law.by_form(name) if key_of(name) else ()
    return found[0].id if found else None


def with_alias(law: Catalogue, rule: str, words: str) -> Catalogue:
    """The law as it would be if people also called the rule by these words."""
    duty = law.obligations[rule]
    known = duty._replace(aliases=(*duty.aliases, words))
    return law._replace(obligations={**law.obligations, rule: known})


def answers_rightly(law: Catalogue, question: Question) -> bool:
    """Whether a question is answered with what it must say, and cites what it must."""
    on = date.fromisoformat(str(question["on"]))
    judged = judge_answer(law, question, ask(law, str(question["question"]), on=on))
    return judged.is_right and judged.cites_right


def is_readable(wanted: str) -> bool:
    """Whether an item of `must` can be looked for; `2026-13-45` is no day."""
    try:
        contains("", wanted)
    except ValueError:
        return False
    return True


def score(law: Catalogue, added: Sequence[Question], on: date) -> Score:
    """The share of the catalogue's own questions, and of those added, that are answered rightly."""
    own, wrong = _own(law, on)
    missed = [str(each["question"]) for each in added if not answers_rightly(law, each)]
    asked = own + len(added)
    return Score(asked - len(wrong) - len(missed), asked, (*wrong, *missed))


# Of the law as it stands, and of one that is tried.
@lru_cache(maxsize=2)
def _own(law: Catalogue, on: date) -> tuple[int, tuple[str, ...]]:
    labels = dict.fromkeys(form.form for duty in law.obligations.values() for form in duty.forms)
    asked = [_about(label, on) for label in labels]
    return len(asked), tuple(str(each["question"]) for each in asked if not answers_rightly(law, each))


def _about(label: str, on: date) -> Mapping[str, Any]:
    named = f"Form {label}" if label.isdigit() else label
    return {"question": f"When is {named} due?", "cites": [label], "on": on.isoformat()}
