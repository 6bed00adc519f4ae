"""Who pays."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

billing_accounts = Table(
    "billing_accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    # One of the two. Neither is left once its person has deleted theirs: invoices must be kept, and hang on this row.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL"), unique=True),
    Column("practice_id", ForeignKey("practices.id", ondelete="SET NULL"), unique=True),
    Column("plan", String(30), nullable=False),
    Column("plan_since", Instant, nullable=False),
    # The last day of a trial, in India; none where there is no trial going on.
    Column("trial_ends_on", Date),
    # What an invoice says of whoever it is for; `state` is a code such as MH.
    Column("legal_name", String(200)),
    Column("gstin", String(15)),
    Column("state", String(2)),
    Column("address", String(500)),
    Column("email", String(100)),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("person_id IS NULL OR practice_id IS NULL", "one_holder"),
)
