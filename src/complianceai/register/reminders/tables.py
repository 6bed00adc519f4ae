"""What reminders keep: how companies and people want them, and what was told to whom."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    text,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

# A company without a row has the defaults of `wants.Settings`.
reminder_settings = Table(
    "reminder_settings",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    # Days before the last day in time, and those of single duties by the duty's id.
    Column("before", JsonObject, nullable=False),
    Column("duties", JsonObject, nullable=False),
    Column("overdue", JsonObject, nullable=False),
    Column("weekly", Boolean, nullable=False),
    # After how many days of delay the reviewer and the owners are told as well; None: never.
    Column("reviewer_after", SmallInteger),
    Column("owner_after", SmallInteger),
)

# A person without a row has the defaults of `wants.Wishes`.
reminder_wishes = Table(
    "reminder_wishes",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    # None: as the company says.
    Column("before", JsonObject),
    Column("by_mail", Boolean, nullable=False),
    Column("events_by_mail", Boolean, nullable=False),
    Column("rhythm", String(6), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("digest_at", Time, nullable=False),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_until", Time, nullable=False),
    CheckConstraint("rhythm IN ('single', 'daily', 'weekly')", "known_rhythm"),
)

# Until which day a person's digest was written: the row is the lock of whoever writes the next.
digests = Table(
    "digests",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("on", Date, primary_key=True),
)

# When each company's reminders were last planned.
reminder_runs = Table(
    "reminder_runs",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("planned_at", Instant, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Uuid, primary_key=True),
    # A person, or a chat of the company's; kept without a key of its own because it may be either.
    Column("recipient_id", Uuid, nullable=False),
    Column("channel", String(5), nullable=False),
    # What is told: once to each recipient on each channel, whoever plans it how often.
    Column("key", String(120), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    # What it is of: a task, or a document of the room above.
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), index=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), index=True),
    # The day that the rung counts to; a task that moved has another.
    Column("due_on", Date),
    Column("said", JsonObject, nullable=False),
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),
    # The job of the outbox that tells it, and what came of it.
    Column("job_id", Uuid, index=True),
    Column("sent_at", Instant),
    Column("dropped_at", Instant),
    UniqueConstraint("recipient_id", "channel", "key"),
    Index("ix_alerts_recipient_id_channel_at", "recipient_id", "channel", "at"),
    CheckConstraint("channel IN ('app', 'mail', 'chat')", "known_channel"),
    CheckConstraint("(task_id IS NULL) <> (document_id IS NULL)", "of_something"),
)
Index(
    "ix_alerts_waiting",
    alerts.c.recipient_id,
    sqlite_where=text("job_id IS NULL AND channel <> 'app'"),
    postgresql_where=text("job_id IS NULL AND channel <> 'app'"),
)

chats = Table(
    "chats",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(60), nullable=False),
    Column("service", String(20), nullable=False),
    # The address holds the service's own secret.
    Column("address_sealed", Text, nullable=False),
    Column("language", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("address", String(500), nullable=False),
    Column("secret_sealed", Text, nullable=False),
    Column("events", JsonObject, nullable=False),
    Column("created_at", Instant, nullable=False),
    # Since when every attempt failed, and when that had lasted too long.
    Column("failing_since", Instant),
    Column("paused_at", Instant),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("webhook_id", ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(120), nullable=False),
    Column("event", String(30), nullable=False),
    # The very bytes that are signed and sent, also when they are sent again.
    Column("body", Text, nullable=False),
    Column("task_id", Uuid, nullable=False),
    Column("due_on", Date),
    Column("created_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    UniqueConstraint("webhook_id", "key"),
    Index("ix_webhook_deliveries_webhook_id_created_at", "webhook_id", "created_at"),
    CheckConstraint("state IN ('waiting', 'arrived', 'failed', 'dropped')", "known_state"),
)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column(
        "delivery_id", ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("at", Instant, nullable=False),
    # The status of the reply, or why there was none.
    Column("status", SmallInteger),
    Column("error", String(200)),
    Column("milliseconds", SmallInteger, nullable=False),
)
