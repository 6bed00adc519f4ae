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
    # The paper with the certificates' signatures so far, and the page of signatures as a file of its own: a page
    # behind a paper would break what is signed already.
    Column("paper_sha256", String(64)),
    Column("certificate_sha256", String(64)),
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

digital_signatures = Table(
    "digital_signatures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("signer_id", ForeignKey("signers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("way", String(5), nullable=False),
    # What the signature service knows it by.
    Column("txn", String(64), nullable=False, unique=True),
    Column("state", String(7), nullable=False),
    # The paper before, the paper with an empty place for the signature, and where in it that place is.
    Column("base_sha256", String(64), nullable=False),
    Column("prepared_sha256", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("region_start", Integer, nullable=False),
    Column("region_end", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("fault", String(40)),
    # Of the certificate no more than tells it from others: a subject may hold parts of an Aadhaar number.
    Column("holder", String(100)),
    Column("issuer", String(200)),
    Column("serial", String(64)),
    Column("revocation_checked", Boolean),
    CheckConstraint("way IN ('esign', 'dsc')", "known_way"),
    CheckConstraint("state IN ('begun', 'done', 'refused', 'late')", "known_state"),
    CheckConstraint("(state = 'done') = (serial IS NOT NULL)", "named_when_done"),
)
