"""A text that nobody vouches for can neither escape, nor run on, nor grow without end."""

from pathlib import Path

import pytest

from complianceai.drafting import FaultyText, TooMuch, compose, limits
from complianceai.drafting.composing import render
from complianceai.drafting.limits import apart
from complianceai.drafting.own import own_template
from tests.drafting.drafts import ON

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ x.__class__.__mro__ }}",
    "{{ x['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ clause.__globals__ }}",
    "{{ clause.__globals__['__builtins__'] }}",
    "{{ range.__self__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '{0.__class__}'.format_map({'0': x}) }}",
    "{{ '%s'|format(x) }}",
    "{{ x|map(attribute='__class__')|list }}",
    "{{ [x]|map(attribute='__class__')|first }}",
    "{{ [x]|sort(attribute='__class__') }}{{ x.mro() }}",
    "{{ add_days.__code__ }}",
    "{{ (x for x in y).gi_frame }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{{ config }}",
    "{{ request }}",
    "{{ company.update({'name': 1}) }}",
    "{{ company.clear() }}",
    "{{ [1].append(2) }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_no_text_reaches_beyond_its_names(source: str) -> None:
    with pytest.raises(FaultyText):
        render(source, {"x": "words", "company": {"name": "A"}}, "en")


GROWING = [
    "{{ 'a' * 100000000 }}",
    "{{ [1] * 100000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'|indent(1000000000) }}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ ''['ljust'](1000000000) }}",
    "{{ '1'.zfill(1000000000) }}",
]


@pytest.mark.parametrize("source", GROWING)
def test_nothing_grows_without_end(source: str) -> None:
    with pytest.raises(FaultyText):
        render(source, {}, "en")


def test_a_paper_has_an_end() -> None:
    source = "{% for i in range(1000) %}{% for j in range(1000) %}{{ j }} words {% endfor %}{% endfor %}"
    with pytest.raises(TooMuch, match="500,000 characters"):
        render(source, {}, "en")


LOOP = "{% for i in range(1000) %}"
ENDLESS = LOOP * 3 + "{% endfor %}" * 3


def test_an_endless_loop_of_a_companys_own_text_is_ended() -> None:
    with pytest.raises(TooMuch, match="2 seconds of work"):
        compose(own_template("own", "Own", ENDLESS), {}, {}, "en", ON)


def test_a_text_that_swells_in_memory_is_ended() -> None:
    source = "{% set ns = namespace(t='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}x"
    with pytest.raises(TooMuch):
        compose(own_template("own", "Own", source), {}, {}, "en", ON)


def test_a_macro_that_calls_itself_is_told_or_ended() -> None:
    with pytest.raises((FaultyText, TooMuch)):
        compose(
            own_template("own", "Own", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), {}, {}, "en", ON
        )


def test_a_companys_own_text_is_filled_in() -> None:
    template = own_template(
        "own", "Offer", "# Offer\n\nDear {{ candidate_name }}, from {{ joining_date|date }}.\n"
    )
    assert [(each.name, each.type) for each in template.questions] == [
        ("candidate_name", "text"),
        ("joining_date", "date"),
    ]
    text = compose(template, {"candidate_name": "*Asha*", "joining_date": ON}, {}, "en", ON)
    assert text == "# Offer\n\nDear \\*Asha\\*, from 25 November 2026.\n"


def test_its_questions_follow_from_how_names_are_used() -> None:
    text = "{% for row in items %}{{ row.name }}: {{ row.price|money }}{% endfor %} {{ owner.name }} {{ monthly_rent }}"
    template = own_template("own", "Own", text)
    assert [
        (each.name, each.type, [column.name for column in each.columns]) for each in template.questions
    ] == [
        ("items", "table", ["name", "price"]),
        ("owner", "person", []),
        ("monthly_rent", "money", []),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\n{{ Name }}", 2, "small letters"),
        ("{{ car.colour }}", 1, "car.colour"),
        ("a\nb\n{% for x in y %}", 3, "endfor"),
        ("<script>alert(1)</script>", 1, "HTML"),
    ],
)
def test_its_faults_are_told_by_line(text: str, line: int, says: str) -> None:
    with pytest.raises(FaultyText) as refused:
        own_template("own", "Own", text)
    assert any(fault.line == line and says in fault.says for fault in refused.value.faults)


def test_faults_of_filling_in_are_told_by_line_from_the_child_too() -> None:
    template = own_template("own", "Own", "a\n\n{{ clause('no.such') }}\n")
    with pytest.raises(FaultyText) as refused:
        compose(template, {}, {}, "en", ON)
    assert [fault.line for fault in refused.value.faults] == [3]
    assert "no topic of clauses" in refused.value.faults[0].says


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told"
    teller = tmp_path / "teller"
    teller.write_text(f'#!/bin/sh\nenv > {told}\necho \'{{"error": null, "found": "done"}}\'\n')
    teller.chmod(0o700)
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(limits.sys, "executable", str(teller))
    assert apart("render", "", {}, "en") == "done"
    assert "PATH=" in told.read_text()
    assert "canary" not in told.read_text()


def test_only_listed_work_is_done() -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        apart("os.system", "true")


def test_a_child_writes_no_files(tmp_path: Path) -> None:
    # The limit is set before any work: a zero-length file is all that could ever be made.
    source = "{{ x }}"
    assert apart("render", source, {"x": str(tmp_path)}, "en").strip() == str(tmp_path)
    assert list(tmp_path.iterdir()) == []
