"""Whether the templates are whole: each rendered in each language and each of its branches; for their authors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import meta, nodes

from complianceai.base.errors import DomainError
from complianceai.catalogue import load as load_catalogue
from complianceai.drafting import company as companies
from complianceai.drafting.answers import check
from complianceai.drafting.clauses import topics
from complianceai.drafting.composing import compose
from complianceai.drafting.environment import FUNCTIONS, sandbox
from complianceai.drafting.errors import FaultyText, TemplateFaults
from complianceai.drafting.files import document
from complianceai.drafting.linting import lint
from complianceai.drafting.loading import FOLDER, folders, load
from complianceai.drafting.model import LANGUAGES, Question, Template
from complianceai.drafting.reading import read
from complianceai.drafting.validation import faults_in

SCOPE = frozenset({"company", "today", "clause", "range", "namespace", "loop", *FUNCTIONS})
_CLAUSE_CALL = re.compile(r"""clause\(\s*['"]([a-z_]+)\.([a-z0-9_]*)['"]\s*(?:~\s*(\w+))?""")


def survey(on: date, root: Path = FOLDER, only: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """All that is wrong with the templates of a folder: the template's id, and a line that says how to mend it."""
    for folder in folders(root):
        if not only or folder.name in only:
            yield from ((folder.name, words) for words in faults_of(folder, on))


def faults_of(folder: Path, on: date) -> list[str]:
    """What is wrong with one template."""
    try:
        raw = document(folder / "template.yaml")
        if shape := list(faults_in(folder.name, raw)):
            return shape
        template = load(folder, raw)
    except (TemplateFaults, LookupError) as error:
        return [str(error)]
    faults = [*_missing(template, folder), *_of_names(template), *_of_catalogue(template)]
    if not faults:
        faults = [*_example(template, on), *_branches(template, on)]
    return faults


def _missing(template: Template, folder: Path) -> Iterator[str]:
    for language in LANGUAGES:
        if language not in template.bodies:
            yield f"there is no body.{language}.md"
    if not (folder / "example.yaml").is_file():
        yield "there is no example.yaml"
    for language, body in template.bodies.items():
        yield from (f"body.{language}.md: {fault}" for fault in lint(body))


def _of_names(template: Template) -> Iterator[str]:
    """Names that no question has, and questions that nothing uses."""
    names = {each.name for each in template.questions}
    used: set[str] = {template.expires}
    for where, source in _sources(template):
        try:
            tree = sandbox("en").parse(source)
            set_here = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
            found = meta.find_undeclared_variables(tree) - set_here
        except Exception as error:  # noqa: BLE001 - whatever Jinja says of it is what its author wants to read
            yield f"{where}: {error}"
            continue
        used |= found
        for name in sorted(found - names - SCOPE):
            yield f"{where}: no question is called {name!r}"
    for name in sorted(names - used):
        yield f"{name}: this question is used in no body, clause or condition"


def _sources(template: Template) -> Iterator[tuple[str, str]]:
    for language, body in template.bodies.items():
        yield f"body.{language}.md", body
        for name in sorted(
            {name for call in _CLAUSE_CALL.findall(body) for name in _called(template, *call)}
        ):
            topic_name, _, clause_name = name.partition(".")
            topic = topics().get(topic_name)
            found = (
                next((each for each in topic.clauses if each.name == clause_name), None) if topic else None
            )
            if found is None:
                yield f"body.{language}.md", f"{{{{ no_clause_{topic_name}_{clause_name} }}}}"
            else:
                yield f"clause {name} ({language})", found.text[language]
    for question in template.questions:
        for kind, written in (("when", question.when), ("default", question.default)):
            if written:
                yield f"{question.name}.{kind}", "{{ " + written + " }}"
        for bound in (question.least, question.most):
            if isinstance(bound, str) and not re.fullmatch(r"[\d.-]+", bound):
                yield f"{question.name}.least/most", "{{ " + bound + " }}"


def _called(template: Template, topic: str, start: str, name: str) -> Iterator[str]:
    """The clauses that one call can mean: one by its name, or one for each answer of the question that chooses."""
    if not name:
        yield f"{topic}.{start}"
        return
    asked = next((each for each in template.questions if each.name == name and each.choices), None)
    library = topics().get(topic)
    names = (
        [each.value for each in asked.choices]
        if asked
        else [each.name for each in library.clauses]
        if library
        else []
    )
    yield from (f"{topic}.{start}{each}" for each in names)


def _of_catalogue(template: Template) -> Iterator[str]:
    law = load_catalogue()
    for name in template.obligations:
        if name not in law.obligations:
            yield f"obligations: the catalogue has no {name!r}"
    for name in template.chains:
        if name not in law.chains:
            yield f"chains: the catalogue has no chain {name!r}"


def _example(template: Template, on: date) -> Iterator[str]:
    company = {**companies.EXAMPLE, **template.example.company}
    checked = check(template, template.example.answers, company, on)
    yield from (f"example.yaml: {fault.question}: {fault.says['en']}" for fault in checked.faults)
    if not checked.faults:
        yield from _renders(template, checked.answers, company, on, "the example")


def _branches(template: Template, on: date) -> Iterator[str]:
    """Each answer of each choice, what it opens being answered by samples; and a company of which little is known."""
    company = {**companies.EXAMPLE, **template.example.company}
    bare = {"name": "A Company"}
    answers = sampled(template, template.example.answers, bare, on)
    if not (checked := check(template, answers, bare, on)).faults:
        yield from _renders(template, checked.answers, bare, on, "a company of which only the name is known")
    for question in template.questions:
        for value in _values(question):
            answers = sampled(template, {**template.example.answers, question.name: value}, company, on)
            checked = check(template, answers, company, on)
            if not checked.faults:
                yield from _renders(template, checked.answers, company, on, f"{question.name} = {value!r}")


def _values(question: Question) -> list[Any]:
    if question.type == "yes_no":
        return [True, False]
    if question.type == "choice":
        return [each.value for each in question.choices]
    if question.type == "choices":
        return [[each.value for each in question.choices], [question.choices[0].value]]
    return [] if question.required else [None]


def _renders(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date, what: str
) -> Iterator[str]:
    for language in template.languages:
        try:
            read(compose(template, answers, company, language, on), template.numbered)
        except FaultyText as error:
            yield from (f"body.{language}.md with {what}: {fault}" for fault in error.faults)
        except DomainError as error:
            yield f"body.{language}.md with {what}: {error}"


def sampled(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date
) -> Mapping[str, Any]:
    """The answers, with a sample for each required one that is missing."""
    filled = dict(answers)
    for _ in template.questions:
        faults = check(template, filled, company, on).faults
        names = {fault.question for fault in faults if fault.rule == "required"} & {
            each.name for each in template.questions
        }
        # What does not matter with these answers is left out by `check` itself.
        if not names:
            break
        filled |= {each.name: sample(each, on) for each in template.questions if each.name in names}
    return filled


def sample(question: Question, on: date) -> Any:
    """An answer of the right kind."""
    made: Mapping[str, Callable[[], Any]] = {
        "date": lambda: on + timedelta(days=30),
        "money": lambda: Decimal(125000),
        "number": lambda: Decimal(12),
        "percent": lambda: Decimal(10),
        "integer": lambda: 3,
        "choice": lambda: question.choices[0].value,
        "choices": lambda: [question.choices[0].value],
        "yes_no": lambda: True,
        "person": lambda: {"name": "Chitra Iyer", "designation": "Director", "din": "08123458"},
        "people": lambda: [
            {"name": "Chitra Iyer", "din": "08123458"},
            {"name": "Dev Menon", "din": "08123459"},
        ],
        "table": lambda: [{each.name: sample(each, on) for each in question.columns}] * 2,
        "email": lambda: "chitra@example.in",
        "phone": lambda: "+91 20 5550 0142",
        "pan": lambda: "AAJCS4821K",
        "cin": lambda: "U28999PN2019PTC184321",
        "gstin": lambda: "27AAPFU0939F1ZV",
        "din": lambda: "08123458",
        "address": lambda: "12 Laxmi Road\nPune 411030",
    }
    value = made.get(question.type, lambda: "Sample words")()
    if (
        question.least is not None
        and isinstance(value, int | Decimal)
        and not isinstance(question.least, str)
    ):
        value = max(value, type(value)(str(question.least)))
    if question.most is not None and isinstance(value, int | Decimal) and not isinstance(question.most, str):
        value = min(value, type(value)(str(question.most)))
    return value
