"""What people do to tasks becomes alerts for those it concerns, in the transaction of the deed itself."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.reminders.hooks.calling import Called, call, callers_of
from complianceai.register.reminders.wants import Channel
from complianceai.register.reminders.writing import write_alerts
from complianceai.register.tasks.queries.one import Worked
from complianceai.register.tasks.tables import task_mentions
from complianceai.storage.audit import Actor, Change

LONGEST_TEXT = 300


class Concern(NamedTuple):
    """Somebody to be told, and what of."""

    person_id: UUID
    kind: str


# What the deeds of the trail are called for programs.
EVENTS = {
    "task.commented": "task.commented",
    "task.submit": "task.submitted",
    "task.send_back": "task.sent_back",
    "task.approve": "task.approved",
    "task.approve_again": "task.approved",
    "task.file": "task.filed",
}


async def follow(
    connection: AsyncConnection, actor: Actor, worked: Worked, change: Change, now: datetime
) -> None:
    """Nothing; whoever the deed concerns is told of it, but for the one who did it."""
    after = change.after or {}
    concerns = [*_concerns(worked, change), *await _mentioned(connection, change)]
    found = {each for each in concerns if each.person_id != actor.person_id}
    said = {
        "who": actor.name or "",
        "text": str(after.get("text") or after.get("reason") or "")[:LONGEST_TEXT],
    }
    deed_id = new_id()
    await write_alerts(connection, list(_rows(found, worked, said, deed_id, now)))
    event = "task.assigned" if after.get("assignee_id") else EVENTS.get(change.deed)
    if event is not None:
        task, about = worked.task, {"by": actor.name, **_reached(change)}
        programs = await callers_of(connection, task.company_id, event)
        await call(
            connection,
            [Called(each, f"{deed_id}:{event}", event, task.company_id, task.id, about) for each in programs],
            now,
        )


def _concerns(worked: Worked, change: Change) -> Iterator[Concern]:
    after, task = change.after or {}, worked.task
    if change.deed == "task.edited" and after.get("assignee_id"):
        yield Concern(UUID(after["assignee_id"]), "assigned")
    if change.deed == "task.submit":
        reviewer = after.get("reviewer") or task.reviewer_id
        if reviewer is not None:
            yield Concern(UUID(str(reviewer)), "submitted")
    if change.deed in {"task.send_back", "task.approve", "task.approve_again"}:
        kind = "sent_back" if change.deed == "task.send_back" else "approved"
        for person_id in (task.prepared_by, task.assignee_id):
            if person_id is not None:
                yield Concern(person_id, kind)


def _reached(change: Change) -> dict[str, str]:
    """Where the deed led the task, whose row may not say so yet in what was read before."""
    state = (change.after or {}).get("state")
    return {} if state is None else {"state": str(state)}


async def _mentioned(connection: AsyncConnection, change: Change) -> list[Concern]:
    if change.deed != "task.commented" or not (change.after or {}).get("mentions"):
        return []
    comment = UUID((change.after or {})["comment"])
    wanted = select(task_mentions.c.person_id).where(task_mentions.c.comment_id == comment)
    return [Concern(each, "mention") for each in (await connection.execute(wanted)).scalars()]


def _rows(
    concerns: Iterable[Concern], worked: Worked, said: dict[str, str], deed_id: UUID, now: datetime
) -> Iterator[dict[str, Any]]:
    for person_id, kind in sorted(concerns):
        for channel in (Channel.APP, Channel.MAIL):
            yield {
                "id": new_id(),
                "recipient_id": person_id,
                "channel": channel.value,
                "key": f"{deed_id}:{kind}",
                "kind": kind,
                "company_id": worked.task.company_id,
                "task_id": worked.task.id,
                "due_on": None,
                "said": said,
                "at": now,
            }
