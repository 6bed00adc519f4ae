"""What people say of a document: comments on its words, and other words for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.talking import mentioned_in
from complianceai.register.tasks.queries.people import Colleague, list_colleagues
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.calling import call
from complianceai.workspace.actions.content import content_of_text
from complianceai.workspace.actions.holding import add_maker, hold_document, tell
from complianceai.workspace.actions.versions import add_version
from complianceai.workspace.anchoring import places_of, spaced, words_of
from complianceai.workspace.errors import (
    ChangedMeanwhile,
    NothingLeft,
    NotOfText,
    NotQuoted,
    PartMissing,
)
from complianceai.workspace.policies import check_can_be_written, check_may
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.queries.sharing import who_sees
from complianceai.workspace.queries.talk import Suggestion, find_comment, find_suggestion
from complianceai.workspace.queries.versions import Version, find_version
from complianceai.workspace.rendering import html_of
from complianceai.workspace.states import Level
from complianceai.workspace.tables import document_comments, document_mentions, document_suggestions

MOST_COMMENTS = 500
MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A comment: on which words of the current version, or as an answer to which other."""

    text: str
    quote: str = ""
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """Other words for some of the current version's."""

    quote: str
    replacement: str
    note: str = ""


async def comment(
    database: Database, sealer: Sealer, scope: Scope, document_id: UUID, said: Said, now: datetime
) -> UUID:
    """The id of the new comment; whoever is named in it as @name is told by mail.

    Errors: DocumentMissing; PartMissing; NotQuoted where the words do not stand in the document.
    """
    await _check_quoted(database, scope, document_id, said.quote)
    identity, who = new_id(), scope.person
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.VIEW)
        if said.parent_id is not None:
            parent = await find_comment(connection, document_id, said.parent_id)
            if parent.parent_id is not None:
                raise PartMissing
        await _check_room(connection, document_comments, document_id, MOST_COMMENTS)
        row = {
            "id": identity, "document_id": document_id, "parent_id": said.parent_id,
            "version": document.version, "quote": spaced(said.quote), "text": said.text,
            "person_id": who.id, "person": who.name, "at": now,
        }  # fmt: skip
        await connection.execute(insert(document_comments).values(**row))
        called = await _mention(connection, scope, document, identity, said.text)
        await call(connection, sealer, scope, document, called, said.text, now)
        names = [each.name for each in called]
        told = {"comment": str(identity), "text": said.text, "mentions": names}
        await tell(connection, scope.actor, document, "commented", told, now)
    return identity


