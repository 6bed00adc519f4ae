"""Papers for the tests: one packaged template filled in from its example, and a template made on the spot."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from complianceai.drafting import Paper, Template, check, compose, read
from complianceai.drafting.company import EXAMPLE
from complianceai.drafting.loading import load

ON = date(2026, 11, 25)


def drafted(template: Template, language: str) -> tuple[str, Paper]:
    """The text and the paper of a template's own example."""
    company = {**EXAMPLE, **template.example.company}
    checked = check(template, template.example.answers, company, ON)
    assert checked.faults == ()
    text = compose(template, checked.answers, company, language, ON)
    return text, read(text, template.numbered)


def made(tmp_path: Any, body: str, *questions: Mapping[str, Any], **more: Any) -> Template:
    """A template with this English body and these questions."""
    (tmp_path / "body.en.md").write_text(body, encoding="utf-8")
    words = {"en": "Words", "hi": "शब्द"}
    asked = [{"label": words, **question} for question in questions]
    raw = {
        "title": words,
        "summary": words,
        "kind": "letter",
        "groups": [{"title": words, "questions": asked}],
    }
    return load(tmp_path, {**raw, **more})


CONTRACT = """# Service agreement

This agreement is made between **A Ltd** and **B Ltd**.

## Services {#services}

(#) The provider does what [[fees]] pays for.

(#) The services are: {#what}

- design;
- building {#building}
  - by hand
  - by machine

(#) More under [[what]] and [[building]].

## Fees {#fees}

The fee is ₹12,34,567 a year.

| Item | Amount |
| :-- | --: |
| Design | 1,000 |
| A \\| B | 2,000 |

:::signature
for: A Ltd
name: Asha
date:
:::

:::witness
name: Bilal
:::
"""
