"""What is done about money in the background."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.queries import find_account
from complianceai.billing.razorpay.errors import GatewayRefused, GatewaySilent
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.applying import END, SYNC
from complianceai.billing.subscriptions.buying import ADOPT
from complianceai.billing.subscriptions.dunning import remind_debtors, settle_what_is_over
from complianceai.billing.subscriptions.ending import end_mandate
from complianceai.billing.subscriptions.placing import place
from complianceai.billing.subscriptions.queries import find_subscription, live_mandates
from complianceai.billing.subscriptions.refunding import REFUND, give_back
from complianceai.billing.subscriptions.states import State
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.jobs.errors import NeighbourFailed
from complianceai.jobs.registry import Outside, Registry
from complianceai.jobs.schedules import Daily, Every
from complianceai.jobs.tools import Tools
from complianceai.storage.outbox import Job, put_in_outbox

LOOK = "billing.look"
CLOCK = "billing.clock"
REMIND = "billing.remind"
# A webhook that never came is made up for by asking.
UNHEARD = timedelta(hours=20)
MOST_AT_ONCE = 2000


def add_to(registry: Registry, till: Till) -> None:
    """Nothing; what was told is looked into, mandates end, money goes back, debtors are reminded, plans lapse."""

    async def sync(tools: Tools, job: Job, now: datetime) -> None:
        await Syncing(tools.database, tools.sealer, till).about(str(job.payload["about"]), now)

    async def end(tools: Tools, job: Job, now: datetime) -> None:
        await end_mandate(tools.database, tools.sealer, till, UUID(str(job.payload["subscription"])), now)

    async def refund(tools: Tools, job: Job, now: datetime) -> None:
        await give_back(tools.database, tools.sealer, till, UUID(str(job.payload["refund"])), now)

    async def adopt(tools: Tools, job: Job, now: datetime) -> None:
        await _adopt(tools, till, UUID(str(job.payload["subscription"])), now)

    for kind, deed in ((SYNC, sync), (END, end), (REFUND, refund), (ADOPT, adopt)):
        registry.add_outside(kind, _telling_why(deed))
    registry.add_inside(LOOK, _look_at_all)
    registry.add_schedule(LOOK, Daily(time(2, 30)))
    registry.add_inside(CLOCK, _turn)
    registry.add_schedule(CLOCK, Every(timedelta(minutes=30)))
    registry.add_inside(REMIND, _remind)
    registry.add_schedule(REMIND, Daily(time(9, 30)))


def _telling_why(deed: Callable[[Tools, Job, datetime], Awaitable[None]]) -> Outside:
    async def done(tools: Tools, job: Job) -> None:
        tools.insist_alive()
        try:
            await deed(tools, job, tools.clock())
        except GatewaySilent as error:
            raise NeighbourFailed("Razorpay did not answer") from error
        except GatewayRefused as error:
            raise NeighbourFailed(str(error), will_pass=False) from error

    return done


async def _adopt(tools: Tools, till: Till, subscription_id: UUID, now: datetime) -> None:
    async with tools.database.reading() as connection:
        bought = await find_subscription(connection, subscription_id)
        account = await find_account(connection, bought.account_id)
    placed = await place(tools.database, till, account, bought, now)
    if placed.state is State.ENDED:
        await end_mandate(tools.database, tools.sealer, till, placed.id, now)


async def _look_at_all(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    now = tools.clock()
    for each in await live_mandates(connection, not_since=now - UNHEARD, limit=MOST_AT_ONCE):
        await put_in_outbox(connection, SYNC, {"about": each.gateway_id}, now)


async def _turn(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    await settle_what_is_over(connection, tools.clock())


async def _remind(connection: AsyncConnection, tools: Tools, _job: Job) -> None:
    await remind_debtors(connection, tools.sealer, tools.clock())
