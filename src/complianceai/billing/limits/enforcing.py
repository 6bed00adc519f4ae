"""Whether limits hold at all."""

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.database import Database

_OPTION = "complianceai_limits"


def enforce(database: Database) -> None:
    """Nothing; whoever adds through this database is held to a plan from now on."""
    database.engine.update_execution_options(**{_OPTION: True})


def holds_limits(database: Database) -> bool:
    """Whether whoever adds through this database is held to a plan."""
    return bool(database.engine.get_execution_options().get(_OPTION, False))


def has_limits(connection: AsyncConnection) -> bool:
    """Whether whoever adds by this connection is held to a plan."""
    under = connection.sync_connection
    return bool(under is not None and under.get_execution_options().get(_OPTION, False))
