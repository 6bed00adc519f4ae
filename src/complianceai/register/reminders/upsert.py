"""An insert that says what is to become of a row that is there already, which both engines spell alike but apart."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_into(connection: AsyncConnection, table: Table) -> Any:
    """The engine's own insert, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    return engine.insert(table)
