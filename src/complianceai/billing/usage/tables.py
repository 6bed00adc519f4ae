"""What was used."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, String, Table

from complianceai.storage.tables import metadata

# Of what is counted anew each month, in India: documents and answers.
billing_usage = Table(
    "billing_usage",
    metadata,
    Column("account_id", ForeignKey("billing_accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("used", Integer, nullable=False),
)

# By company and not by account: a company that changes hands takes its files along.
billing_storage = Table(
    "billing_storage",
    metadata,
    Column("company_id", ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
)
