"""What was bought, paid and given back, and what each account is worth a month.

No foreign keys to accounts or people: books are kept for years, whoever leaves.
Source: section 36 of the CGST Act 2017 (72 months from the due date of the annual return).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Uuid,
)

from complianceai.storage.tables import Instant, metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, nullable=False, index=True),
    # A mandate is charged each period; what is bought once ends by itself.
    Column("way", String(10), nullable=False),
    Column("plan", String(30), nullable=False),
    Column("period", String(10), nullable=False),
    Column("net_paise", BigInteger, nullable=False),
    Column("gross_paise", BigInteger, nullable=False),
    # Charged at once where a larger plan begins before the period that was paid for ends.
    Column("upfront_net_paise", BigInteger, nullable=False),
    Column("upfront_gross_paise", BigInteger, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    # Razorpay's: of a subscription or an order; none until Razorpay has answered.
    Column("gateway_id", String(40), unique=True),
    Column("short_url", String(300)),
    # When the first period is charged, where that is not at once.
    Column("starts_at", Instant),
    Column("current_start", Instant),
    Column("current_end", Instant),
    Column("ends_with_period", Boolean, nullable=False),
    # The one that ends when this one is agreed to.
    Column("replaces_id", Uuid),
    Column("past_due_since", Instant),
    # How many rungs of reminders to pay were sent since then.
    Column("dunned", SmallInteger, nullable=False),
    Column("created_by", Uuid),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("ended_at", Instant),
    CheckConstraint("way IN ('mandate', 'once')", "known_way"),
    CheckConstraint("period IN ('monthly', 'yearly')", "known_period"),
    CheckConstraint(
        "state IN ('waiting', 'agreed', 'active', 'past_due', 'unpaid', 'paused', 'ended')", "known_state"
    ),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("gateway_id", String(40), nullable=False, unique=True),
    Column("account_id", Uuid, nullable=False, index=True),
    Column("subscription_id", Uuid, nullable=False),
    Column("paise", BigInteger, nullable=False),
    # What the gateway keeps, the tax on it included, and that tax.
    Column("fee_paise", BigInteger, nullable=False),
    Column("fee_tax_paise", BigInteger, nullable=False),
    Column("method", String(30), nullable=False),
    Column("paid_at", Instant, nullable=False, index=True),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("paise > 0", "positive"),
)

refunds = Table(
    "refunds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("payment_id", ForeignKey("payments.id"), nullable=False, index=True),
    Column("account_id", Uuid, nullable=False),
    Column("paise", BigInteger, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("state", String(10), nullable=False),
    Column("gateway_id", String(40), unique=True),
    Column("asked_by", Uuid),
    Column("asked_at", Instant, nullable=False),
    Column("done_at", Instant),
    CheckConstraint("paise > 0", "positive"),
    CheckConstraint("state IN ('asked', 'done', 'refused')", "known_state"),
    CheckConstraint("state <> 'done' OR gateway_id IS NOT NULL", "done_there"),
)

gateway_plans = Table(
    "gateway_plans",
    metadata,
    # Of which of Razorpay's accounts: what was made with keys for trial is not there for the others.
    Column("key_id", String(40), primary_key=True),
    Column("plan", String(30), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("gross_paise", BigInteger, primary_key=True, autoincrement=False),
    Column("gateway_id", String(40), nullable=False),
)

revenue_changes = Table(
    "revenue_changes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("plan_before", String(30), nullable=False),
    Column("plan_after", String(30), nullable=False),
    Column("mrr_before_paise", BigInteger, nullable=False),
    Column("mrr_after_paise", BigInteger, nullable=False),
    CheckConstraint("mrr_before_paise >= 0 AND mrr_after_paise >= 0", "not_negative"),
    Index("ix_revenue_changes_account_id_changed_at", "account_id", "changed_at"),
    Index("ix_revenue_changes_changed_at", "changed_at"),
)
