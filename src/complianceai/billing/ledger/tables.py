"""Entries of the ledger and their moves; triggers refuse every edit (migration 0023)."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, SmallInteger, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    # What it comes of, such as payment:pay_29QQoUBi66xm2f: booked once, however often it is told.
    Column("source", String(80), nullable=False, unique=True),
    Column("account_id", Uuid, nullable=False, index=True),
    Column("happened_at", Instant, nullable=False),
    Column("booked_at", Instant, nullable=False),
)

ledger_moves = Table(
    "ledger_moves",
    metadata,
    Column("entry_id", ForeignKey("ledger_entries.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("debit", String(20), nullable=False),
    Column("credit", String(20), nullable=False),
    Column("paise", BigInteger, nullable=False),
    # A move has two sides and one amount: one that does not balance cannot be written at all.
    CheckConstraint("paise > 0", "positive"),
    CheckConstraint("debit <> credit", "two_sides"),
)
