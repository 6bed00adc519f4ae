"""Money: what was bought, paid and refunded, the ledger of it in double entry, tax invoices, and what Razorpay said."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0023"
down_revision = "0022"

# What was booked or invoiced is corrected by a further row, never by an edit.
FINAL = ("ledger_entries", "ledger_moves", "tax_invoices")
REFUSAL = "what was booked is kept without edits"
# No foreign keys to accounts or people: books are kept for eight years, whoever leaves.


def upgrade() -> None:
    """Nothing; the tables stand, and the books refuse edits."""
    _create_subscriptions()
    _create_payments()
    _create_ledger()
    _create_invoices()
    _create_gateway()
    _guard()


def _create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("plan", sa.String(30), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("net_paise", sa.BigInteger(), nullable=False),
        sa.Column("gross_paise", sa.BigInteger(), nullable=False),
        sa.Column("upfront_net_paise", sa.BigInteger(), nullable=False),
        sa.Column("upfront_gross_paise", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("gateway_id", sa.String(40)),
        sa.Column("short_url", sa.String(300)),
        sa.Column("starts_at", Instant()),
        sa.Column("current_start", Instant()),
        sa.Column("current_end", Instant()),
        sa.Column("ends_with_period", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid()),
        sa.Column("past_due_since", Instant()),
        sa.Column("dunned", sa.SmallInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.CheckConstraint("way IN ('mandate', 'once')", name="ck_subscriptions_known_way"),
        sa.CheckConstraint("period IN ('monthly', 'yearly')", name="ck_subscriptions_known_period"),
        sa.CheckConstraint(
            "state IN ('waiting', 'agreed', 'active', 'past_due', 'unpaid', 'paused', 'ended')",
            name="ck_subscriptions_known_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("gateway_id", name="uq_subscriptions_gateway_id"),
    )
    op.create_index("ix_subscriptions_account_id", "subscriptions", ["account_id"])
    op.create_index("ix_subscriptions_state", "subscriptions", ["state"])


def _create_payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gateway_id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("paise", sa.BigInteger(), nullable=False),
        sa.Column("fee_paise", sa.BigInteger(), nullable=False),
        sa.Column("fee_tax_paise", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(30), nullable=False),
        sa.Column("paid_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("paise > 0", name="ck_payments_positive"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("gateway_id", name="uq_payments_gateway_id"),
    )
    op.create_index("ix_payments_account_id", "payments", ["account_id"])
    op.create_index("ix_payments_paid_at", "payments", ["paid_at"])
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("paise", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("gateway_id", sa.String(40)),
        sa.Column("asked_by", sa.Uuid()),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.CheckConstraint("paise > 0", name="ck_refunds_positive"),
        sa.CheckConstraint("state IN ('asked', 'done', 'refused')", name="ck_refunds_known_state"),
        sa.CheckConstraint("state <> 'done' OR gateway_id IS NOT NULL", name="ck_refunds_done_there"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("gateway_id", name="uq_refunds_gateway_id"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_refunds_payment_id"),
    )
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"])


def _create_ledger() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("booked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entries"),
        sa.UniqueConstraint("source", name="uq_ledger_entries_source"),
    )
    op.create_index("ix_ledger_entries_account_id", "ledger_entries", ["account_id"])
    op.create_table(
        "ledger_moves",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("debit", sa.String(20), nullable=False),
        sa.Column("credit", sa.String(20), nullable=False),
        sa.Column("paise", sa.BigInteger(), nullable=False),
        # A move has two sides and one amount: one that does not balance cannot be written at all.
        sa.CheckConstraint("paise > 0", name="ck_ledger_moves_positive"),
        sa.CheckConstraint("debit <> credit", name="ck_ledger_moves_two_sides"),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_ledger_moves"),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entries.id"], name="fk_ledger_moves_entry_id"),
    )


def _create_invoices() -> None:
    op.create_table(
        "invoice_series",
        sa.Column("prefix", sa.String(8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name="pk_invoice_series"),
    )
    op.create_table(
        "tax_invoices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid()),
        sa.Column("about_number", sa.String(16)),
        sa.Column("about_on", sa.Date()),
        sa.Column("seller", JsonObject, nullable=False),
        sa.Column("buyer", JsonObject, nullable=False),
        sa.Column("place_of_supply", sa.String(2), nullable=False),
        sa.Column("sac", sa.String(8), nullable=False),
        sa.Column("plan", sa.String(30), nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        sa.Column("net_paise", sa.BigInteger(), nullable=False),
        sa.Column("cgst_paise", sa.BigInteger(), nullable=False),
        sa.Column("sgst_paise", sa.BigInteger(), nullable=False),
        sa.Column("igst_paise", sa.BigInteger(), nullable=False),
        sa.Column("total_paise", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note')", name="ck_tax_invoices_known_kind"),
        sa.CheckConstraint(
            "total_paise = net_paise + cgst_paise + sgst_paise + igst_paise", name="ck_tax_invoices_adds_up"
        ),
        sa.CheckConstraint("igst_paise = 0 OR cgst_paise = 0", name="ck_tax_invoices_one_tax"),
        sa.CheckConstraint("(kind = 'credit_note') = (refund_id IS NOT NULL)", name="ck_tax_invoices_refund"),
        sa.PrimaryKeyConstraint("id", name="pk_tax_invoices"),
        sa.UniqueConstraint("number", name="uq_tax_invoices_number"),
        sa.UniqueConstraint("refund_id", name="uq_tax_invoices_refund_id"),
    )
    op.create_index("ix_tax_invoices_account_id_issued_at", "tax_invoices", ["account_id", "issued_at"])
    op.create_index(
        "uq_tax_invoices_payment_id",
        "tax_invoices",
        ["payment_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'invoice'"),
        postgresql_where=sa.text("kind = 'invoice'"),
    )


def _create_gateway() -> None:
    op.create_table(
        "gateway_plans",
        sa.Column("key_id", sa.String(40), nullable=False),
        sa.Column("plan", sa.String(30), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("gross_paise", sa.BigInteger(), nullable=False),
        sa.Column("gateway_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "plan", "period", "gross_paise", name="pk_gateway_plans"),
    )
    op.create_table(
        "gateway_events",
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("event_id", sa.String(64)),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("body_hash", name="pk_gateway_events"),
        sa.UniqueConstraint("event_id", name="uq_gateway_events_event_id"),
    )
    op.create_index("ix_gateway_events_received_at", "gateway_events", ["received_at"])
    op.create_table(
        "money_differences",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("gateway_id", sa.String(40), nullable=False),
        sa.Column("ours_paise", sa.BigInteger()),
        sa.Column("theirs_paise", sa.BigInteger()),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("gone_at", Instant()),
        sa.PrimaryKeyConstraint("kind", "gateway_id", name="pk_money_differences"),
    )
    op.create_table(
        "money_comparisons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ran_at", Instant(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_money_comparisons"),
    )


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in FINAL:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION books_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in FINAL:
        op.execute(
            f"CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION books_refuse()"
        )
