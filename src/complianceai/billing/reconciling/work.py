"""The nightly comparison."""

from datetime import time

import structlog

from complianceai.billing.razorpay.errors import GatewayRefused, GatewaySilent
from complianceai.billing.razorpay.till import Till
from complianceai.billing.reconciling.looking import compare_books
from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.registry import Registry
from complianceai.jobs.schedules import Daily
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job

COMPARE = "billing.compare"
log = structlog.get_logger(__name__)


def add_to(registry: Registry, till: Till) -> None:
    """Nothing; our books are compared with Razorpay's list each night, and what differs is logged and kept."""

    async def look(tools: Tools, _job: Job) -> None:
        try:
            found = await compare_books(tools.database, tools.sealer, till, tools.clock())
        except (GatewaySilent, GatewayRefused) as error:
            raise NeighbourFailed(str(error)) from error
        if found:
            log.error("money.differs", differences=len(found), first=found[0].gateway_id)

    registry.add_outside(COMPARE, look)
    registry.add_schedule(COMPARE, Daily(time(3, 30)))
