"""What the worker would do, done at once and in this process, and the mails that come of it."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit

from sqlalchemy import select

if TYPE_CHECKING:
    from tests.cast import House

PUBLIC_URL = "https://dates.example"


@dataclass
class Letterbox:
    """A carrier that keeps what it is given."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def send(self, message: EmailMessage) -> None:
        self.mails.append(message)


async def mails_of(house: "House") -> list[EmailMessage]:
    """Every mail that comes of what is due by now in the house, in the order in which it was written."""
    from complianceai.entry.worker import make_registry
    from complianceai.jobs.performing import perform
    from complianceai.jobs.tools import Tools
    from complianceai.storage.outbox import State, due_rows, outbox

    services, box = house.app.state.services, Letterbox()
    tools = Tools(
        services.database, services.sealer, box, PUBLIC_URL, "no-reply@dates.example", clock=house.watch
    )
    while True:
        async with house.database.reading() as connection:
            rows = await due_rows(connection, house.watch.now, limit=100)
        if not rows:
            break
        for row in rows:
            await perform(make_registry(house.settings), tools, row.id, row.round)
    async with house.database.reading() as connection:
        undone = select(outbox.c.kind, outbox.c.last_error).where(outbox.c.state != State.DONE.value)
        assert (await connection.execute(undone)).all() == []
    return box.mails


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def link_in(mail: EmailMessage) -> tuple[str, str]:
    """The path of the first link in a mail that bears a token, and the token."""
    parts = _link(mail)
    return parts.path, parse_qs(parts.query)["token"][0]


def query_in(mail: EmailMessage) -> dict[str, str]:
    """All that the first link in a mail that bears a token hands over."""
    return {name: values[0] for name, values in parse_qs(_link(mail).query).items()}


def _link(mail: EmailMessage) -> SplitResult:
    for line in text_of(mail).splitlines():
        parts = urlsplit(line.strip())
        if line.startswith(PUBLIC_URL) and "token" in parts.query:
            return parts
    raise AssertionError(text_of(mail))
