"""What is asked of clients, and what they sent."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Uuid

from complianceai.storage.tables import Instant, JsonObject, metadata

client_requests = Table(
    "client_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    # The link's token never reaches the disk: whoever reads the table cannot open it.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("items", JsonObject, nullable=False),
    Column("asked_by", String(50), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

sent_files = Table(
    "sent_files",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("request_id", ForeignKey("client_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("item", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(100), nullable=False),
    # Who sent it, as they say; with an account, whose.
    Column("sender", String(50), nullable=False),
    Column("sender_id", Uuid),
    Column("sent_at", Instant, nullable=False),
    Column("decision", String(10)),
    Column("decided_at", Instant),
)
