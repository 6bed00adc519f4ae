"""What a person asked and was answered, for the file of everything that is kept of them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.desk.tables import conversations, messages
from complianceai.tenancy.scope import Scope


async def export_conversations(connection: AsyncConnection, scope: Scope) -> list[dict[str, Any]]:
    """Every message of the person's conversations, in its order, with the conversation's title."""
    wanted = (
        select(conversations.c.title, conversations.c.company_id, messages)
        .join_from(conversations, messages)
        .where(conversations.c.person_id == scope.person.id)
        .order_by(conversations.c.created_at, messages.c.number)
    )
    return [dict(each) for each in (await connection.execute(wanted)).mappings()]
