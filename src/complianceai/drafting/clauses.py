"""The clause library: texts by topic, with alternatives and a note on when to use which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from complianceai.drafting.files import document
from complianceai.drafting.model import HERE, Choice, Law, Words


class Clause(NamedTuple):
    """One way to say something in a contract; the text is Jinja over the names of the template that takes it."""

    topic: str
    name: str
    title: Words
    use: Words
    text: Words
    law: tuple[Law, ...]


class Topic(NamedTuple):
    """The clauses among which a contract chooses."""

    name: str
    title: Words
    clauses: tuple[Clause, ...]


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Topic]:
    """Every topic of the library by its name."""
    return {topic.name: topic for topic in topics_of(HERE / "clauses")}


def topics_of(folder: Path) -> list[Topic]:
    """The topics that the files of a folder hold, in order of file."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for name, raw in (document(path) or {}).items():
            clauses = tuple(_clause(name, key, each) for key, each in raw["clauses"].items())
            found.append(Topic(name, raw["title"], clauses))
    return found


def clause(path: str) -> Clause:
    """The clause `topic.name`.

    Errors: LookupError that says what there is.
    """
    topic_name, _, name = path.partition(".")
    topic = topics().get(topic_name)
    if topic is None:
        raise LookupError(f"no topic of clauses is called {topic_name!r}; there are {', '.join(topics())}")
    found = next((each for each in topic.clauses if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in topic.clauses)
        raise LookupError(f"{topic_name!r} has no clause {name!r}; there are {names}")
    return found


def choices_of(topic_name: str) -> tuple[Choice, ...]:
    """What a question with `clauses: topic` offers."""
    topic = topics().get(topic_name)
    if topic is None:
        raise LookupError(f"no topic of clauses is called {topic_name!r}")
    return tuple(Choice(each.name, each.title, each.use) for each in topic.clauses)


def _clause(topic: str, name: str, raw: Mapping[str, Any]) -> Clause:
    law = tuple(Law(*(str(row.get(key, "")) for key in Law._fields)) for row in raw.get("law", ()))
    return Clause(topic, name, raw["title"], raw.get("use", {}), raw["text"], law)
