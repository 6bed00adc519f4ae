"""People, their sessions, factors and tokens, the companies they look after, who is a member and who is invited."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, Uuid

from complianceai.storage.tables import Instant, JsonObject, metadata

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(50), nullable=False),
    Column("email", String(100), nullable=False),
    # What makes two spellings of one address the same person.
    Column("email_key", String(200), nullable=False, unique=True),
    Column("phone", String(10)),
    Column("password_hash", String(255), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    # The cookie's token never reaches the disk: whoever reads the table cannot sign in with it.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("address", String(45)),
    Column("agent", String(200)),
)

companies = Table(
    "companies",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("gstin", String(15)),
    Column("profile", JsonObject, nullable=False),
    # Counts the edits, so that a stale one is noticed.
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("updated_at", Instant, nullable=False),
    Column("updated_by", ForeignKey("people.id", ondelete="SET NULL")),
)

members = Table(
    "members",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    # The last day, in India; none where the membership does not end by itself.
    Column("until", Date),
    Index("ix_members_person_id", "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email", String(100), nullable=False),
    Column("email_key", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("until", Date),
    # The link's token never reaches the disk, like a session's.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("invited_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # Set once it is accepted, withdrawn, or replaced by a newer one.
    Column("closed_at", Instant),
)

factors = Table(
    "factors",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    # Sealed with a key of SECRET_KEY: the codes must be worked out again, so a hash would not do.
    Column("secret", String(255), nullable=False),
    Column("created_at", Instant, nullable=False),
    # None until the first code has shown that the person's device knows the secret.
    Column("confirmed_at", Instant),
    # The last half-minute whose code was taken; a code is not taken twice.
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(50), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    # Words with spaces between, such as "read write".
    Column("scopes", String(60), nullable=False),
    # The ids of the only companies that it reaches; none where it reaches all of the person's.
    Column("company_ids", JSON(none_as_null=True)),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_used_at", Instant),
)
