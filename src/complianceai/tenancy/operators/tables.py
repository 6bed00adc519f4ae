"""Who runs the site, and when they last showed their second factor to its console."""

from sqlalchemy import Column, ForeignKey, Table

from complianceai.storage.tables import Instant, metadata

operators = Table(
    "operators",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("granted_at", Instant, nullable=False),
)

operator_steps = Table(
    "operator_steps",
    metadata,
    # Of one session: what was shown in one browser opens the console in no other.
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)
