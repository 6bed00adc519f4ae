"""What the register keeps beside a company's profile."""

from sqlalchemy import Column, ForeignKey, String, Table

from complianceai.storage.tables import metadata

# A profile has no word for "nobody knows" about a yes/no fact, and what it leaves out means no. So it stands here.
unsure_facts = Table(
    "unsure_facts",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("path", String(100), primary_key=True),
)
