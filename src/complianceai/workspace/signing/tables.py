"""Who is asked to sign which version, what each did, and the sealed paper that came of it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
)

from complianceai.storage.tables import Instant, metadata

signing_requests = Table(
    "signing_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("in_order", Boolean, nullable=False),
    Column("message", String(1000), nullable=False),
    Column("asked_by", Uuid),
    Column("asker", String(50), nullable=False),
    Column("asker_email", String(100), nullable=False),
    Column("language", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # The whole sealed file, which lies in the company's area; by it anybody's copy is known again.
    Column("sealed_sha256", String(64), index=True),
    CheckConstraint("state IN ('open', 'sealing', 'completed', 'declined', 'withdrawn')", "known_state"),
    CheckConstraint("(state = 'completed') = (sealed_sha256 IS NOT NULL)", "sealed_when_done"),
)

signers = Table(
    "signers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("request_id", ForeignKey("signing_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    Column("name", String(50), nullable=False),
    Column("email", String(100), nullable=False),
    # The link's token never reaches the disk; there is none before the signer's turn has come.
    Column("token_hash", String(64), unique=True),
    Column("invited_at", Instant),
    Column("viewed_at", Instant),
    Column("code_hash", String(64)),
    Column("code_until", Instant),
    Column("code_tries", SmallInteger, nullable=False),
    Column("signed_at", Instant),
    Column("declined_at", Instant),
    Column("reason", String(1000)),
    # How they wrote their name; what they drew, as lines of points between 0 and 1000.
    Column("typed", String(50)),
    Column("drawn", Text),
    Column("address", String(45)),
    Column("agent", String(200)),
    CheckConstraint("signed_at IS NULL OR typed IS NOT NULL", "signed_by_name"),
    CheckConstraint("signed_at IS NULL OR declined_at IS NULL", "one_answer"),
)
