"""What is kept of each import, so that it can be undone exactly."""

from sqlalchemy import Column, ForeignKey, String, Table, Uuid

from complianceai.storage.tables import Instant, JsonObject, metadata

task_imports = Table(
    "task_imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    # What each row changes, from what to what; and what is wrong with which cell.
    Column("edits", JsonObject, nullable=False),
    Column("faults", JsonObject, nullable=False),
    Column("applied_at", Instant),
    Column("undone_at", Instant),
)
