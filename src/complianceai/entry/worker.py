"""`complianceai worker`: what the product does when nobody is waiting."""

import asyncio
import os
import signal
import sys
import threading

from complianceai.base.clock import utc_now
from complianceai.billing import limits
from complianceai.billing.reconciling import work as comparing_work
from complianceai.billing.subscriptions import work as money_work
from complianceai.entry.logs import configure_logs
from complianceai.entry.memory import give_back_what_is_free
from complianceai.entry.neighbours import neighbours
from complianceai.entry.seals import identities
from complianceai.entry.settings import Settings, load_settings
from complianceai.entry.tills import make_till
from complianceai.entry.tracing import watched
from complianceai.insights import work as insights_work
from complianceai.insights.living import Insights
from complianceai.jobs import tidying
from complianceai.jobs.beats import Pace
from complianceai.jobs.mail import post_for
from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.jobs.worker import work
from complianceai.operations.backup import work as backup_work
from complianceai.operations.backup.places import Keep, Place
from complianceai.operations.status import work as status_work
from complianceai.register.reminders import work as reminders_work
from complianceai.register.tasks import keeping
from complianceai.register.tasks import work as tasks_work
from complianceai.site import work as site_work
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.migrate import migrate
from complianceai.storage.patience import FOR_WORK
from complianceai.storage.sealing import Sealer
from complianceai.tenancy import work as tenancy_work
from complianceai.tenancy.followers import follow_companies
from complianceai.workspace.bulk import work as bulk_work
from complianceai.workspace.signing import finishing
from complianceai.workspace.signing.digital import sweeping

# Each job under way may use one, and the relay another.
CONNECTIONS = 8
# Where people reach a server that was told nothing else.
HERE = "http://127.0.0.1:8000"


def run(*, with_parent: bool = False, pace: Pace | None = None) -> None:
    """Nothing, once the worker was asked to stop and what was under way has ended.

    Where it goes with its parent it also stops when standard input ends, which happens however the parent dies.

    Errors: BadSettings; those of `storage.migrate`.
    """
    settings = load_settings()
    configure_logs(settings)
    give_back_what_is_free()
    asyncio.run(_run(settings, make_registry(settings), with_parent=with_parent, pace=pace))


def make_registry(settings: Settings | None = None) -> Registry:
    """Every kind of work that the rooms do in the background; the nightly backup where the settings want one."""
    registry = Registry()
    follow_companies(keeping.follow)
    for room in (tidying, site_work, tenancy_work, tasks_work, reminders_work, insights_work):
        room.add_to(registry)
    if settings is None:
        return registry
    files = Files(settings.files)
    bulk_work.add_to(registry, files)
    finishing.add_to(registry, finishing.Press(files, identities(settings)[0]))
    sweeping.add_to(registry, files)
    status_work.add_to(registry, neighbours(settings, files, make_till(settings)))
    if till := make_till(settings):
        money_work.add_to(registry, till)
        comparing_work.add_to(registry, till)
    if settings.backup_nightly:
        place = Place(settings.backups)
        backup_work.add_to(
            registry, backup_work.Nightly(files, place, settings.backup_key, Keep(*settings.backup_keep))
        )
    return registry


def make_tools(settings: Settings, database: Database) -> Tools:
    """What the handlers may use, by the settings."""
    return Tools(
        database=database,
        sealer=Sealer(*settings.secret_keys),
        post=post_for(settings.smtp_url, settings.data_dir.absolute(), is_production=settings.is_production),
        public_url=settings.public_url or HERE,
        mail_from=settings.sender,
        private_hosts=frozenset(settings.webhook_private_hosts),
    )


async def _run(settings: Settings, registry: Registry, *, with_parent: bool, pace: Pace | None) -> None:
    database = Database(settings.database, pool_size=CONNECTIONS, patience=FOR_WORK)
    if settings.has_plans:
        # Papers of a table become documents here.
        limits.enforce(database)
    tracing = watched(settings, database, "complianceai-worker")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    if with_parent:
        threading.Thread(target=_until_input_ends, args=(loop, stopping), daemon=True).start()
    # What is done here is counted as well: a paper that all have signed, the papers of a table.
    insights = Insights(database, settings.tracking, utc_now)
    try:
        await _migrate(settings)
        async with insights.living():
            await work(registry, make_tools(settings, database), stopping, pace)
    finally:
        if tracing is not None:
            await tracing.end()
        await database.close()


async def _migrate(settings: Settings) -> None:
    # By itself, since a migration takes as long as it takes.
    unhurried = Database(settings.database, pool_size=1)
    try:
        await migrate(unhurried)
    finally:
        await unhurried.close()


def _until_input_ends(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    # Not through the buffered reader, whose lock this thread would hold while the program ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # The loop may have ended by itself meanwhile.
    if not loop.is_closed():
        loop.call_soon_threadsafe(stopping.set)
