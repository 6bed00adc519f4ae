"""What the register keeps of a company's work."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from complianceai.storage.tables import Instant, JsonObject, metadata

_IS_OPEN = text("state IN ('to_do', 'in_preparation', 'in_review', 'sent_back')")

# One row a company: how its register is kept, and what it was last brought in step with.
registers = Table(
    "registers",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    # None: demanded as soon as more than one person works for the company.
    Column("review_required", Boolean),
    Column("engaged_from", Date),
    Column("engaged_until", Date),
    Column("company_version", Integer, nullable=False),
    Column("law", String(64), nullable=False),
    Column("window_start", Date, nullable=False),
    Column("window_end", Date, nullable=False),
    Column("kept_from", Date),
    Column("kept_until", Date),
    Column("synced_at", Instant, nullable=False),
)

custom_duties = Table(
    "custom_duties",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("authority", String(60), nullable=False),
    Column("notes", Text, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("repeats", String(10), nullable=False),
    Column("ends_on", Date),
    Column("created_by", Uuid),
    Column("created_at", Instant, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("authority", String(60), nullable=False),
    Column("section", String(100), nullable=False),
    Column("reference", String(100), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("dated", Date, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("reply_due", Date),
    Column("hearing_on", Date),
    Column("state", String(20), nullable=False),
    Column("notes", Text, nullable=False),
    Column("created_by", Uuid),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

# What became of a notice: replies, hearings, adjournments with both dates, orders. Rows are added and never changed.
notice_events = Table(
    "notice_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice_id", ForeignKey("notices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("on", Date, nullable=False),
    Column("moved_from", Date),
    Column("moved_to", Date),
    Column("text", Text, nullable=False),
    Column("person_id", Uuid),
    Column("person", String(50)),
    Column("at", Instant, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False),
    # What the law, a custom duty or a notice says; written by the sync alone, in the order of `wanted.Wanted`.
    Column("key", String(250), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("obligation_id", String(100)),
    Column("form", String(60), nullable=False),
    Column("title", String(400), nullable=False),
    Column("authority", String(60), nullable=False),
    Column("registration", String(10)),
    Column("period_label", String(60), nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("part", String(100), nullable=False),
    Column("certainty", String(12), nullable=False),
    Column("statutory_date", Date, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("effective_date", Date, nullable=False),
    Column("extended_by", String(300)),
    Column("risk", SmallInteger, nullable=False),
    Column("duty_id", ForeignKey("custom_duties.id", ondelete="CASCADE")),
    Column("notice_id", ForeignKey("notices.id", ondelete="CASCADE")),
    # Where its dates stood before they moved, the earliest first.
    Column("earlier_dates", JsonObject, nullable=False),
    # Why the sync closed it, and the state to which it returns if it applies again.
    Column("lapse", String(20)),
    Column("lapsed_from", String(20)),
    Column("lapsed_at", Instant),
    # What people decide.
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("priority", String(6)),
    Column("working_date", Date),
    Column("assignee_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("reviewer_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("notes", Text, nullable=False),
    # The facts of the filing, to which an approval is bound.
    Column("filed_on", Date),
    Column("acknowledgement", String(100), nullable=False),
    Column("amount_paise", BigInteger),
    Column("filing_note", Text, nullable=False),
    # Names are kept beside ids without a foreign key: who prepared and who approved outlives an account.
    Column("prepared_by", Uuid),
    Column("prepared_name", String(50)),
    Column("prepared_at", Instant),
    Column("approved_by", Uuid),
    Column("approved_name", String(50)),
    Column("approved_at", Instant),
    Column("approved_hash", String(64)),
    Column("approved_facts", Text),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("company_id", "key"),
    Index("ix_tasks_company_id_effective_date", "company_id", "effective_date", "id"),
    Index("ix_tasks_company_id_state", "company_id", "state", "effective_date"),
    Index("ix_tasks_effective_date", "effective_date"),
    Index("ix_tasks_open", "effective_date", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    Index("ix_tasks_duty_id", "duty_id"),
    Index("ix_tasks_notice_id", "notice_id"),
    CheckConstraint(
        "state IN ('to_do', 'in_preparation', 'in_review', 'sent_back', 'filed', 'waived', 'not_applicable')",
        "known_state",
    ),
    CheckConstraint("approved_by IS NULL OR prepared_by IS NULL OR approved_by <> prepared_by", "two_people"),
    CheckConstraint("(approved_by IS NULL) = (approved_hash IS NULL)", "approval_is_bound"),
    CheckConstraint("state <> 'filed' OR filed_on IS NOT NULL", "filed_on_a_day"),
    CheckConstraint("state <> 'waived' OR reason IS NOT NULL", "waived_with_reason"),
    CheckConstraint("assignee_id IS NULL OR reviewer_id IS NULL OR assignee_id <> reviewer_id", "two_roles"),
)

# Who worked on a task's filing, ever. The database lets nobody out of here and none of them approve (migration 0009).
task_makers = Table(
    "task_makers",
    metadata,
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What somebody said of a task so that its lateness can be priced, by the names of its duty's inputs.
task_inputs = Table(
    "task_inputs",
    metadata,
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column("inputs", JsonObject, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

# The hash of each file that proves it; taken away is said and not deleted.
task_evidence = Table(
    "task_evidence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("added_by", Uuid),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),
    # What the file is, and what was read on it; none where only a hash was given (migration 0010).
    Column("size", BigInteger),
    Column("media_type", String(100)),
    # The day that it is about, which is not the day on which it was added; and the last on which it is good.
    Column("about_on", Date),
    Column("expires_on", Date, index=True),
    Column("said", JsonObject),
)

# Own items, and the ticks on what the catalogue says is filed with it.
task_items = Table(
    "task_items",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", String(300), nullable=False),
    Column("is_own", Boolean, nullable=False),
    Column("done_at", Instant),
    Column("done_by", String(50)),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("task_id", "text"),
)

task_comments = Table(
    "task_comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", Uuid),
    Column("person", String(50), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

task_mentions = Table(
    "task_mentions",
    metadata,
    Column("comment_id", ForeignKey("task_comments.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_task_mentions_person_id", "person_id"),
)
