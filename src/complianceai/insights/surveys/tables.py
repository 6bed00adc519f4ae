"""What people were asked, when, and what they said."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, SmallInteger, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

LONGEST_COMMENT = 1000

surveys = Table(
    "surveys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("question", String(4), nullable=False),
    Column("moment", String(20), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant, index=True),
    Column("dismissed_at", Instant),
    Column("score", SmallInteger),
    Column("comment", String(LONGEST_COMMENT), nullable=False),
    Index("ix_surveys_person_id_asked_at", "person_id", "asked_at"),
    CheckConstraint("question IN ('csat', 'nps')", "known_question"),
    CheckConstraint("(answered_at IS NULL) = (score IS NULL)", "scored"),
    CheckConstraint("score IS NULL OR score BETWEEN 0 AND 10", "on_scale"),
)
