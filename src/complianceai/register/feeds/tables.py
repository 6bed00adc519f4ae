"""Which feeds there are."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

# With neither a company nor a practice it has what is given to its person, wherever that is.
feeds = Table(
    "feeds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    # The address never reaches the disk: whoever reads the table cannot fetch with it.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE")),
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE")),
    # Whether events go without the names of companies, for calendars that others see.
    Column("hides_names", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("fetched_at", Instant),
    CheckConstraint("company_id IS NULL OR practice_id IS NULL", "one_subject"),
)
