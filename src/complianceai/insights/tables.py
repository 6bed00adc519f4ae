"""What operators tell everybody, and which parts of the product are on for whom."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, SmallInteger, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

LONGEST_TEXT = 300

announcements = Table(
    "announcements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("text_en", String(LONGEST_TEXT), nullable=False),
    Column("text_hi", String(LONGEST_TEXT), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("starts_at < ends_at", "has_a_time"),
)

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint("percent BETWEEN 0 AND 100", "percent"),
)

switched_people = Table(
    "switched_people",
    metadata,
    Column("name", ForeignKey("switches.name", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
)
