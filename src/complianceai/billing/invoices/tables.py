"""Invoices and credit notes as they were issued; triggers refuse every edit (migration 0023)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

invoice_series = Table(
    "invoice_series",
    metadata,
    Column("prefix", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)

tax_invoices = Table(
    "tax_invoices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("kind", String(12), nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("payment_id", Uuid, nullable=False),
    Column("refund_id", Uuid, unique=True),
    # Of a credit note: the invoice that it corrects.
    Column("about_number", String(16)),
    Column("about_on", Date),
    # As both stood on that day: names, addresses, GSTINs.
    Column("seller", JsonObject, nullable=False),
    Column("buyer", JsonObject, nullable=False),
    Column("place_of_supply", String(2), nullable=False),
    Column("sac", String(8), nullable=False),
    Column("plan", String(30), nullable=False),
    # What for: a period, or the difference to a larger plan.
    Column("purpose", String(12), nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("net_paise", BigInteger, nullable=False),
    Column("cgst_paise", BigInteger, nullable=False),
    Column("sgst_paise", BigInteger, nullable=False),
    Column("igst_paise", BigInteger, nullable=False),
    Column("total_paise", BigInteger, nullable=False),
    CheckConstraint("kind IN ('invoice', 'credit_note')", "known_kind"),
    CheckConstraint("total_paise = net_paise + cgst_paise + sgst_paise + igst_paise", "adds_up"),
    CheckConstraint("igst_paise = 0 OR cgst_paise = 0", "one_tax"),
    CheckConstraint("(kind = 'credit_note') = (refund_id IS NOT NULL)", "refund"),
    Index("ix_tax_invoices_account_id_issued_at", "account_id", "issued_at"),
    # One invoice for a payment, and as many credit notes as it has refunds.
    Index(
        "uq_tax_invoices_payment_id",
        "payment_id",
        unique=True,
        sqlite_where=text("kind = 'invoice'"),
        postgresql_where=text("kind = 'invoice'"),
    ),
)
