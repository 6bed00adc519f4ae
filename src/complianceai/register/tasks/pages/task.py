"""One task as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from complianceai import catalogue
from complianceai.base.clock import INDIA
from complianceai.register.passing_on import Dated, date_line, whatsapp_link
from complianceai.register.queries import Described, find_described
from complianceai.register.showing import told_of_date
from complianceai.register.tasks.checklists import points_of
from complianceai.register.tasks.pages.beside import Beside, list_beside
from complianceai.register.tasks.pages.common import of_company, told
from complianceai.register.tasks.pages.history import told_of_row
from complianceai.register.tasks.policies import can_change_filing, check_may, may, objection_to
from complianceai.register.tasks.queries.one import (
    Comment,
    Item,
    Task,
    Worked,
    find_worked,
    list_comments,
    list_history,
    list_items,
)
from complianceai.register.tasks.queries.people import Colleague, list_colleagues
from complianceai.register.tasks.states import LAPSE_WORDS, OPEN, Deed, Need, steps_from
from complianceai.register.tasks.words import (
    FACT_WORDS,
    FIELD_WORDS,
    PRIORITY_OPTIONS,
    reviewers_of,
    workers_of,
)
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.templating import page
from complianceai.storage.audit import Entry
from complianceai.storage.database import Database
from complianceai.storage.services import root_of
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.trail.pages import DEED_WORDS

# What keeps a step from being there at all, and is nothing that somebody could do.
_UNTOLD = {"register.review_demanded", "register.approval_stands"}


@dataclass(frozen=True)
class Shown:
    """What was typed into one of the page's forms, what is wrong with it, and why a step was refused."""

    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class _Read:
    described: Described
    worked: Worked
    items: Sequence[Item]
    comments: Sequence[Comment]
    history: Sequence[Entry]
    people: list[Colleague]


async def show_task(
    request: Request, company: Company, task_id: UUID, scope: Scope, database: Database, shown: Shown
) -> Response:
    """The page of a task.

    Errors: NotYourRole; TaskMissing.
    """
    check_may(company.role, Deed.SEE)
    async with database.reading() as connection:
        read = await _read(connection, company, task_id, scope)
        beside = await list_beside(connection, request, company, scope, read.worked.task)
    task = read.worked.task
    date_told = told_of_date(read.described, task.key) if task.obligation_id else None
    context = of_company(request, company, scope)
    return page(
        request,
        "register/tasks/task.html",
        status=shown.status,
        **context,
        **(date_told or {"each": None}),
        **_of_task(read, context, preferences(request).language),
        **_of_steps(request, read, company, scope),
        here=f"{context['base']}/tasks/{task_id}",
        beside=beside,
        proposed=_proposed(beside),
        typed=shown.typed or _proposed(beside),
        faults=shown.faults,
        told=shown.told,
        whatsapp=_passed_on(request, task, company, scope),
    )


def _proposed(beside: Sequence[Beside]) -> dict[str, str]:
    """What the sections propose for the form of the filing."""
    return {name: value for each in beside for name, value in each.proposed.items()}


def _passed_on(request: Request, task: Task, company: Company, scope: Scope) -> str:
    """What passes the task on by WhatsApp."""
    language = preferences(request).language
    name = " ".join(filter(None, (task.form or task.title, task.period_label)))
    line = date_line(Dated(name, company.name, task.effective_date, task.certainty), scope.today, language)
    return whatsapp_link(f"{line}\n{root_of(request)}/app/companies/{company.id}/tasks/{task.id}")


async def _read(connection: AsyncConnection, company: Company, task_id: UUID, scope: Scope) -> _Read:
    described = await find_described(connection, scope, company.id)
    worked = await find_worked(connection, scope, company.id, task_id)
    if not may(company.role, Deed.SEE_INSIDE):
        return _Read(described, worked, (), (), (), [])
    return _Read(
        described,
        worked,
        await list_items(connection, task_id),
        await list_comments(connection, task_id),
        await list_history(connection, company.id, task_id),
        await list_colleagues(connection, scope, company.id),
    )


def _of_task(read: _Read, context: Mapping[str, Any], language: str) -> dict[str, Any]:
    task = read.worked.task
    names = {str(each.id): each.name for each in read.people}
    return {
        "task": task,
        "title": context["titles"].get(task.obligation_id, task.title),
        "is_open": task.state in OPEN,
        "amount": None if task.amount_paise is None else Decimal(task.amount_paise) / 100,
        "earlier": [_stood(each) for each in task.earlier_dates],
        "lapse_words": LAPSE_WORDS,
        "approval_holds": read.worked.approval_holds,
        "changed": read.worked.changed_since_approval(),
        "fact_words": FACT_WORDS,
        "points": points_of(task.obligation_id, read.items),
        "comments": read.comments,
        "india": INDIA,
        "history": [told_of_row(entry, names, language) for entry in read.history],
        "deed_words": DEED_WORDS,
    }


def _stood(each: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "due": date.fromisoformat(each["due"] or ""),
        "until": datetime.fromisoformat(each["until"] or ""),
    }


def _of_steps(request: Request, read: _Read, company: Company, scope: Scope) -> dict[str, Any]:
    """The steps that may be taken now, and of those that want something first, what."""
    task, language = read.worked.task, preferences(request).language
    standing = read.worked.standing(company.role, scope.person.id)
    ways, blocked = [], []
    reviewers = [
        each for each in read.people if each.id != scope.person.id and each.id not in read.worked.makers
    ]
    for step in steps_from(task.state):
        objection = objection_to(step, standing)
        names_reviewer = Need.REVIEWER in step.needs and bool(reviewers_of(reviewers))
        if objection is None or (objection.code == "register.reviewer_needed" and names_reviewer):
            ways.append((step, Need.REASON in step.needs, Need.REVIEWER in step.needs))
        elif may(company.role, step.deed) and objection.code not in _UNTOLD:
            blocked.append(f"{translate(language, step.words)}: {told(request, objection)}")
    can_work = may(company.role, Deed.WORK)
    return {
        "ways": ways,
        "blocked": blocked,
        "facts_hash": read.worked.facts_hash,
        "can_file_facts": can_work and can_change_filing(task.state, task.approved_by, scope.person.id),
        "workers": _with(workers_of(read.people), task.assignee_id, task.assignee),
        "reviewers": reviewers_of(reviewers),
        "named_reviewers": _with(reviewers_of(reviewers), task.reviewer_id, task.reviewer),
        "priorities": PRIORITY_OPTIONS,
        "field_words": {name: translate(language, words) for name, words in FIELD_WORDS.items()},
        "shapes": _shapes(task.obligation_id),
    }


def _with(options: list[tuple[str, str]], person_id: UUID | None, name: str | None) -> list[tuple[str, str]]:
    """The options with the one who has it now, so that keeping the form for another reason changes nobody."""
    if person_id is None or str(person_id) in dict(options):
        return options
    return [*options, (str(person_id), name or "-")]


def _shapes(obligation_id: str | None) -> str:
    """What proves it, in the words of the duty's file."""
    obligation = catalogue.load().obligations.get(obligation_id or "")
    return "; ".join(each.name for each in obligation.evidence) if obligation else ""
