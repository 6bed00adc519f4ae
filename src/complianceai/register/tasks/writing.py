"""The difference that a sync found, written to the tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.tasks.states import State
from complianceai.register.tasks.sync import Change, Known, Plan, state_when_closed, state_when_reopened
from complianceai.register.tasks.tables import tasks
from complianceai.register.tasks.wanted import Wanted

_SOURCES = tuple(tasks.c[name] for name in Wanted._fields)
# What a sync needs to know of a task, in the order in which `as_known` takes it.
KNOWN = select(
    tasks.c.id, tasks.c.state, tasks.c.lapse, tasks.c.lapsed_from, tasks.c.earlier_dates, *_SOURCES
)


def as_known(row: Sequence[Any]) -> Known:
    """A row of KNOWN as the sync takes it."""
    identity, state, lapse, lapsed_from, earlier, *said = row
    return Known(identity, state, lapse, lapsed_from, earlier, Wanted(*said))


async def write_plan(connection: AsyncConnection, company_id: UUID, plan: Plan, now: datetime) -> None:
    """Nothing; the company's tasks are as the plan has them."""
    if plan.created:
        rows = [_new(company_id, each, now) for each in plan.created]
        await connection.execute(insert(tasks), rows)
    await rewrite(connection, [*plan.moved, *plan.refreshed, *plan.reopened], now)
    if plan.closed:
        rows = []
        for known, lapse in plan.closed:
            state, came_from = state_when_closed(known)
            rows.append({
                "this": known.id, "new_lapse": lapse.value, "new_state": state, "came_from": came_from,
                "now": now,
            })  # fmt: skip
        await connection.execute(_CLOSE, rows)


async def rewrite(connection: AsyncConnection, changes: Sequence[Change], now: datetime) -> None:
    """Nothing; each task says what it is to say, and remembers where its dates stood before."""
    if changes:
        await connection.execute(_REWRITE, [_rewritten(each, now) for each in changes])


def _new(company_id: UUID, wanted: Wanted, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(), "company_id": company_id, **wanted._asdict(), "earlier_dates": [], "lapse": None,
        "lapsed_from": None, "lapsed_at": None, "state": State.TO_DO.value, "notes": "", "acknowledgement": "",
        "filing_note": "", "created_at": now, "updated_at": now, "version": 1,
    }  # fmt: skip


_SAID = tuple(name for name in Wanted._fields if name not in {"key", "kind", "duty_id", "notice_id"})
_REWRITE = (
    update(tasks)
    .where(tasks.c.id == bindparam("this"))
    .values(
        **{name: bindparam(f"new_{name}") for name in _SAID},
        earlier_dates=bindparam("earlier"),
        state=bindparam("new_state"),
        lapse=None,
        lapsed_from=None,
        lapsed_at=None,
        updated_at=bindparam("now"),
        version=tasks.c.version + 1,
    )
)
_CLOSE = (
    update(tasks)
    .where(tasks.c.id == bindparam("this"))
    .values(
        lapse=bindparam("new_lapse"),
        lapsed_from=bindparam("came_from"),
        lapsed_at=bindparam("now"),
        state=bindparam("new_state"),
        updated_at=bindparam("now"),
        version=tasks.c.version + 1,
    )
)


def _rewritten(change: Change, now: datetime) -> dict[str, Any]:
    known, wanted = change
    earlier = list(known.earlier_dates)
    if known.wanted.dates != wanted.dates:
        if earlier and _stood_so(earlier[-1], wanted):
            earlier.pop()  # it moves back to where it stood: an extension that is undone leaves no mark on the task
        else:
            earlier.append(_as_it_stood(known.wanted, now))
    is_back = known.lapse is not None
    return {
        "this": known.id,
        **{f"new_{name}": getattr(wanted, name) for name in _SAID},
        "earlier": earlier,
        "new_state": state_when_reopened(known) if is_back else known.state,
        "now": now,
    }


def _stood_so(before: dict[str, str | None], wanted: Wanted) -> bool:
    dates = (before["statutory"], before["due"], before["effective"])
    return (
        dates == tuple(day.isoformat() for day in wanted.dates)
        and before["extended_by"] == wanted.extended_by
    )


def _as_it_stood(wanted: Wanted, now: datetime) -> dict[str, str | None]:
    statutory, due, effective = (day.isoformat() for day in wanted.dates)
    return {
        "statutory": statutory,
        "due": due,
        "effective": effective,
        "extended_by": wanted.extended_by,
        "until": now.isoformat(),
    }