async def resolve(
    database: Database, scope: Scope, document_id: UUID, comment_id: UUID, *, is_resolved: bool, now: datetime
) -> None:
    """Nothing; the comment is settled, or open again.

    Errors: DocumentMissing; NotYourDocument; PartMissing.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.VIEW)
        found = await find_comment(connection, document_id, comment_id)
        if found.parent_id is not None:
            raise PartMissing
        if found.person_id != scope.person.id:
            check_may(document.level, Level.EDIT)
        settled = {"resolved_at": now, "resolved_by": scope.person.name}
        values = settled if is_resolved else dict.fromkeys(settled)
        is_it = document_comments.c.id == comment_id
        await connection.execute(update(document_comments).where(is_it).values(**values))
        deed = "resolved" if is_resolved else "unresolved"
        await tell(connection, scope.actor, document, deed, {"comment": str(comment_id)}, now)


async def suggest(
    database: Database, scope: Scope, document_id: UUID, wish: Suggested, now: datetime
) -> UUID:
    """The id of the new suggestion; it changes nothing until somebody accepts it.

    Errors: DocumentMissing; NotOfText; Settled; NotQuoted where the words do not stand in the text exactly once.
    """
    identity, who = new_id(), scope.person
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.VIEW)
        if not document.is_text:
            raise NotOfText
        check_can_be_written(document.state)
        await _check_room(connection, document_suggestions, document_id, MOST_OPEN)
        current = await find_version(connection, document_id, document.version)
        times = len(places_of(wish.quote, current.text or ""))
        if times != 1:
            raise NotQuoted(times=times)
        row = {
            "id": identity, "document_id": document_id, "version": current.number, "quote": wish.quote.strip(),
            "replacement": wish.replacement, "note": wish.note, "person_id": who.id, "person": who.name,
            "at": now, "state": "open",
        }  # fmt: skip
        await connection.execute(insert(document_suggestions).values(**row))
        told = {"suggestion": str(identity), "quote": wish.quote, "replacement": wish.replacement}
        await tell(connection, scope.actor, document, "suggested", told, now)
    return identity


async def accept(
    database: Database, scope: Scope, document_id: UUID, suggestion_id: UUID, now: datetime
) -> int:
    """The number of the new version, in which the suggested words stand; both people worked on it.

    Errors: DocumentMissing; NotYourDocument; PartMissing; Settled; NotQuoted where the text changed so that the words
    no longer stand there once; InvalidInput where the text would be no paper; ChangedMeanwhile.
    """
    async with database.reading() as connection:
        seen = await find_document(connection, scope, document_id)
        check_may(seen.level, Level.EDIT)
        check_can_be_written(seen.state)
        current = await find_version(connection, document_id, seen.version)
        wanted = await find_suggestion(connection, document_id, suggestion_id)
    content = await content_of_text(_changed(current, wanted), numbered=seen.numbered)
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.EDIT)
        check_can_be_written(document.state)
        if document.version != current.number:
            raise ChangedMeanwhile(
                author="", base_version=current.number, current_version=document.version,
                current_text="", your_text=content.text or "",
            )  # fmt: skip
        await find_suggestion(connection, document_id, suggestion_id)
        said = f"{wanted.person}: {wanted.note}"[:200] if wanted.note else wanted.person
        number = await add_version(connection, scope, document, content, said, "accepted", now)
        await add_maker(connection, document_id, wanted.person_id, now)
        await _decide(connection, scope, suggestion_id, "accepted", number, now)
    return number


async def refuse(
    database: Database, scope: Scope, document_id: UUID, suggestion_id: UUID, now: datetime
) -> None:
    """Nothing; the suggestion is refused, or taken back by whoever made it.

    Errors: DocumentMissing; NotYourDocument; PartMissing.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.VIEW)
        found = await find_suggestion(connection, document_id, suggestion_id)
        if found.person_id != scope.person.id:
            check_may(document.level, Level.EDIT)
        await _decide(connection, scope, suggestion_id, "refused", None, now)
        await tell(connection, scope.actor, document, "refused", {"suggestion": str(suggestion_id)}, now)


def _changed(current: Version, wanted: Suggestion) -> str:
    text = current.text or ""
    places = places_of(wanted.quote, text)
    if len(places) != 1:
        raise NotQuoted(times=len(places))
    start, end = places[0]
    return f"{text[:start]}{wanted.replacement}{text[end:]}"


async def _check_quoted(database: Database, scope: Scope, document_id: UUID, quote: str) -> None:
    if not quote.strip():
        return
    async with database.reading() as connection:
        seen = await find_document(connection, scope, document_id)
        current = await find_version(connection, document_id, seen.version)
    if current.text is None:
        text = spaced(current.said or "")
    else:
        text = words_of(await html_of(current.text, numbered=seen.numbered, language=seen.language))
    if not places_of(quote, text) and not places_of(quote, current.text or ""):
        raise NotQuoted(times=0)


async def _mention(
    connection: AsyncConnection, scope: Scope, document: Document, comment_id: UUID, text: str
) -> list[Colleague]:
    colleagues = await list_colleagues(connection, scope, document.company_id)
    # Whoever does not see the document is not told of it either.
    sees = await who_sees(connection, document, colleagues)
    named = [each for each in mentioned_in(text, sees) if each.id != scope.person.id]
    if named:
        rows = [{"comment_id": comment_id, "person_id": each.id} for each in named]
        await connection.execute(insert(document_mentions), rows)
    return named


async def _check_room(connection: AsyncConnection, table: object, document_id: UUID, most: int) -> None:
    columns = table.c  # type: ignore[attr-defined]
    count = select(func.count()).where(columns.document_id == document_id)
    if (await connection.execute(count)).scalar_one() >= most:
        raise NothingLeft(most=most)


async def _decide(
    connection: AsyncConnection,
    scope: Scope,
    suggestion_id: UUID,
    state: str,
    became: int | None,
    now: datetime,
) -> None:
    decided = {"state": state, "decided_by": scope.person.name, "decided_at": now, "became": became}
    is_it = document_suggestions.c.id == suggestion_id
    await connection.execute(update(document_suggestions).where(is_it).values(**decided))
