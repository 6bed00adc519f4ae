"""Which views there are."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, Uuid

from complianceai.storage.tables import Instant, metadata

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    # What stands behind the question mark of the list's address; it serves for every company of the person's.
    Column("query", String(500), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("person_id", "name"),
)
