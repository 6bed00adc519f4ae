"""What the comparisons found."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

money_differences = Table(
    "money_differences",
    metadata,
    Column("kind", String(20), primary_key=True),
    # Razorpay's id of the payment or refund.
    Column("gateway_id", String(40), primary_key=True),
    Column("ours_paise", BigInteger),
    Column("theirs_paise", BigInteger),
    Column("found_at", Instant, nullable=False),
    # When a later comparison did not find it any more.
    Column("gone_at", Instant),
)

money_comparisons = Table(
    "money_comparisons",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ran_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("compared", Integer, nullable=False),
    Column("differences", Integer, nullable=False),
)
