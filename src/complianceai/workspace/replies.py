"""What documents look like on the way out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from complianceai.drafting.model import Template
from complianceai.site.replies import Reply
from complianceai.workspace.queries.documents import Document
from complianceai.workspace.queries.sharing import Done, Link, Share
from complianceai.workspace.queries.talk import Comment, Suggestion
from complianceai.workspace.queries.versions import Draft, Listed, Version


class DocumentReply(Reply):
    """A document with its state, and what whoever asks may do with it."""

    id: UUID
    company_id: UUID
    company: str
    title: str
    kind: str = Field(description="`text` is written here, `file` is kept as it came.")
    template_id: str | None
    language: str
    state: str
    is_private: bool
    expires_on: date | None
    version: int
    author: str
    created_at: datetime
    updated_at: datetime
    reason: str | None
    approved_version: int | None
    approved_hash: str | None
    approved_by: str | None = Field(description="None where it was settled without a review.")
    approved_at: datetime | None
    may: str = Field(description="`view`, `edit` or `admin`.")


class VersionReply(Reply):
    """A version without its content."""

    number: int
    author: str
    author_id: UUID | None
    at: datetime
    note: str
    sha256: str
    restored_from: int | None
    name: str | None
    media_type: str | None
    size: int | None = Field(description="Of a file, in bytes.")
    template_version: int | None = Field(
        description="Of the company's own template that it was drafted from."
    )


class VersionDetail(VersionReply):
    """A version whole."""

    text: str | None = Field(description="The source, in the markup of papers; None for a file.")
    user_inputs: dict[str, Any] | None


class DocumentDetail(DocumentReply):
    """A document with its current version."""

    current: VersionDetail


class DraftReply(Reply):
    """What the person typed and did not save."""

    base_version: int
    text: str
    updated_at: datetime


class ShareReply(Reply):
    """With whom a document is shared."""

    id: UUID
    person_id: UUID | None
    person: str | None
    role: str | None
    level: str
    made_by: str
    created_at: datetime


class LinkReply(Reply):
    """A link; its address is told once, when it is made."""

    id: UUID
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opens: int
    opened_at: datetime | None
    has_password: bool
    address: str | None = None


class CommentReply(Reply):
    """A comment."""

    id: UUID
    parent_id: UUID | None
    version: int
    quote: str
    text: str
    person: str
    at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    mentions: list[str]


class SuggestionReply(Reply):
    """A suggestion, and the version it became once it is accepted."""

    id: UUID
    version: int
    quote: str
    replacement: str
    note: str
    person: str
    at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    became: int | None


class ActivityReply(Reply):
    """One thing that somebody did."""

    person: str
    deed: str
    told: dict[str, Any]
    at: datetime


class QuestionReply(Reply):
    """What a template asks."""

    name: str
    type: str
    label: dict[str, str]
    help: dict[str, str]
    required: bool
    when: str
    choices: list[dict[str, Any]]
    columns: list[dict[str, Any]]


class TemplateReply(Reply):
    """A template of the gallery."""

    id: str
    title: dict[str, str]
    summary: dict[str, str]
    kind: str
    entities: list[str] = Field(description="Kinds of business it is for; none: all.")
    languages: list[str]
    obligations: list[str]
    chains: list[str]
    law: list[dict[str, str]]


class TemplateDetail(TemplateReply):
    """A template with its questions, by page of the interview."""

    groups: list[dict[str, Any]]


def document_reply(found: Document) -> DocumentReply:
    """The document as it goes over the wire."""
    own = {"approved_by", "may"}
    told = {name: getattr(found, name) for name in DocumentReply.model_fields if name not in own}
    return DocumentReply(**told, approved_by=found.approved_name, may=found.level.name.lower())


def version_reply(found: Listed) -> VersionReply:
    """The version as it goes over the wire."""
    return VersionReply.model_validate({name: getattr(found, name) for name in VersionReply.model_fields})


def version_detail(found: Version) -> VersionDetail:
    """The whole version as it goes over the wire."""
    answers = None if found.answers is None else dict(found.answers)
    return VersionDetail(**version_reply(found).model_dump(), text=found.text, user_inputs=answers)


def document_detail(found: Document, current: Version) -> DocumentDetail:
    """The document with its current version."""
    return DocumentDetail(**document_reply(found).model_dump(), current=version_detail(current))


def draft_reply(found: Draft) -> DraftReply:
    """The draft as it goes over the wire."""
    return DraftReply(base_version=found.base, text=found.text, updated_at=found.updated_at)


def share_reply(found: Share) -> ShareReply:
    """The share as it goes over the wire."""
    return ShareReply.model_validate(found)


def link_reply(found: Link, address: str | None = None) -> LinkReply:
    """The link as it goes over the wire, with its address only when it has just been made."""
    own = {"has_password", "address"}
    told = {name: getattr(found, name) for name in LinkReply.model_fields if name not in own}
    return LinkReply(**told, has_password=found.password_hash is not None, address=address)


def comment_reply(found: Comment, mentions: list[str]) -> CommentReply:
    """The comment as it goes over the wire."""
    told = {name: getattr(found, name) for name in CommentReply.model_fields if name != "mentions"}
    return CommentReply(**told, mentions=mentions)


def suggestion_reply(found: Suggestion) -> SuggestionReply:
    """The suggestion as it goes over the wire."""
    return SuggestionReply.model_validate(
        {name: getattr(found, name) for name in SuggestionReply.model_fields}
    )


def activity_reply(found: Done) -> ActivityReply:
    """The deed as it goes over the wire."""
    return ActivityReply(person=found.person, deed=found.deed, told=dict(found.told), at=found.at)


def template_reply(found: Template) -> TemplateReply:
    """The template as it goes over the wire."""
    return TemplateReply(**_of_template(found))


def template_detail(found: Template) -> TemplateDetail:
    """The template with its questions."""
    groups = [
        {"title": dict(group.title), "questions": [_question(each) for each in group.questions]}
        for group in found.groups
    ]
    return TemplateDetail(**_of_template(found), groups=groups)


def _of_template(found: Template) -> dict[str, Any]:
    return {
        "id": found.id, "title": dict(found.title), "summary": dict(found.summary), "kind": found.kind,
        "entities": list(found.entities), "languages": list(found.languages),
        "obligations": list(found.obligations), "chains": list(found.chains),
        "law": [each._asdict() for each in found.law],
    }  # fmt: skip


def _question(found: Any) -> dict[str, Any]:
    choices = [
        {"value": each.value, "label": dict(each.label), "note": dict(each.note)} for each in found.choices
    ]
    told = QuestionReply(
        name=found.name, type=found.type, label=dict(found.label), help=dict(found.help),
        required=found.required, when=found.when, choices=choices,
        columns=[_question(each) for each in found.columns],
    )  # fmt: skip
    return told.model_dump(by_alias=True)
