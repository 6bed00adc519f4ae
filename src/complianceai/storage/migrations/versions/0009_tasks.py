"""The register: tasks, what people write and decide about them, custom duties and notices."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0009"
down_revision = "0008"

STATES = "'to_do', 'in_preparation', 'in_review', 'sent_back', 'filed', 'waived', 'not_applicable'"
OWN_WORK = "nobody approves what they worked on"
UNREVIEWED = "this company files nothing without an approval"
FOR_GOOD = "who worked on a task is kept for good"


def upgrade() -> None:
    """Nothing; the tables of the register stand, and the database itself lets nobody approve their own work."""
    _create_registers()
    _create_sources()
    _create_tasks()
    _create_parts()
    _guard_on_sqlite() if op.get_bind().dialect.name == "sqlite" else _guard_on_postgresql()


def _create_registers() -> None:
    op.create_table(
        "registers",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("review_required", sa.Boolean()),
        sa.Column("engaged_from", sa.Date()),
        sa.Column("engaged_until", sa.Date()),
        sa.Column("company_version", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(64), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.Column("kept_from", sa.Date()),
        sa.Column("kept_until", sa.Date()),
        sa.Column("synced_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_registers"),
        _of("companies", "company_id", "registers"),
    )


def _create_sources() -> None:
    op.create_table(
        "custom_duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("authority", sa.String(60), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("repeats", sa.String(10), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_custom_duties"),
        _of("companies", "company_id", "custom_duties"),
    )
    op.create_index("ix_custom_duties_company_id", "custom_duties", ["company_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.String(60), nullable=False),
        sa.Column("section", sa.String(100), nullable=False),
        sa.Column("reference", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reply_due", sa.Date()),
        sa.Column("hearing_on", sa.Date()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        _of("companies", "company_id", "notices"),
    )
    op.create_index("ix_notices_company_id", "notices", ["company_id"])
    op.create_table(
        "notice_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("moved_from", sa.Date()),
        sa.Column("moved_to", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person", sa.String(50)),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_events"),
        _of("notices", "notice_id", "notice_events"),
    )
    op.create_index("ix_notice_events_notice_id", "notice_events", ["notice_id"])


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        *_columns_of_the_law(),
        *_columns_of_people(),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("company_id", "key", name="uq_tasks_company_id_key"),
        _of("companies", "company_id", "tasks"),
        _of("custom_duties", "duty_id", "tasks"),
        _of("notices", "notice_id", "tasks"),
        _of("people", "assignee_id", "tasks", "SET NULL"),
        _of("people", "reviewer_id", "tasks", "SET NULL"),
        *_checks(),
    )
    op.create_index("ix_tasks_company_id_effective_date", "tasks", ["company_id", "effective_date", "id"])
    op.create_index("ix_tasks_company_id_state", "tasks", ["company_id", "state", "effective_date"])
    for column in ("assignee_id", "reviewer_id", "duty_id", "notice_id"):
        op.create_index(f"ix_tasks_{column}", "tasks", [column])


def _columns_of_the_law() -> list[sa.Column[object]]:
    return [
        sa.Column("key", sa.String(250), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("obligation_id", sa.String(100)),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("authority", sa.String(60), nullable=False),
        sa.Column("registration", sa.String(10)),
        sa.Column("period_label", sa.String(60), nullable=False),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        sa.Column("part", sa.String(100), nullable=False),
        sa.Column("certainty", sa.String(12), nullable=False),
        sa.Column("statutory_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("effective_date", sa.Date(), nullable=False),
        sa.Column("extended_by", sa.String(300)),
        sa.Column("risk", sa.SmallInteger(), nullable=False),
        sa.Column("duty_id", sa.Uuid()),
        sa.Column("notice_id", sa.Uuid()),
        sa.Column("earlier_dates", JsonObject, nullable=False),
        sa.Column("lapse", sa.String(20)),
        sa.Column("lapsed_from", sa.String(20)),
        sa.Column("lapsed_at", Instant()),
    ]


def _columns_of_people() -> list[sa.Column[object]]:
    return [
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("priority", sa.String(6)),
        sa.Column("working_date", sa.Date()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("reviewer_id", sa.Uuid()),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date()),
        sa.Column("acknowledgement", sa.String(100), nullable=False),
        sa.Column("amount_paise", sa.BigInteger()),
        sa.Column("filing_note", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Uuid()),
        sa.Column("prepared_name", sa.String(50)),
        sa.Column("prepared_at", Instant()),
        sa.Column("approved_by", sa.Uuid()),
        sa.Column("approved_name", sa.String(50)),
        sa.Column("approved_at", Instant()),
        sa.Column("approved_hash", sa.String(64)),
        sa.Column("approved_facts", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "known_state": f"state IN ({STATES})",
        "two_people": "approved_by IS NULL OR prepared_by IS NULL OR approved_by <> prepared_by",
        "approval_is_bound": "(approved_by IS NULL) = (approved_hash IS NULL)",
        "filed_on_a_day": "state <> 'filed' OR filed_on IS NOT NULL",
        "waived_with_reason": "state <> 'waived' OR reason IS NOT NULL",
        "two_roles": "assignee_id IS NULL OR reviewer_id IS NULL OR assignee_id <> reviewer_id",
    }
    return [sa.CheckConstraint(rule, name=f"ck_tasks_{name}") for name, rule in rules.items()]


def _create_parts() -> None:
    op.create_table(
        "task_makers",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", "person_id", name="pk_task_makers"),
        _of("tasks", "task_id", "task_makers"),
    )
    _create_part(
        "task_evidence",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("added_by", sa.Uuid()),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant()),
    )
    _create_part(
        "task_items",
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.Column("done_by", sa.String(50)),
        sa.Column("created_at", Instant(), nullable=False),
        sa.UniqueConstraint("task_id", "text", name="uq_task_items_task_id_text"),
    )
    _create_part(
        "task_comments",
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person", sa.String(50), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_table(
        "task_mentions",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name="pk_task_mentions"),
        _of("task_comments", "comment_id", "task_mentions"),
        _of("people", "person_id", "task_mentions"),
    )
    op.create_index("ix_task_mentions_person_id", "task_mentions", ["person_id"])


def _create_part(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _of("tasks", "task_id", name),
    )
    op.create_index(f"ix_{name}_task_id", name, ["task_id"])


def _of(other: str, column: str, table: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=on_delete)


# Whether the company demands a review: its own word, or else where a practice serves it or several people work for it.
DEMANDED = """COALESCE(
  (SELECT review_required FROM registers WHERE company_id = NEW.company_id),
  EXISTS (SELECT 1 FROM engagements WHERE company_id = NEW.company_id AND closed_at IS NULL)
  OR (SELECT count(*) > 1 FROM members WHERE company_id = NEW.company_id
    AND role IN ('owner', 'administrator', 'preparer', 'reviewer')))"""
MADE_BY_APPROVER = "EXISTS (SELECT 1 FROM task_makers WHERE task_id = NEW.id AND person_id = NEW.approved_by)"
APPROVED_BY_MAKER = "EXISTS (SELECT 1 FROM tasks WHERE id = NEW.task_id AND approved_by = NEW.person_id)"
FILED_BARE = "NEW.state = 'filed' AND NEW.approved_by IS NULL"
NEWLY_BARE = f"{FILED_BARE} AND (OLD.state <> 'filed' OR OLD.approved_by IS NOT NULL)"


def _guard_on_sqlite() -> None:
    own_work = f"NEW.approved_by IS NOT NULL AND {MADE_BY_APPROVER}"
    has_task = "EXISTS (SELECT 1 FROM tasks WHERE id = OLD.task_id)"
    guards = {
        "tasks_refuse_own_work_new BEFORE INSERT ON tasks": (own_work, OWN_WORK),
        "tasks_refuse_own_work BEFORE UPDATE ON tasks": (own_work, OWN_WORK),
        "tasks_refuse_unreviewed_new BEFORE INSERT ON tasks": (f"{FILED_BARE} AND {DEMANDED}", UNREVIEWED),
        "tasks_refuse_unreviewed BEFORE UPDATE ON tasks": (f"{NEWLY_BARE} AND {DEMANDED}", UNREVIEWED),
        "task_makers_refuse_approver BEFORE INSERT ON task_makers": (APPROVED_BY_MAKER, OWN_WORK),
        "task_makers_refuse_update BEFORE UPDATE ON task_makers": ("1", FOR_GOOD),
        "task_makers_refuse_delete BEFORE DELETE ON task_makers": (has_task, FOR_GOOD),
    }
    for head, (condition, told) in guards.items():
        op.execute(f"CREATE TRIGGER {head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{told}'); END")


def _guard_on_postgresql() -> None:
    _guard("tasks", "INSERT OR UPDATE", f"""
  IF NEW.approved_by IS NOT NULL AND {MADE_BY_APPROVER} THEN RAISE EXCEPTION '{OWN_WORK}'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF {FILED_BARE} AND {DEMANDED} THEN RAISE EXCEPTION '{UNREVIEWED}'; END IF;
  ELSIF {NEWLY_BARE} AND {DEMANDED} THEN RAISE EXCEPTION '{UNREVIEWED}'; END IF;
  RETURN NEW;""")  # fmt: skip
    _guard("task_makers", "INSERT OR UPDATE OR DELETE", f"""
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{FOR_GOOD}'; END IF;
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM tasks WHERE id = OLD.task_id) THEN RAISE EXCEPTION '{FOR_GOOD}'; END IF;
    RETURN OLD;
  END IF;
  IF {APPROVED_BY_MAKER} THEN RAISE EXCEPTION '{OWN_WORK}'; END IF;
  RETURN NEW;""")  # fmt: skip  # nosec B608  # noqa: S608 - made of our own words alone


def _guard(table: str, deeds: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(
        f"CREATE TRIGGER {table}_guard BEFORE {deeds} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
    )
