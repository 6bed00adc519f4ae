"""The checklist of a task: the papers that its duty's file names, and what people added."""

from collections.abc import Sequence
from dataclasses import dataclass

from complianceai import catalogue
from complianceai.register.tasks.queries.one import Item


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a checklist as it is shown."""

    text: str
    is_own: bool
    is_done: bool
    done_by: str | None


def papers_of(obligation_id: str | None) -> tuple[str, ...]:
    """What the catalogue says is needed for a duty; nothing for one's own."""
    obligation = catalogue.load().obligations.get(obligation_id or "")
    return obligation.papers if obligation else ()


def points_of(obligation_id: str | None, items: Sequence[Item]) -> list[Point]:
    """The papers of the law in its order, then one's own points."""
    written = {item.text: item for item in items}
    papers = papers_of(obligation_id)
    return [_point(text, written.get(text), is_own=False) for text in papers] + [
        _point(item.text, item, is_own=item.is_own) for item in items if item.text not in papers
    ]


def _point(text: str, item: Item | None, *, is_own: bool) -> Point:
    return Point(text, is_own, item is not None and item.done_at is not None, item.done_by if item else None)
