"""Who agreed to be counted and by which pseudonym, what was done by it, and the sums that outlive both."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Integer, String, Table, Uuid

from complianceai.storage.tables import Instant, metadata

# A pseudonym goes with its person, and with it all that was counted by it.
counting = Table(
    "counting",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("pseudonym", Uuid, nullable=False, unique=True),
    Column("may_count", Boolean, nullable=False),
    # None: the person was never asked and is counted all the same (TRACKING=on).
    Column("decided_at", Instant),
)

# Rows are added, and removed with their person or for their age; the database refuses edits (migration 0024).
actions_done = Table(
    "actions_done",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pseudonym", ForeignKey("counting.pseudonym", ondelete="CASCADE"), nullable=False, index=True),
    # No foreign key: a company that is gone leaves a number that leads nowhere.
    Column("company_id", Uuid),
    Column("kind", String(20), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    # Of a question: how many characters, and how long the answer took. Never what was said.
    Column("length", Integer),
    Column("took_ms", Integer),
)

# On which day, in India, each pseudonym did something for the first time.
journeys = Table(
    "journeys",
    metadata,
    Column("pseudonym", ForeignKey("counting.pseudonym", ondelete="CASCADE"), primary_key=True),
    Column("signed_on", Date, nullable=False, index=True),
    Column("company_on", Date),
    Column("filed_on", Date),
    Column("document_on", Date),
    Column("question_on", Date),
    Column("invited_on", Date),
)

# In which weeks (from Monday) and months each pseudonym did anything at all.
active_spans = Table(
    "active_spans",
    metadata,
    Column("pseudonym", ForeignKey("counting.pseudonym", ondelete="CASCADE"), primary_key=True),
    Column("span", String(5), primary_key=True),
    Column("starts_on", Date, primary_key=True),
)

# How many of those who signed up in one week or month did anything in another. It names nobody and is kept for good.
cohorts = Table(
    "cohorts",
    metadata,
    Column("span", String(5), primary_key=True),
    Column("cohort", Date, primary_key=True),
    Column("starts_on", Date, primary_key=True),
    Column("people", Integer, nullable=False),
)

# Sums by day in India: how many actions of each kind, and what `insights.work` adds up at night. Kept for good as well.
figure_days = Table(
    "figure_days",
    metadata,
    Column("figure", String(40), primary_key=True),
    Column("on", Date, primary_key=True),
    Column("part", String(60), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
