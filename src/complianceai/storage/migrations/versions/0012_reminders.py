"""Reminders: how they are wanted, what was told, chats, and programs that are called."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nothing; the tables of reminders stand."""
    _wants()
    _alerts()
    _chats()
    _webhooks()


def _wants() -> None:
    op.create_table(
        "reminder_settings",
        _id_of("company_id"),
        sa.Column("before", JsonObject, nullable=False),
        sa.Column("duties", JsonObject, nullable=False),
        sa.Column("overdue", JsonObject, nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("reviewer_after", sa.SmallInteger()),
        sa.Column("owner_after", sa.SmallInteger()),
        sa.PrimaryKeyConstraint("company_id", name="pk_reminder_settings"),
        _of("reminder_settings", "companies", "company_id"),
    )
    op.create_table(
        "reminder_wishes",
        _id_of("person_id"),
        sa.Column("before", JsonObject),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("events_by_mail", sa.Boolean(), nullable=False),
        sa.Column("rhythm", sa.String(6), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_reminder_wishes"),
        _of("reminder_wishes", "people", "person_id"),
        sa.CheckConstraint("rhythm IN ('single', 'daily', 'weekly')", name="ck_reminder_wishes_known_rhythm"),
    )
    op.create_table(
        "digests",
        _id_of("person_id"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "on", name="pk_digests"),
        _of("digests", "people", "person_id"),
    )
    op.create_table(
        "reminder_runs",
        _id_of("company_id"),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_reminder_runs"),
        _of("reminder_runs", "companies", "company_id"),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        _id_of("id"),
        _id_of("recipient_id"),
        sa.Column("channel", sa.String(5), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        _id_of("company_id"),
        _id_of("task_id"),
        sa.Column("due_on", sa.Date()),
        sa.Column("said", JsonObject, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("read_at", Instant()),
        sa.Column("job_id", sa.Uuid()),
        sa.Column("sent_at", Instant()),
        sa.Column("dropped_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("recipient_id", "channel", "key", name="uq_alerts_recipient_id_channel_key"),
        sa.CheckConstraint("channel IN ('app', 'mail', 'chat')", name="ck_alerts_known_channel"),
        _of("alerts", "companies", "company_id"),
        _of("alerts", "tasks", "task_id"),
    )
    for column in ("company_id", "task_id", "job_id"):
        op.create_index(f"ix_alerts_{column}", "alerts", [column])
    op.create_index("ix_alerts_recipient_id_channel_at", "alerts", ["recipient_id", "channel", "at"])
    waits = sa.text("job_id IS NULL AND channel <> 'app'")
    op.create_index(
        "ix_alerts_waiting", "alerts", ["recipient_id"], sqlite_where=waits, postgresql_where=waits
    )


def _chats() -> None:
    op.create_table(
        "chats",
        _id_of("id"),
        _id_of("company_id"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("service", sa.String(20), nullable=False),
        sa.Column("address_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        _of("chats", "companies", "company_id"),
    )
    op.create_index("ix_chats_company_id", "chats", ["company_id"])


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        _id_of("id"),
        _id_of("company_id"),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("secret_sealed", sa.Text(), nullable=False),
        sa.Column("events", JsonObject, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("failing_since", Instant()),
        sa.Column("paused_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
        _of("webhooks", "companies", "company_id"),
    )
    op.create_index("ix_webhooks_company_id", "webhooks", ["company_id"])
    op.create_table(
        "webhook_deliveries",
        _id_of("id"),
        _id_of("webhook_id"),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("event", sa.String(30), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _id_of("task_id"),
        sa.Column("due_on", sa.Date()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
        sa.UniqueConstraint("webhook_id", "key", name="uq_webhook_deliveries_webhook_id_key"),
        sa.CheckConstraint(
            "state IN ('waiting', 'arrived', 'failed', 'dropped')", name="ck_webhook_deliveries_known_state"
        ),
        _of("webhook_deliveries", "webhooks", "webhook_id"),
    )
    by_time = ["webhook_id", "created_at"]
    op.create_index("ix_webhook_deliveries_webhook_id_created_at", "webhook_deliveries", by_time)
    op.create_table(
        "webhook_attempts",
        _id_of("id"),
        _id_of("delivery_id"),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("status", sa.SmallInteger()),
        sa.Column("error", sa.String(200)),
        sa.Column("milliseconds", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_attempts"),
        _of("webhook_attempts", "webhook_deliveries", "delivery_id"),
    )
    op.create_index("ix_webhook_attempts_delivery_id", "webhook_attempts", ["delivery_id"])


def _id_of(column: str) -> sa.Column[object]:
    return sa.Column(column, sa.Uuid(), nullable=False)


def _of(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
