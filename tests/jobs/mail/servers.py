"""A real mail server on loopback, which keeps what it takes and refuses whom it is told to."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.support.servers import free_port


@dataclass
class Mailroom:
    """What the server took, and what it answers to whom."""

    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    # What is answered to a recipient instead of "yes".
    answers: dict[str, str] = field(default_factory=dict)
    # How long it thinks before it says yes, and about how many it is thinking.
    thinks_seconds: float = 0
    thinking: int = 0

    @property
    def ids(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(str(message["Message-ID"]) for message in self.messages)

    async def handle_RCPT(  # noqa: N802 - the library looks for this name
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.thinking += 1
        try:
            await asyncio.sleep(self.thinks_seconds)
        finally:
            self.thinking -= 1
        self.raw.append(envelope.content)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        return "250 taken"


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, password: str | None = None
) -> Iterator[tuple[Mailroom, int]]:
    """The mailroom of a server and its port; with a password it wants to know who writes, over an encrypted line."""

    def judge(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and data.password == (password or "").encode()
        return AuthResult(success=is_right, handled=False)

    room = Mailroom()
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=tls,
        require_starttls=tls is not None,
        auth_required=password is not None,
        authenticator=judge if password else None,
        auth_require_tls=tls is not None,
    )
    controller.start()
    try:
        yield room, controller.port
    finally:
        controller.stop()
