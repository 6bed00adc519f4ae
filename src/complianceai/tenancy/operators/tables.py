"""Who runs the site, and when they last showed their second factor to its console."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Uuid

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

# A person lets one operator see what they see, for some hours, by a code that they hand over themselves.
help_permits = Table(
    "help_permits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("may_change", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("helper_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("session_id", ForeignKey("sessions.id", ondelete="SET NULL"), index=True),
)
