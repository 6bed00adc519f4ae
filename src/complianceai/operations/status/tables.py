"""What was found at each look, and the sums of each day."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table

from complianceai.storage.tables import Instant, metadata

# A look that went well is kept for two days, one that did not as long as the days are.
service_checks = Table(
    "service_checks",
    metadata,
    Column("service", String(20), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("is_up", Boolean, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("fault", String(200)),
    Index("ix_service_checks_at", "at"),
)

service_days = Table(
    "service_days",
    metadata,
    Column("service", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("checks", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    # Of all looks together, and of the slowest.
    Column("milliseconds", BigInteger, nullable=False),
    Column("slowest", Integer, nullable=False),
)
