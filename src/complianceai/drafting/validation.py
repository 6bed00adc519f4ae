"""Everything that can be wrong with a template's files, found before one is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from complianceai.drafting.model import HERE


def faults_in(path: str, raw: Any) -> Iterator[str]:
    """What is wrong with the shape of a `template.yaml`, one line each."""
    wrong = [
        f"{path}: {'.'.join(map(str, error.instance_path))}: {error.message}"
        for error in _schema().iter_errors(raw)
    ]
    yield from wrong
    if not wrong:
        yield from (f"{path}: {words}" for words in _names(raw))


def _names(raw: Any) -> Iterator[str]:
    names = [question["name"] for group in raw["groups"] for question in group["questions"]]
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield f"{name}: two questions bear this name"
    for name in sorted({"company", "today", "clause", "range", "namespace", "loop"} & set(names)):
        yield f"{name}: a question cannot be called so"
    if (expires := raw.get("expires")) and expires not in names:
        yield f"expires: no question is called {expires!r}"


@lru_cache(maxsize=1)
def _schema() -> Any:
    import jsonschema_rs  # noqa: PLC0415 - only where templates are read

    schema = json.loads((HERE / "template.schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema)
