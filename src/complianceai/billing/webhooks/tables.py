"""What was told, so that it is heard once."""

from sqlalchemy import Column, String, Table

from complianceai.storage.tables import Instant, metadata

gateway_events = Table(
    "gateway_events",
    metadata,
    # The header that names an event is not signed, its body is: told again under another name, it is known.
    Column("body_hash", String(64), primary_key=True),
    Column("event_id", String(64), unique=True),
    Column("event", String(60), nullable=False),
    # Razorpay's id of the subscription, order or payment that it is about.
    Column("about", String(40), nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
)
