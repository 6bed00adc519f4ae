"""Documents with their versions, drafts, shares, links, comments, suggestions and activity."""

import sqlalchemy as sa
from alembic import op

from complianceai.storage.tables import Instant, JsonObject

revision = "0014"
down_revision = "0013"

OWN_WORK = "nobody approves a document that they worked on"
UNREVIEWED = "this company settles no document without an approval"
UNBOUND = "an approval is bound to the hash of a version"
FOR_GOOD = "who worked on a document is kept for good"
KEPT = "a version of a document is kept as it is"
AGREED = "a document that was agreed on is opened again before it is changed"
STATES = "'draft', 'in_review', 'approved', 'signed', 'superseded'"


def upgrade() -> None:
    """Nothing; the tables stand, and the database itself keeps every version and every approval as it was."""
    _create_documents()
    _create_versions()
    _create_unsaved()
    _create_shares()
    _create_talk()
    _guard_on_sqlite() if op.get_bind().dialect.name == "sqlite" else _guard_on_postgresql()


def _create_documents() -> None:
    op.create_table(
        "paper_particulars",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("told", JsonObject, nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_paper_particulars"),
        _of("companies", "company_id", "paper_particulars"),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("template_id", sa.String(100)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("numbered", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("duty_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("author", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("approved_version", sa.Integer()),
        sa.Column("approved_hash", sa.String(64)),
        sa.Column("approved_by", sa.Uuid()),
        sa.Column("approved_name", sa.String(50)),
        sa.Column("approved_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        _of("companies", "company_id", "documents"),
        _of("custom_duties", "duty_id", "documents", "SET NULL"),
        *_checks(),
    )
    op.create_index("ix_documents_company_id_updated_at", "documents", ["company_id", "updated_at", "id"])
    op.create_index("ix_documents_duty_id", "documents", ["duty_id"])


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "known_state": f"state IN ({STATES})",
        "known_kind": "kind IN ('text', 'file')",
        "agreed_is_bound": "state NOT IN ('approved', 'signed') OR approved_hash IS NOT NULL",
        "hash_of_a_version": "(approved_hash IS NULL) = (approved_version IS NULL)",
        "approval_is_bound": "approved_by IS NULL OR approved_hash IS NOT NULL",
    }
    return [sa.CheckConstraint(rule, name=f"ck_documents_{name}") for name, rule in rules.items()]


def _create_versions() -> None:
    op.create_table(
        "document_versions",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author", sa.String(50), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("restored_from", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.Column("answers", JsonObject),
        sa.Column("name", sa.String(200)),
        sa.Column("media_type", sa.String(100)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("said", sa.Text()),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_document_versions"),
        _of("documents", "document_id", "document_versions"),
    )
    op.create_table(
        "document_makers",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "person_id", name="pk_document_makers"),
        _of("documents", "document_id", "document_makers"),
    )


def _create_unsaved() -> None:
    op.create_table(
        "document_drafts",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "person_id", name="pk_document_drafts"),
        _of("documents", "document_id", "document_drafts"),
        _of("people", "person_id", "document_drafts"),
    )
    op.create_index("ix_document_drafts_person_id", "document_drafts", ["person_id"])
    op.create_table(
        "interviews",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.String(100), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("answers", JsonObject, nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "person_id", "template_id", name="pk_interviews"),
        _of("companies", "company_id", "interviews"),
        _of("people", "person_id", "interviews"),
    )
    op.create_index("ix_interviews_person_id", "interviews", ["person_id"])


def _create_shares() -> None:
    _create_part(
        "document_shares",
        sa.Column("person_id", sa.Uuid()),
        sa.Column("role", sa.String(15)),
        sa.Column("level", sa.String(5), nullable=False),
        sa.Column("made_by", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        _of("people", "person_id", "document_shares"),
        sa.CheckConstraint("(person_id IS NULL) <> (role IS NULL)", name="ck_document_shares_one_of_two"),
        sa.CheckConstraint("level IN ('view', 'edit', 'admin')", name="ck_document_shares_known_level"),
        sa.UniqueConstraint("document_id", "person_id", name="uq_document_shares_document_id_person_id"),
        sa.UniqueConstraint("document_id", "role", name="uq_document_shares_document_id_role"),
    )
    op.create_index("ix_document_shares_person_id", "document_shares", ["person_id"])
    _create_part(
        "document_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("made_by", sa.String(50), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant()),
        sa.UniqueConstraint("token_hash", name="uq_document_links_token_hash"),
    )


def _create_talk() -> None:
    _create_part(
        "document_comments",
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_said(),
        sa.Column("resolved_at", Instant()),
        sa.Column("resolved_by", sa.String(50)),
        _of("document_comments", "parent_id", "document_comments"),
    )
    op.create_index("ix_document_comments_parent_id", "document_comments", ["parent_id"])
    op.create_table(
        "document_mentions",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name="pk_document_mentions"),
        _of("document_comments", "comment_id", "document_mentions"),
        _of("people", "person_id", "document_mentions"),
    )
    op.create_index("ix_document_mentions_person_id", "document_mentions", ["person_id"])
    _create_part(
        "document_suggestions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        *_said(),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("decided_by", sa.String(50)),
        sa.Column("decided_at", Instant()),
        sa.Column("became", sa.Integer()),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'refused')", name="ck_document_suggestions_known_state"
        ),
    )
    op.create_table(
        "document_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person", sa.String(50), nullable=False),
        sa.Column("deed", sa.String(20), nullable=False),
        sa.Column("told", JsonObject, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document_activity"),
        _of("documents", "document_id", "document_activity"),
    )
    op.create_index("ix_document_activity_document_id_at", "document_activity", ["document_id", "at", "id"])


def _said() -> list[sa.Column[object]]:
    return [
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person", sa.String(50), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    ]


def _create_part(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _of("documents", "document_id", name),
    )
    op.create_index(f"ix_{name}_document_id", name, ["document_id"])


def _of(other: str, column: str, table: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=on_delete)


# Whether the company demands a review, as for tasks (migration 0009).
DEMANDED = """COALESCE(
  (SELECT review_required FROM registers WHERE company_id = NEW.company_id),
  EXISTS (SELECT 1 FROM engagements WHERE company_id = NEW.company_id AND closed_at IS NULL)
  OR (SELECT count(*) > 1 FROM members WHERE company_id = NEW.company_id
    AND role IN ('owner', 'administrator', 'preparer', 'reviewer')))"""
MADE_BY_APPROVER = (
    "EXISTS (SELECT 1 FROM document_makers WHERE document_id = NEW.id AND person_id = NEW.approved_by)"
)
APPROVED_BY_MAKER = (
    "EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id AND approved_by = NEW.person_id)"
)
OTHER_HASH = """NEW.approved_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_versions
  WHERE document_id = NEW.id AND number = NEW.approved_version AND sha256 = NEW.approved_hash)"""
BARE = "NEW.state IN ('approved', 'signed') AND NEW.approved_by IS NULL"
NEWLY_BARE = f"{BARE} AND (OLD.state NOT IN ('approved', 'signed') OR OLD.approved_by IS NOT NULL)"
IS_AGREED = (
    "EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id AND state NOT IN ('draft', 'in_review'))"
)
HAS_DOCUMENT = "EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id)"


def _guard_on_sqlite() -> None:
    own_work = f"NEW.approved_by IS NOT NULL AND {MADE_BY_APPROVER}"
    guards = {
        "documents_refuse_own_work BEFORE UPDATE ON documents": (own_work, OWN_WORK),
        "documents_refuse_unbound_new BEFORE INSERT ON documents": (OTHER_HASH, UNBOUND),
        "documents_refuse_unbound BEFORE UPDATE ON documents": (OTHER_HASH, UNBOUND),
        "documents_refuse_unreviewed BEFORE UPDATE ON documents": (
            f"{NEWLY_BARE} AND {DEMANDED}",
            UNREVIEWED,
        ),
        "document_makers_refuse_approver BEFORE INSERT ON document_makers": (APPROVED_BY_MAKER, OWN_WORK),
        "document_makers_refuse_update BEFORE UPDATE ON document_makers": ("1", FOR_GOOD),
        "document_makers_refuse_delete BEFORE DELETE ON document_makers": (HAS_DOCUMENT, FOR_GOOD),
        "document_versions_refuse_agreed BEFORE INSERT ON document_versions": (IS_AGREED, AGREED),
        "document_versions_refuse_update BEFORE UPDATE ON document_versions": ("1", KEPT),
        "document_versions_refuse_delete BEFORE DELETE ON document_versions": (HAS_DOCUMENT, KEPT),
    }
    for head, (condition, told) in guards.items():
        op.execute(f"CREATE TRIGGER {head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{told}'); END")


def _guard_on_postgresql() -> None:
    _guard("documents", "INSERT OR UPDATE", f"""
  IF NEW.approved_by IS NOT NULL AND {MADE_BY_APPROVER} THEN RAISE EXCEPTION '{OWN_WORK}'; END IF;
  IF {OTHER_HASH} THEN RAISE EXCEPTION '{UNBOUND}'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF {NEWLY_BARE} AND {DEMANDED} THEN RAISE EXCEPTION '{UNREVIEWED}'; END IF;
  END IF;
  RETURN NEW;""")  # fmt: skip  # nosec B608
    _guard("document_makers", "INSERT OR UPDATE OR DELETE", f"""
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{FOR_GOOD}'; END IF;
  IF TG_OP = 'DELETE' THEN
    IF {HAS_DOCUMENT} THEN RAISE EXCEPTION '{FOR_GOOD}'; END IF;
    RETURN OLD;
  END IF;
  IF {APPROVED_BY_MAKER} THEN RAISE EXCEPTION '{OWN_WORK}'; END IF;
  RETURN NEW;""")  # fmt: skip  # nosec B608
    _guard("document_versions", "INSERT OR UPDATE OR DELETE", f"""
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{KEPT}'; END IF;
  IF TG_OP = 'DELETE' THEN
    IF {HAS_DOCUMENT} THEN RAISE EXCEPTION '{KEPT}'; END IF;
    RETURN OLD;
  END IF;
  IF {IS_AGREED} THEN RAISE EXCEPTION '{AGREED}'; END IF;
  RETURN NEW;""")  # fmt: skip  # nosec B608


def _guard(table: str, deeds: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(
        f"CREATE TRIGGER {table}_guard BEFORE {deeds} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
    )
