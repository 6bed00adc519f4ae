"""The month's money for models, kept in the database so that every process draws on the same."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.desk.tables import model_spending
from complianceai.storage.database import Database


@dataclass(frozen=True)
class Purse:
    """What one company, or one person who asks without one, may still spend in a month. Units: paise."""

    database: Database
    owner_id: UUID
    month: date
    limit: int

    async def set_aside(self, paise: int) -> bool:
        """Whether that much was left, and is now set aside."""
        if paise > self.limit:
            return False
        async with self.database.transaction() as connection:
            await self._begin(connection)
            fits = model_spending.c.paise + paise <= self.limit
            taken = update(model_spending).where(*self._mine, fits)
            done = await connection.execute(taken.values(paise=model_spending.c.paise + paise))
        return done.rowcount == 1

    async def give_back(self, paise: int) -> None:
        """Nothing; that much of what was set aside was not spent."""
        async with self.database.transaction() as connection:
            given = update(model_spending).where(*self._mine)
            await connection.execute(given.values(paise=model_spending.c.paise - paise))

    async def spent(self) -> int:
        """What is spent or set aside this month."""
        wanted = select(func.coalesce(func.sum(model_spending.c.paise), 0)).where(*self._mine)
        async with self.database.reading() as connection:
            return int((await connection.execute(wanted)).scalar_one())

    @property
    def _mine(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return (model_spending.c.owner_id == self.owner_id, model_spending.c.month == self.month)

    async def _begin(self, connection: AsyncConnection) -> None:
        row = {"owner_id": self.owner_id, "month": self.month, "paise": 0}
        # Two who begin a month at once: the second finds the row of the first.
        if connection.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert as insert_or  # noqa: PLC0415

            await connection.execute(insert_or(model_spending).values(**row).on_conflict_do_nothing())
            return
        known = select(model_spending.c.paise).where(*self._mine)
        if (await connection.execute(known)).first() is None:
            await connection.execute(insert(model_spending).values(**row))
