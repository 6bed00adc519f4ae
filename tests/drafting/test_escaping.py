"""What somebody types stays words: no answer becomes a heading, a list, a table or a look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.drafting import read
from complianceai.drafting.composing import render
from complianceai.drafting.paper import Block, Items, Paragraph, Quote, Signatures, Table, plain

NASTY = "#*-:>|[]{}\\()._ \n1a`~+=\"'<"
_WORDS = st.text(alphabet=NASTY, min_size=1, max_size=60)


def _shape(block: Block) -> object:
    match block:
        case Quote():
            return ("quote", [_shape(each) for each in block.blocks])
        case Items():
            return ("items", len(block.items), [len(each.within) for each in block.items])
        case Table():
            return ("table", len(block.head), len(block.rows))
        case Signatures():
            return ("signatures", [[line.key for line in each.lines] for each in block.signatures])
        case _:
            return type(block).__name__


BODY = """# {{ x }}

## About {{ x }} {#about}

Dear {{ x }}, see [[about]].

{{ x }}

> **SAID** {{ x }}

- {{ x }}
- b
  - {{ x }}

| a | b |
| --- | --- |
| {{ x }} | {{ x|upper }} |

:::signature
for: {{ x }}
name: {{ x }}
:::
"""


@given(_WORDS)
def test_an_answer_never_changes_the_shape_of_a_paper(words: str) -> None:
    said, calm = (read(render(BODY, {"x": value}, "en"), numbered=True) for value in (f"z{words}z", "calm"))
    assert [_shape(block) for block in said.blocks] == [_shape(block) for block in calm.blocks]


@given(st.text(alphabet=NASTY.replace("\n", ""), min_size=1, max_size=40))
def test_an_answer_is_read_back_as_it_was_typed(words: str) -> None:
    typed = " ".join(f"{words}z".split())
    (block,) = read(render("{{ x }}\n", {"x": typed}, "en"), numbered=True).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.spans) == typed


@pytest.mark.parametrize(
    "marks", ["{{ x|upper }}", "{{ 'a' ~ x }}", "{% set y %}{{ x }}{% endset %}{{ y }}", "{{ x|trim }}"]
)
def test_filters_and_joins_keep_an_answer_words(marks: str) -> None:
    (block,) = read(render(f"Dear {marks}\n", {"x": "**b** [[c]] | #"}, "en"), numbered=False).blocks
    assert "**" in plain(block.spans)
    assert len([span for span in block.spans if span.bold or span.ref]) == 0


def test_the_lines_of_an_address_are_kept_and_joined_by_commas_in_a_cell() -> None:
    text = render(
        "To {{ x }}\n\n| a |\n| --- |\n| {{ x }} |\n", {"x": "12. MG Road,\nPune\r\n\r\nIndia"}, "en"
    )
    assert text == "To 12. MG Road,\\\nPune\\\nIndia\n\n| a |\n| --- |\n| 12. MG Road, Pune, India |\n"


def test_a_template_compares_and_counts_an_answer_as_it_was_typed() -> None:
    assert render("{{ x|length }}{% if x == 'current' %}!{% endif %}", {"x": "current"}, "en") == "7!\n"
