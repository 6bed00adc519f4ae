"""People, what they sign in with and what happened to it, the companies they look after, members and invitations."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

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
    # Empty where there is none: who came by an account elsewhere need not have a password.
    Column("password_hash", String(255), nullable=False),
    # What mails to them are written in.
    Column("language", String(10), nullable=False, server_default="en"),
    # When it was shown that mail to the address reaches them; none until then, and after each change of it.
    Column("verified_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

# What was sent by mail to be opened once; a link that was used is gone.
links = Table(
    "links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(20), nullable=False),
    # The token itself stands in the mail and nowhere else.
    Column("token_hash", String(64), nullable=False, unique=True),
    # The address that the link is about.
    Column("email", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
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
    # How it began: password, code, passkey, elsewhere.
    Column("way", String(20)),
    # When its person last showed again who they are, after signing in.
    Column("confirmed_at", Instant),
    # What its person calls the device.
    Column("name", String(50)),
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

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(50), nullable=False),
    # In base64url, like the key. A device may give up to 1,023 bytes.
    Column("credential_id", String(1400), nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    # Whether it may live on several devices of the person's, and whether it does.
    Column("is_synced", Boolean, nullable=False),
    Column("is_backed_up", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
)

elsewhere = Table(
    "elsewhere",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    # The two together name an account elsewhere for ever; an e-mail can pass to somebody else.
    Column("issuer", String(300), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("email", String(100)),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    UniqueConstraint("issuer", "subject"),
)

happenings = Table(
    "happenings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("what", String(40), nullable=False),
    # Which one: the name of a passkey, a token, a device.
    Column("about", String(100)),
    Column("address", String(45)),
    Column("agent", String(200)),
    Column("request_id", String(64)),
    Index("ix_happenings_person_id_at", "person_id", "at"),
)

spent = Table(
    "spent",
    metadata,
    # Of what serves once: a challenge, a journey to another provider. Nothing of it can be read from here.
    Column("hash", String(64), primary_key=True),
    Column("forget_at", Instant, nullable=False, index=True),
)
