"""What documents keep of a person, for their own export: what they wrote, and what they began and did not save.

The papers themselves are the company's, and go with its archive.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.tenancy.account.export import Exporter, export_with
from complianceai.tenancy.scope import Scope
from complianceai.workspace.tables import (
    document_comments,
    document_drafts,
    document_suggestions,
    document_versions,
    documents,
    interviews,
)

# More than anybody wrote; what an answer holds is bounded by it.
MOST = 20_000


def export_documents() -> None:
    """Nothing; from now on a person's export has what they wrote on documents."""
    for name, statement in _STATEMENTS.items():
        export_with(name, _exporter(statement))


def _exporter(statement: Any) -> Exporter:
    async def told(connection: AsyncConnection, scope: Scope) -> list[dict[str, Any]]:
        rows = (await connection.execute(statement(scope).limit(MOST))).mappings()
        return [dict(row) for row in rows]

    return told


def _versions(scope: Scope) -> Select[Any]:
    columns = [
        document_versions.c[name] for name in ("document_id", "number", "at", "note", "sha256", "name")
    ]
    return (
        select(*columns, documents.c.title)
        .join_from(document_versions, documents, documents.c.id == document_versions.c.document_id)
        .where(document_versions.c.author_id == scope.person.id)
        .order_by(document_versions.c.at)
    )


def _comments(scope: Scope) -> Select[Any]:
    columns = [document_comments.c[name] for name in ("document_id", "version", "quote", "text", "at")]
    mine = document_comments.c.person_id == scope.person.id
    return select(*columns).where(mine).order_by(document_comments.c.at)


def _suggestions(scope: Scope) -> Select[Any]:
    names = ("document_id", "version", "quote", "replacement", "note", "at", "state")
    mine = document_suggestions.c.person_id == scope.person.id
    return (
        select(*(document_suggestions.c[name] for name in names))
        .where(mine)
        .order_by(document_suggestions.c.at)
    )


def _drafts(scope: Scope) -> Select[Any]:
    names = ("document_id", "base", "text", "updated_at")
    mine = document_drafts.c.person_id == scope.person.id
    return select(*(document_drafts.c[name] for name in names)).where(mine)


def _interviews(scope: Scope) -> Select[Any]:
    names = ("company_id", "template_id", "language", "answers", "updated_at")
    mine = interviews.c.person_id == scope.person.id
    return select(*(interviews.c[name] for name in names)).where(mine)


_STATEMENTS: Mapping[str, Any] = {
    "documentVersions": _versions, "documentComments": _comments, "documentSuggestions": _suggestions,
    "documentDrafts": _drafts, "interviews": _interviews,
}  # fmt: skip
