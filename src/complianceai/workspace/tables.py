"""What is kept of a company's documents."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

# What papers say of the company and the profile does not: its address, its people, its letterhead.
paper_particulars = Table(
    "paper_particulars",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("told", JsonObject, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("template_id", String(100)),
    Column("language", String(2), nullable=False),
    Column("numbered", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    # Seen by its author, by those in charge, and by whom it is shared with, and by nobody else.
    Column("is_private", Boolean, nullable=False),
    Column("expires_on", Date),
    Column("duty_id", ForeignKey("custom_duties.id", ondelete="SET NULL"), index=True),
    # The number of its current version, and how often the row itself changed.
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_by", Uuid),
    Column("author", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("reason", Text),
    # The version agreed on, by its hash; without a person it was settled where nobody else could look.
    Column("approved_version", Integer),
    Column("approved_hash", String(64)),
    Column("approved_by", Uuid),
    Column("approved_name", String(50)),
    Column("approved_at", Instant),
    CheckConstraint("state IN ('draft', 'in_review', 'approved', 'signed', 'superseded')", "known_state"),
    CheckConstraint("kind IN ('text', 'file')", "known_kind"),
    CheckConstraint("state NOT IN ('approved', 'signed') OR approved_hash IS NOT NULL", "agreed_is_bound"),
    CheckConstraint("(approved_hash IS NULL) = (approved_version IS NULL)", "hash_of_a_version"),
    CheckConstraint("approved_by IS NULL OR approved_hash IS NOT NULL", "approval_is_bound"),
    Index("ix_documents_company_id_updated_at", "company_id", "updated_at", "id"),
)

# Rows are added and never changed; migration 0014 has the database itself refuse it.
document_versions = Table(
    "document_versions",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author_id", Uuid),
    Column("author", String(50), nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("restored_from", Integer),
    # Of a text: its source, and the answers it was drafted from.
    Column("text", Text),
    Column("answers", JsonObject),
    # Of a file: how it is called, what it is, and what was read in it.
    Column("name", String(200)),
    Column("media_type", String(100)),
    Column("size", BigInteger),
    Column("said", Text),
    # The version of the company's own template that it was drafted from.
    Column("template_version", Integer),
)

# Whoever wrote on a document can never approve it.
document_makers = Table(
    "document_makers",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What somebody typed and has not saved as a version.
document_drafts = Table(
    "document_drafts",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("base", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_document_drafts_person_id", "person_id"),
)

interviews = Table(
    "interviews",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("template_id", String(100), primary_key=True),
    Column("language", String(2), nullable=False),
    Column("answers", JsonObject, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_interviews_person_id", "person_id"),
)

document_shares = Table(
    "document_shares",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("role", String(15)),
    Column("level", String(5), nullable=False),
    Column("made_by", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("(person_id IS NULL) <> (role IS NULL)", "one_of_two"),
    CheckConstraint("level IN ('view', 'edit', 'admin')", "known_level"),
    UniqueConstraint("document_id", "person_id"),
    UniqueConstraint("document_id", "role"),
)

document_links = Table(
    "document_links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    # Neither the link's token nor its password ever reaches the disk.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("password_hash", String(200)),
    Column("made_by", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("opens", Integer, nullable=False),
    Column("opened_at", Instant),
)

document_comments = Table(
    "document_comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("parent_id", ForeignKey("document_comments.id", ondelete="CASCADE"), index=True),
    Column("version", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50), nullable=False),
    Column("at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", String(50)),
)

document_mentions = Table(
    "document_mentions",
    metadata,
    Column("comment_id", ForeignKey("document_comments.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_document_mentions_person_id", "person_id"),
)

document_suggestions = Table(
    "document_suggestions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("replacement", Text, nullable=False),
    Column("note", String(500), nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50), nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("decided_by", String(50)),
    Column("decided_at", Instant),
    Column("became", Integer),
    CheckConstraint("state IN ('open', 'accepted', 'refused')", "known_state"),
)

document_activity = Table(
    "document_activity",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50), nullable=False),
    Column("deed", String(20), nullable=False),
    Column("told", JsonObject, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_document_activity_document_id_at", "document_id", "at", "id"),
)

# A company's own templates: written here, or a Word file with fields.
own_templates = Table(
    "own_templates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("is_word", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("author", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("retired_at", Instant),
)

# Rows are added and never changed: documents name the version that they were made from.
own_template_versions = Table(
    "own_template_versions",
    metadata,
    Column("template_id", ForeignKey("own_templates.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author_id", Uuid),
    Column("author", String(50), nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("questions", JsonObject, nullable=False),
    Column("text", Text),
    Column("name", String(200)),
    Column("size", BigInteger),
    CheckConstraint("(text IS NULL) <> (name IS NULL)", "text_or_file"),
)
