"""What is kept of one template over many rows, for as long as the papers can be fetched."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

paper_batches = Table(
    "paper_batches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("person", String(50), nullable=False),
    Column("template_id", String(100), nullable=False),
    # Of a company's own template: the version that was looked at, and is used to the end.
    Column("template_version", Integer),
    Column("title", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("form", String(4), nullable=False),
    # The question whose answer names each file, or nothing.
    Column("named_by", String(100), nullable=False),
    # Whether each paper is kept as a document of the company too.
    Column("keeps", Boolean, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("columns", JsonObject, nullable=False),
    Column("state", String(8), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    # When all of it is swept away.
    Column("ends_at", Instant, nullable=False),
    Column("reason", Text),
    # The zip, once there is one.
    Column("sha256", String(64)),
    Column("size", BigInteger),
    CheckConstraint("state IN ('looked', 'running', 'done', 'stopped', 'failed')", "known_state"),
    Index("ix_paper_batches_company_id_created_at", "company_id", "created_at"),
)

paper_batch_rows = Table(
    "paper_batch_rows",
    metadata,
    Column("batch_id", ForeignKey("paper_batches.id", ondelete="CASCADE"), primary_key=True),
    # The row's number in the spreadsheet, the heading being 1.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("answers", JsonObject, nullable=False),
    Column("state", String(7), nullable=False),
    # What is wrong with it: the cell, the question, and the cure in each language.
    Column("faults", JsonObject, nullable=False),
    Column("name", String(200)),
    Column("sha256", String(64)),
    Column("document_id", Uuid),
    CheckConstraint("state IN ('waiting', 'faulty', 'made', 'failed')", "known_state"),
)
