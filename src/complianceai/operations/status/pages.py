"""How the neighbours are and were, for who runs the site; as a page and as JSON."""

from datetime import datetime
from typing import Any

from fastapi import Request
from starlette.responses import Response

from complianceai.base.clock import INDIA
from complianceai.operations.status.history import HEIGHT, WIDTH, Service, read_history
from complianceai.site.replies import json_of
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console

router = Router(prefix="/operator", include_in_schema=False)
NAMES = {
    "database": marked("Database"),
    "cache": marked("Cache"),
    "jobs": marked("Work in the background"),
    "files": marked("Files"),
    "mail": marked("Mail"),
    "razorpay": marked("Razorpay"),
}


@router.get("/status")
async def show(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:  # noqa: ARG001 - it insists
    """Each service now, by the day for ninety days, and its times of the last day."""
    async with database.reading() as connection:
        found = await read_history(connection, now)
    return console(
        request,
        "operations/status.html",
        services=found,
        now=now,
        names=NAMES,
        width=WIDTH,
        height=HEIGHT,
        here=lambda at: at.astimezone(INDIA),
    )


@router.get("/status.json")
async def tell(scope: OperatorScope, database: Db, now: Now) -> Response:  # noqa: ARG001 - it insists
    """The same for a program."""
    async with database.reading() as connection:
        found = await read_history(connection, now)
    return json_of({"success": True, "data": [_told(each, now) for each in found]})


def _told(service: Service, now: datetime) -> dict[str, Any]:
    is_up = service.is_up(now)
    last = service.last
    return {
        "service": service.name,
        "state": "unknown" if is_up is None else "up" if is_up else "down",
        "lookedAt": None if last is None else last.at.isoformat(),
        "milliseconds": None if last is None else last.milliseconds,
        "uptime": None if service.uptime is None else round(service.uptime, 3),
        "averageMilliseconds": service.average,
        "days": [
            {
                "day": each.day.isoformat(),
                "looks": each.checks,
                "failures": each.failures,
                "averageMilliseconds": round(each.milliseconds / each.checks),
                "slowestMilliseconds": each.slowest,
            }
            for each in service.days
            if each
        ],
        "failures": [
            {"at": each.at.isoformat(), "fault": each.fault, "milliseconds": each.milliseconds}
            for each in service.failures
        ],
    }
