"""What a handler may use."""

from collections.abc import Callable
from dataclasses import dataclass

from complianceai.base.clock import Clock, utc_now
from complianceai.jobs.mail import Post
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer


def _always() -> None:
    """Nothing: there is no other worker that could have taken over."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The things of which a worker has one."""

    database: Database
    sealer: Sealer
    post: Post
    # Where people reach the product, without the slash at its end; links in mails begin with it.
    public_url: str
    # Who mails are from: an address, perhaps with a name before it.
    mail_from: str
    # Hosts of one's own network that may be called, though nobody on the internet reaches them.
    private_hosts: frozenset[str] = frozenset()
    clock: Clock = utc_now
    # Ends the worker where others may have taken over; to be called right before anything leaves the house.
    insist_alive: Callable[[], None] = _always
