"""What the pages of the desk show: a conversation, its sources, what can be done with an answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from complianceai import catalogue, drafting
from complianceai.base.errors import NotFound
from complianceai.desk.errors import ConversationMissing
from complianceai.desk.learning import learn
from complianceai.desk.models import models_of
from complianceai.desk.queries import (
    Conversation,
    Message,
    Shared,
    find_conversation,
    find_wishes,
    list_conversations,
    list_messages,
    list_shared,
    what_was_asked,
)
from complianceai.desk.replies import whole_reply
from complianceai.desk.suggesting import Suggestion, suggestions
from complianceai.register.queries import find_described
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.states import Deed
from complianceai.rules.explaining import explain
from complianceai.site.numbers import moment
from complianceai.site.preferences import preferences
from complianceai.site.words import marked
from complianceai.tenancy.policies import Role
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope

MOST_LISTED = 50
REASONS = (
    ("wrong", marked("Something in it is wrong")),
    ("outdated", marked("It is out of date")),
    ("incomplete", marked("Something is missing")),
    ("unclear", marked("I do not understand it")),
    ("not_asked", marked("That is not what I asked")),
    ("other", marked("Something else")),
)
KINDS = {"md": "text/markdown; charset=utf-8", "json": "application/json"}


def can_work(role: Role) -> bool:
    """Whether somebody of this role may make a task or a paper of an answer."""
    return may(role, Deed.WORK)


async def of_desk(
    connection: AsyncConnection,
    request: Request,
    company: Company,
    scope: Scope,
    conversation_id: UUID | None = None,
) -> dict[str, Any]:
    """The conversations of a company, and the one that is open with its messages.

    Errors: ConversationMissing.
    """
    search = request.query_params.get("find", "")[:100].replace("\x00", "")
    listed = await list_conversations(connection, scope, company.id, search, limit=MOST_LISTED)
    opened, messages, shared = None, list[Message](), list[Shared]()
    if conversation_id is not None:
        opened = await find_conversation(connection, scope, conversation_id)
        if opened.company_id != company.id:
            raise ConversationMissing
        messages = await list_messages(connection, scope, conversation_id)
        shared = await list_shared(connection, scope, conversation_id)
    links: dict[UUID, list[Shared]] = {}
    for each in shared:
        if each.revoked_at is None:
            links.setdefault(each.message_id, []).append(each)
    return {
        "company": company, "base": f"/app/companies/{company.id}", "listed": listed, "search": search,
        "opened": opened, "messages": messages, "shared": links, "faults": {}, "typed": "", "address": None,
        "title_fault": "", "offers": [], "reasons": REASONS, "can_work": can_work(company.role),
        "drafts": drafts_of(messages), "has_models": models_of(request).is_on,
        "sees": may(company.role, Deed.SEE_INSIDE), "may_set": may(company.role, Deed.SET_UP),
    }  # fmt: skip


async def offers(
    connection: AsyncConnection, request: Request, scope: Scope, company: Company
) -> list[tuple[Suggestion, str]]:
    """Questions worth asking about the company, each with its sentence in the visitor's language."""
    described = await find_described(connection, scope, company.id)
    wishes = await find_wishes(connection, scope)
    style = learn(await what_was_asked(connection, scope, company.id), wishes)
    found = suggestions(
        described.company.profile, described.unsure, style.topics, wishes.dismissed, scope.today
    )
    language = preferences(request).language
    return [(each, each.spoken(language)) for each in found]


def drafts_of(messages: Sequence[Message]) -> dict[UUID, list[Any]]:
    """The papers that can be drafted for what each answer is about."""
    found: dict[UUID, list[Any]] = {}
    for each in messages:
        about = {key for sentence in each.answer["sentences"] for key in sentence["from"]}
        if about:
            found[each.id] = [
                paper for paper in drafting.templates() if about.intersection(paper.obligations)
            ][:3]
    return found


def source_of(identity: str, today: date) -> dict[str, Any]:
    """A rule as the side panel shows it.

    Errors: NotFound.
    """
    law = catalogue.load()
    duty = law.obligations.get(identity)
    if duty is None:
        raise NotFound
    told = next(each for each in explain(law, identity, None, today) if each.obligation is duty)
    return {"duty": duty, "told": told}


def exported(request: Request, found: Conversation, messages: Sequence[Message], kind: str) -> Response:
    """The conversation as a file.

    Errors: NotFound where it is not made of that kind.
    """
    if kind not in KINDS:
        raise NotFound
    if kind == "json":
        text = orjson.dumps(whole_reply(found, list(messages)).model_dump(mode="json", by_alias=True))
    else:
        text = _as_markdown(found, messages, preferences(request).language).encode()
    name = f"conversation-{found.created_at:%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(text, media_type=KINDS[kind], headers=headers)


def _as_markdown(found: Conversation, messages: Sequence[Message], language: str) -> str:
    parts = [f"# {_plain(found.title)}"]
    for each in messages:
        parts += [f"## {_plain(each.question)}", moment(each.created_at, language)]
        parts += [_plain(line) for line in each.answer["answer"].splitlines()]
        parts += [
            f"- {_plain(source['title'])}: {_plain(source['provision'])} <{source['url']}>"
            for source in each.answer["citations"]
        ]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """The text so that no program reads markup or a picture's address into it."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#!|" else each for each in " ".join(text.split()))
