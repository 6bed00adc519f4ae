"""Comments on a task, and whom they mention."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.holding import Named, hold_task, tell
from complianceai.register.tasks.queries.people import Colleague, list_colleagues
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_comments, task_mentions
from complianceai.storage.audit import Change
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope


async def comment(database: Database, scope: Scope, named: Named, text: str, now: datetime) -> UUID:
    """The id of the new comment; whoever is named in it as @name is kept with it.

    Errors: CompanyMissing; NotYourRole; TaskMissing.
    """
    comment_id, who = new_id(), scope.person
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.DISCUSS)
        colleagues = await list_colleagues(connection, scope, named.company_id)
        mentioned = [each for each in mentioned_in(text, colleagues) if each.id != who.id]
        row = {
            "id": comment_id,
            "task_id": named.task_id,
            "person_id": who.id,
            "person": who.name,
            "text": text,
            "at": now,
        }
        await connection.execute(insert(task_comments).values(**row))
        if mentioned:
            rows = [{"comment_id": comment_id, "person_id": each.id} for each in mentioned]
            await connection.execute(insert(task_mentions), rows)
        told = {"comment": str(comment_id), "text": text, "mentions": [each.name for each in mentioned]}
        await tell(connection, scope, worked, Change("task.commented", None, told), now)
    return comment_id


def mentioned_in(text: str, colleagues: list[Colleague]) -> list[Colleague]:
    """Those whose whole name follows an @, or whose first name does where no other colleague has it."""
    written = text.casefold()
    firsts = [each.name.casefold().split()[0] for each in colleagues]
    return [
        each
        for each, first in zip(colleagues, firsts, strict=True)
        if _names(written, each.name.casefold()) or (firsts.count(first) == 1 and _names(written, first))
    ]


def _names(text: str, name: str) -> bool:
    pieces = text.split(f"@{name}")
    # The name must end there: @Asha is not @Ashalata.
    return any(not piece[:1].isalnum() for piece in pieces[1:])
