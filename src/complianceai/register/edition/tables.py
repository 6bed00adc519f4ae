"""What was recorded."""

from sqlalchemy import Column, String, Table, Text, Uuid

from complianceai.storage.tables import Instant, metadata

law_extensions = Table(
    "law_extensions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("obligation_id", String(100), nullable=False),
    # The lines as canonical JSON, in the catalogue's own form.
    Column("lines", Text, nullable=False),
    Column("instrument", String(300), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    # Rows are added and undone, never changed otherwise and never removed: their counts tell one state from another.
    Column("undone_at", Instant),
)
