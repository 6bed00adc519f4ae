"""Reads the folders of templates, and refuses what is faulty, with its file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from complianceai.drafting import clauses
from complianceai.drafting.errors import TemplateFaults, UnknownTemplate
from complianceai.drafting.files import document
from complianceai.drafting.model import (
    HERE,
    LANGUAGES,
    NUMBERED_KINDS,
    Choice,
    Example,
    Group,
    Law,
    Question,
    Template,
)  # fmt: skip

FOLDER = HERE / "templates"
# Words that people use, and the profile's own.
ENTITIES = {"private_company": "private_limited", "public_company": "public_limited"}


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Every packaged template, by its title.

    Errors: TemplateFaults, with every fault of every file.
    """
    from complianceai.drafting.validation import faults_in  # noqa: PLC0415 - only once, at the first use

    raws = {folder.name: folder for folder in folders(FOLDER)}
    documents = {name: document(folder / "template.yaml") for name, folder in raws.items()}
    if faults := [fault for name, raw in documents.items() for fault in faults_in(f"templates/{name}", raw)]:
        raise TemplateFaults(tuple(faults))
    made = (load(folder, documents[name]) for name, folder in raws.items())
    return tuple(sorted(made, key=lambda each: each.title["en"]))


def template(template_id: str) -> Template:
    """The packaged template of this name.

    Errors: UnknownTemplate.
    """
    found = next((each for each in templates() if each.id == template_id), None)
    if found is None:
        raise UnknownTemplate(template=template_id)
    return found


def folders(root: Path) -> list[Path]:
    """The folders of templates below a folder, in order of name."""
    return sorted(path.parent for path in root.glob("*/template.yaml"))


def load(folder: Path, raw: Mapping[str, Any]) -> Template:
    """The template that a folder holds, its shape being sound."""
    kind = raw["kind"]
    bodies = {
        language: path.read_text(encoding="utf-8")
        for language in LANGUAGES
        if (path := folder / f"body.{language}.md").is_file()
    }
    example = document(folder / "example.yaml") if (folder / "example.yaml").is_file() else None
    return Template(
        id=folder.name,
        title=raw["title"],
        summary=raw["summary"],
        kind=kind,
        entities=tuple(ENTITIES.get(each, each) for each in raw.get("for", ())),
        law=tuple(Law(*(str(row.get(key, "")) for key in Law._fields)) for row in raw.get("law", ())),
        obligations=tuple(raw.get("obligations", ())),
        chains=tuple(raw.get("chains", ())),
        expires=raw.get("expires", ""),
        pages=raw.get("pages", 1),
        numbered=raw.get("numbered", kind in NUMBERED_KINDS),
        groups=tuple(_group(each) for each in raw.get("groups", ())),
        bodies=bodies,
        example=Example(**{"answers": {}, "company": {}, **(example or {})}),
    )


def _group(raw: Mapping[str, Any]) -> Group:
    return Group(raw["title"], tuple(question(each) for each in raw["questions"]))


def question(raw: Mapping[str, Any]) -> Question:
    """The question that a template writes so."""
    offered = tuple(
        Choice(str(each["value"]), each["label"], each.get("note", {})) for each in raw.get("choices", ())
    )
    if "clauses" in raw:
        offered = clauses.choices_of(raw["clauses"])
    return Question(
        name=raw["name"],
        type=raw["type"],
        label=raw["label"],
        help=raw.get("help", {}),
        required=raw.get("required", True),
        default=_expression(raw.get("default", "")),
        when=_expression(raw.get("when", "")),
        choices=offered,
        least=raw.get("least"),
        most=raw.get("most"),
        pattern=raw.get("pattern", ""),
        columns=tuple(question(each) for each in raw.get("columns", ())),
    )


def _expression(raw: Any) -> str:
    """An expression as text: `default: true` and `default: 3` are written without quotes."""
    return "" if raw is None else str(raw)
