"""Every write of a company's chats."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.register.reminders.chat_addresses import NOT_KNOWN, PURPOSE, service_of
from complianceai.register.reminders.errors import ChatMissing, ChatNotInstalled, TooManyPlaces
from complianceai.register.reminders.queries.places import Chat
from complianceai.register.reminders.tables import chats
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.states import Deed
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.scope import Scope

MOST = 10


@dataclass(frozen=True, slots=True)
class ChatWish:
    """A chat as somebody wants it told: what it is called here, where it is, and in which language."""

    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What an action needs that reaches beyond the database: the seal, and hosts of one's own network."""

    sealer: Sealer
    private_hosts: Collection[str] = ()


async def add_chat(
    database: Database, scope: Scope, company_id: UUID, wish: ChatWish, outside: Outside, now: datetime
) -> Chat:
    """The chat, which is told from now on.

    Errors: CompanyMissing; NotYourRole; ChatNotInstalled; InvalidInput; TooManyPlaces.
    """
    service = service_of(wish.address, outside.private_hosts)
    chat = Chat(new_id(), wish.name, service or "", wish.language, now)
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        if find_spec("apprise") is None:
            raise ChatNotInstalled
        if service is None:
            raise InvalidInput({"address": NOT_KNOWN})
        mine = select(func.count()).select_from(chats).where(chats.c.company_id == company_id)
        if (await connection.execute(mine)).scalar_one() >= MOST:
            raise TooManyPlaces(most=MOST)
        row = {name: getattr(chat, name) for name in Chat.__slots__}
        sealed = outside.sealer.seal(PURPOSE, wish.address, now)
        await connection.execute(insert(chats).values(**row, company_id=company_id, address_sealed=sealed))
        change = Change("chat.added", None, {"chat": str(chat.id), "name": wish.name, "service": service})
        await add_to_trail(connection, company_id, scope.actor, change, now)
    return chat


async def remove_chat(
    database: Database, scope: Scope, company_id: UUID, chat_id: UUID, now: datetime
) -> None:
    """Nothing; the chat is told no more, and its address is gone.

    Errors: CompanyMissing; NotYourRole; ChatMissing.
    """
    mine = (chats.c.company_id == company_id) & (chats.c.id == chat_id)
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.SET_UP)
        removed = await connection.execute(delete(chats).where(mine).returning(chats.c.name))
        row = removed.first()
        if row is None:
            raise ChatMissing
        change = Change("chat.removed", {"chat": str(chat_id), "name": row.name}, None)
        await add_to_trail(connection, company_id, scope.actor, change, now)
