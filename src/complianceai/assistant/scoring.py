"""How a set of judged answers fared: in all, by kind, by style and by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from complianceai.assistant.evaluation import Judged

_LANGUAGES = {"hindi": "Hindi", "hinglish": "Hinglish"}


def tally(judged: Iterable[Judged]) -> dict[str, Any]:
    """How many answers were right, wrong, wrongly refused, and cited rightly, in all and by group.

    Units: counts; `share` is the part that is right, 0 to 1.
    """
    every = list(judged)
    groups: dict[str, list[Judged]] = {"all": every}
    for each in every:
        for name in _groups_of(each.question):
            groups.setdefault(name, []).append(each)
    return {name: _counts(group) for name, group in groups.items()}


def _groups_of(question: Mapping[str, Any]) -> tuple[str, ...]:
    style = str(question.get("style", "none"))
    language = _LANGUAGES.get(style, "English")
    return f"kind: {question.get('kind', 'none')}", f"style: {style}", f"language: {language}"


def _counts(group: Sequence[Judged]) -> dict[str, Any]:
    right = sum(each.is_right for each in group)
    refused = sum(each.answer.refused and not each.question.get("refuse") for each in group)
    answered = [each for each in group if not each.question.get("refuse") and not each.answer.refused]
    outside = [each for each in group if each.question.get("refuse")]
    return {
        "questions": len(group),
        "right": right,
        "wrong": len(group) - right - refused,
        "wrongly_refused": refused,
        "answered": len(answered),
        "cited_right": sum(each.cites_right for each in answered),
        "unsupported_numbers": sum(len(each.unsupported) for each in group),
        "out_of_scope": len(outside),
        "out_of_scope_refused": sum(each.is_right for each in outside),
        "share": round(right / len(group), 4) if group else 1.0,
    }
