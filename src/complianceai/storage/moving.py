"""The mark of a database that is still being filled from another; nothing serves from it until it is gone."""

from sqlalchemy import Connection, inspect

from complianceai.storage.errors import DatabaseUnusable

MARKS = "complianceai_moving"


def check_not_filling(connection: Connection, place: str) -> None:
    """Nothing, where the database is whole.

    Errors: DatabaseUnusable.
    """
    if inspect(connection).has_table(MARKS):
        raise DatabaseUnusable(
            place=place,
            fault="is being filled by `complianceai migrate-to-postgres`, which has not ended",
            cure="Run that again: it goes on where it was cut off.",
        )
