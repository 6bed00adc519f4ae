"""What is to be told in a company's chats, sent by Apprise: one message for all that came together."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select

from complianceai.base.clock import date_in_india
from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.chat_addresses import PURPOSE, service_of
from complianceai.register.reminders.queries.told import tellings_of
from complianceai.register.reminders.sending import note_told
from complianceai.register.reminders.tables import chats
from complianceai.register.reminders.telling import AND_MORE, line_of, once_a_task, path_of
from complianceai.site.language import translate
from complianceai.site.words import marked
from complianceai.storage.outbox import Job
from complianceai.storage.rows import fetch_one

HEAD = marked("What is due")
MOST_LINES = 20

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that is told, by its sealed address."""

    id: UUID
    address_sealed: str
    language: str


async def send_chat(tools: Tools, job: Job) -> None:
    """Nothing, once the chat has what still holds of the job's alerts; of nothing no message is sent.

    A chat knows no id of a message, so a worker that is killed between the chat's yes and its mark tells it again.
    Errors: NeighbourFailed.
    """
    async with tools.database.reading() as connection:
        wanted = select(*(chats.c[name] for name in Chat.__slots__))
        chat = await fetch_one(connection, wanted.where(chats.c.id == UUID(job.payload["recipient"])), Chat)
        found = await tellings_of(connection, job.id)
    due = [] if chat is None else [each for each in found if each.holds]
    if chat is not None and due:
        address = tools.sealer.unseal(PURPOSE, chat.address_sealed, tools.clock())
        if address is None:
            raise NeighbourFailed("this chat was sealed with another SECRET_KEY", will_pass=False)
        if service_of(address, tools.private_hosts) is None:
            raise NeighbourFailed("this chat may not be told any more", will_pass=False)
        today, language = date_in_india(tools.clock()), chat.language
        told = once_a_task(due)
        lines = [f"{line_of(each, language, today)}\n{tools.public_url}{path_of(each)}" for each in told]
        if len(lines) > MOST_LINES:
            rest = translate(language, AND_MORE).format(count=len(lines) - MOST_LINES)
            lines = [*lines[:MOST_LINES], rest]
        tools.insist_alive()
        await notify(address, translate(language, HEAD), "\n\n".join(lines))
    kept = {each.id for each in due}
    await note_told(tools, kept, {each.id for each in found} - kept)


async def notify(address: str, title: str, text: str) -> None:
    """Nothing, once the chat has taken the message.

    Errors: NeighbourFailed.
    """
    if not await asyncio.to_thread(_notify, address, title, text):
        raise NeighbourFailed("the chat did not take the message")


def _notify(address: str, title: str, text: str) -> bool:
    try:
        import apprise  # noqa: PLC0415 - an extra that most installations do without
    except ImportError as error:
        raise NeighbourFailed("complianceai[chat] is not installed", will_pass=False) from error
    room = apprise.Apprise()
    return bool(room.add(address)) and bool(room.notify(title=title, body=text, body_format="text"))
