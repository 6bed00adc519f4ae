"""Practices, the people and teams in them, the clients they look after, and who of them sees which client how."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from complianceai.storage.tables import Instant, metadata

practices = Table(
    "practices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("kind", String(10), nullable=False),
    # The firm's or the member's number with its institute, as it is written there.
    Column("registration", String(30)),
    Column("address", String(500)),
    Column("gstin", String(15)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # A practice that is closed keeps its row: clients still show who looked after them, and when.
    Column("closed_at", Instant),
)

practice_members = Table(
    "practice_members",
    metadata,
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_practice_members_person_id", "person_id"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(50), nullable=False),
    # What makes two spellings of one name the same team.
    Column("name_key", String(150), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("practice_id", "name_key"),
)

# Whoever leaves the practice leaves its teams and clients by these keys, whatever an action forgets.
team_members = Table(
    "team_members",
    metadata,
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("practice_id", Uuid, nullable=False),
    ForeignKeyConstraint(
        ["practice_id", "person_id"],
        ["practice_members.practice_id", "practice_members.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_team_members_person_id", "person_id"),
)

engagements = Table(
    "engagements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("access", String(10), nullable=False),
    # From which day the practice answers for the company's duties, and the last day of it where one is set.
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("created_at", Instant, nullable=False),
    # Set once it is over for good; access ends with it, whatever the days say.
    Column("closed_at", Instant),
)
# At most one practice looks after a company.
Index(
    "uq_engagements_open",
    engagements.c.company_id,
    unique=True,
    sqlite_where=text("closed_at IS NULL"),
    postgresql_where=text("closed_at IS NULL"),
)

client_teams = Table(
    "client_teams",
    metadata,
    Column("engagement_id", ForeignKey("engagements.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), nullable=False),
    Index("ix_client_teams_team_id", "team_id"),
)

client_people = Table(
    "client_people",
    metadata,
    Column("engagement_id", ForeignKey("engagements.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("practice_id", Uuid, nullable=False),
    Column("role", String(20), nullable=False),
    # The last day, in India; none where it does not end by itself.
    Column("until", Date),
    ForeignKeyConstraint(
        ["practice_id", "person_id"],
        ["practice_members.practice_id", "practice_members.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_client_people_person_id", "person_id"),
)

practice_invitations = Table(
    "practice_invitations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email", String(100), nullable=False),
    Column("email_key", String(200), nullable=False),
    # What a new person is to be in the practice; none where the owner of a company is asked to become a client.
    Column("role", String(20)),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("invited_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # Set once it is accepted, withdrawn, or replaced by a newer one.
    Column("closed_at", Instant),
)
