"""What people do and think, as figures; announcements, switches, and help that a person allows an operator to give."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant

revision = "0024"
down_revision = "0023"

REFUSAL = "what was done is counted without edits"


def upgrade() -> None:
    """Nothing; the tables stand, and what was done refuses edits. It may be removed: with its person or for its age."""
    _create_counting()
    _create_sums()
    _create_surveys()
    _create_console()
    _guard()


def _create_counting() -> None:
    op.create_table(
        "counting",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("may_count", sa.Boolean(), nullable=False),
        sa.Column("decided_at", Instant()),
        sa.PrimaryKeyConstraint("person_id", name="pk_counting"),
        sa.UniqueConstraint("pseudonym", name="uq_counting_pseudonym"),
        _of("counting", "person_id", "people.id"),
    )
    op.create_table(
        "actions_done",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid()),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("length", sa.Integer()),
        sa.Column("took_ms", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_actions_done"),
        _of("actions_done", "pseudonym", "counting.pseudonym"),
    )
    op.create_index("ix_actions_done_pseudonym", "actions_done", ["pseudonym"])
    op.create_index("ix_actions_done_at", "actions_done", ["at"])
    steps = ("company", "filed", "document", "question", "invited")
    op.create_table(
        "journeys",
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        *(sa.Column(f"{step}_on", sa.Date()) for step in steps),
        sa.PrimaryKeyConstraint("pseudonym", name="pk_journeys"),
        _of("journeys", "pseudonym", "counting.pseudonym"),
    )
    op.create_index("ix_journeys_signed_on", "journeys", ["signed_on"])
    op.create_table(
        "active_spans",
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("span", sa.String(5), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym", "span", "starts_on", name="pk_active_spans"),
        _of("active_spans", "pseudonym", "counting.pseudonym"),
    )


def _create_sums() -> None:
    op.create_table(
        "cohorts",
        sa.Column("span", sa.String(5), nullable=False),
        sa.Column("cohort", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("span", "cohort", "starts_on", name="pk_cohorts"),
    )
    op.create_table(
        "figure_days",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("part", sa.String(60), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("figure", "on", "part", name="pk_figure_days"),
    )


def _create_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(4), nullable=False),
        sa.Column("moment", sa.String(20), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant()),
        sa.Column("dismissed_at", Instant()),
        sa.Column("score", sa.SmallInteger()),
        sa.Column("comment", sa.String(1000), nullable=False),
        sa.CheckConstraint("question IN ('csat', 'nps')", name="ck_surveys_known_question"),
        sa.CheckConstraint("(answered_at IS NULL) = (score IS NULL)", name="ck_surveys_scored"),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 10", name="ck_surveys_on_scale"),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        _of("surveys", "person_id", "people.id"),
    )
    op.create_index("ix_surveys_person_id_asked_at", "surveys", ["person_id", "asked_at"])
    op.create_index("ix_surveys_answered_at", "surveys", ["answered_at"])


def _create_console() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_en", sa.String(300), nullable=False),
        sa.Column("text_hi", sa.String(300), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="ck_announcements_has_a_time"),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_ends_at", "announcements", ["ends_at"])
    op.create_table(
        "switches",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_switches_percent"),
        sa.PrimaryKeyConstraint("name", name="pk_switches"),
    )
    op.create_table(
        "switched_people",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("name", "person_id", name="pk_switched_people"),
        _of("switched_people", "name", "switches.name"),
        _of("switched_people", "person_id", "people.id"),
    )
    op.create_table(
        "help_permits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("may_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("helper_id", sa.Uuid()),
        sa.Column("session_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_help_permits"),
        sa.UniqueConstraint("code_hash", name="uq_help_permits_code_hash"),
        _of("help_permits", "person_id", "people.id"),
        _of("help_permits", "helper_id", "people.id", "SET NULL"),
        _of("help_permits", "session_id", "sessions.id", "SET NULL"),
    )
    op.create_index("ix_help_permits_person_id", "help_permits", ["person_id"])
    op.create_index("ix_help_permits_session_id", "help_permits", ["session_id"])


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER actions_done_refuses_update BEFORE UPDATE ON actions_done "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION actions_done_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER actions_done_refuses BEFORE UPDATE ON actions_done "
        "FOR EACH STATEMENT EXECUTE FUNCTION actions_done_refuses()"
    )


def _of(table: str, column: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=ondelete)
