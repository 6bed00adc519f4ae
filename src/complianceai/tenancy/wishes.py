"""What the actions ask of the worker about accounts and companies; `tenancy/work.py` does it.

Whether there is such an account is found out there, so that a visitor is answered alike, and as fast, either way.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Actor
from complianceai.storage.outbox import put_in_outbox

VERIFY = "account.verify"
FORGOT = "account.forgot"
MOVE = "account.move"
MOVED = "account.moved"
TELL = "account.tell"
FOLLOW = "companies.follow"
# So many companies stand in one job: a worker that dies with one does that many again.
AT_ONCE = 25


async def wish_to_verify(connection: AsyncConnection, person_id: UUID, now: datetime) -> None:
    """Nothing; a link that verifies the address will be sent to it."""
    await put_in_outbox(connection, VERIFY, {"person": str(person_id)}, now)


async def wish_for_password(connection: AsyncConnection, email_key: str, now: datetime) -> None:
    """Nothing; whoever has that e-mail, if anybody, will be sent a link to choose a password."""
    await put_in_outbox(connection, FORGOT, {"email_key": email_key}, now)


async def wish_to_move(connection: AsyncConnection, person_id: UUID, email: str, now: datetime) -> None:
    """Nothing; the new address will be sent a link to confirm it, and the old one will be told."""
    await put_in_outbox(connection, MOVE, {"person": str(person_id), "email": email}, now)


async def wish_to_tell_of_move(
    connection: AsyncConnection, person_id: UUID, before: str, now: datetime
) -> None:
    """Nothing; the address of before will be told of the change, with a link to undo it."""
    await put_in_outbox(connection, MOVED, {"person": str(person_id), "before": before}, now)


async def wish_to_tell(
    connection: AsyncConnection, happening_id: UUID, mark: str | None, now: datetime
) -> None:
    """Nothing; the person will be told what happened; `mark` is what the browser showed to be known, at a sign-in."""
    await put_in_outbox(connection, TELL, {"happening": str(happening_id), "mark": mark}, now)


async def wish_to_follow(
    connection: AsyncConnection, company_ids: Sequence[UUID], actor: Actor, now: datetime
) -> None:
    """Nothing; whoever keeps something of those companies will be told that their facts changed, a few at a time."""
    who = {"person": None if actor.person_id is None else str(actor.person_id), "name": actor.name}
    for start in range(0, len(company_ids), AT_ONCE):
        some = [str(each) for each in company_ids[start : start + AT_ONCE]]
        await put_in_outbox(connection, FOLLOW, {"companies": some, **who}, now)
