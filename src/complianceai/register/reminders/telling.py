"""What is told of an alert, as values that a template, a chat or a program takes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from complianceai.register.passing_on import Dated, date_line
from complianceai.register.reminders.queries.told import OfPaper, Telling
from complianceai.register.tasks.words import titles_in
from complianceai.site.language import translate
from complianceai.site.words import marked

# How what people do is said in one line.
AND_MORE = marked("and {count} more")
MENTION = marked("{who} mentioned you: {name}, {company}")
ASSIGNED = marked("{who} gave you a task: {name}, {company}")
SUBMITTED = marked("{who} asks for your review: {name}, {company}")
SENT_BACK = marked("{who} sent back: {name}, {company}")
APPROVED = marked("{who} approved: {name}, {company}")
EVENT_WORDS: Mapping[str, str] = {
    "mention": MENTION,
    "assigned": ASSIGNED,
    "submitted": SUBMITTED,
    "sent_back": SENT_BACK,
    "approved": APPROVED,
}


def once_a_task(tellings: Iterable[Telling]) -> list[Telling]:
    """One reminder a task, the latest, and all that is no reminder: in a digest several rungs come together."""
    found: dict[object, Telling] = {}
    for each in tellings:
        key = (each.task_id, each.kind) if each.due_on is not None else each.id
        found.setdefault(key, each)
    return list(found.values())


def line_of(telling: Telling, language: str, today: date) -> str:
    """The alert in one line of the language."""
    name = name_of(telling, language)
    if telling.due_on is not None:
        dated = Dated(name, telling.company, telling.effective_date, telling.certainty)
        return date_line(dated, today, language)
    fields = {"name": name, "company": telling.company, "who": telling.said.get("who", "")}
    return translate(language, EVENT_WORDS[telling.kind]).format_map(fields)


def line_of_paper(telling: OfPaper, language: str) -> str:
    """The alert in one line of the language."""
    fields = {
        "name": telling.said.get("title", ""),
        "company": telling.company,
        "who": telling.said.get("who", ""),
    }
    return translate(language, EVENT_WORDS[telling.kind]).format_map(fields)


def name_of(telling: Telling, language: str) -> str:
    """What the task is called: its form and period where it has a form, else its title."""
    title = titles_in(language).get(telling.obligation_id or "", telling.title)
    return " ".join(filter(None, (telling.form or title, telling.period_label)))


def path_of(telling: Telling) -> str:
    """Where the task is."""
    return f"/app/companies/{telling.company_id}/tasks/{telling.task_id}"


def item_of(telling: Telling, language: str, today: date) -> dict[str, Any]:
    """The alert as a mail's template takes it: plain JSON."""
    return {
        "kind": telling.kind,
        "line": line_of(telling, language, today),
        "name": name_of(telling, language),
        "title": titles_in(language).get(telling.obligation_id or "", telling.title),
        "company": telling.company,
        "authority": telling.authority,
        "day": telling.effective_date,
        "own_day": telling.due_on if telling.due_on not in {None, telling.effective_date} else None,
        "is_certain": telling.certainty == "verified",
        "is_reminder": telling.due_on is not None,
        "is_late": telling.effective_date < today,
        "who": telling.said.get("who", ""),
        "text": telling.said.get("text", ""),
        "path": path_of(telling),
    }
