"""What a practice assumes of its work."""

from sqlalchemy import Column, ForeignKey, SmallInteger, Table

from complianceai.storage.tables import Instant, JsonObject, metadata

# No row: the assumptions of `load`.
practice_loads = Table(
    "practice_loads",
    metadata,
    Column("practice_id", ForeignKey("practices.id", ondelete="CASCADE"), primary_key=True),
    # Hours a week that one person has for dated work, and those of whom it is other, by their id.
    Column("hours", SmallInteger, nullable=False),
    Column("hours_of", JsonObject, nullable=False),
    # Minutes that one task of a form takes, by the form's label.
    Column("minutes_of", JsonObject, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
