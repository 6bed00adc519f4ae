"""Messages handed to a mail server."""

import asyncio
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

import aiosmtplib
import structlog
from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from complianceai.jobs.errors import MailNotSent

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 30
# Replies from here on say no for good, those before it "not now". Source: RFC 5321, section 4.2.1.
FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is and how to speak to it."""

    host: str
    port: int
    user: str | None
    password: str | None
    is_tls: bool
    # Whether a connection that begins in the clear is encrypted before anything is said.
    start_tls: bool


class SmtpPost:
    """Hands each message to the server over a connection of its own."""

    def __init__(self, url: str) -> None:
        """A carrier to the server at `smtp://user:password@host:587` or `smtps://...:465`; nothing is opened yet."""
        self.server = read_smtp_url(url)
        # A task that nobody holds may be collected before it has run.
        self._farewells: set[asyncio.Task[None]] = set()

    async def send(self, message: EmailMessage) -> None:
        """Nothing, once the server has said that it has the message in charge.

        Errors: MailNotSent; for good only where the server refuses this message or its recipient.
        """
        try:
            await self._hand_over(message)
        except SMTPAuthenticationError as error:
            # The settings can be mended, and then the mail can go out.
            raise MailNotSent(f"the mail server refuses the user or the password ({error.code})") from error
        except SMTPResponseException as error:
            raise _refused(error.code, error.message) from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            first = error.recipients[0]
            raise _refused(first.code, first.message) from error
        except (SMTPException, OSError) as error:
            raise MailNotSent(f"the mail server cannot be reached: {error}") from error
        log.info("mail.sent", id=str(message["Message-ID"]), server=self.server.host)

    async def _hand_over(self, message: EmailMessage) -> None:
        server = self.server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.is_tls,
            start_tls=server.start_tls,
            tls_context=ssl.create_default_context() if server.is_tls or server.start_tls else None,
            timeout=PATIENCE_SECONDS,
        )
        await client.connect()
        try:
            await client.send_message(message)
        except BaseException:
            client.close()
            raise
        # Good-byes are said when the mail is already marked as sent: a kill in between would send it again.
        farewell = asyncio.create_task(_part(client))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)


async def _part(client: SMTP) -> None:
    try:
        await client.quit()
    except (SMTPException, OSError) as error:
        # It has the message; how it ends the line is its own affair.
        log.debug("mail.no_farewell", error=str(error))
    finally:
        # Also where the program ends meanwhile.
        client.close()


def read_smtp_url(url: str) -> Server:
    """The server of an address.

    To another machine the connection is encrypted or not used, unless the address ends in `?starttls=never`; on this
    machine it is plain, unless it ends in `?starttls=always`.
    """
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "smtps"
    asked = dict(parse_qsl(parts.query)).get("starttls")
    start_tls = not is_tls and (asked == "always" or (asked != "never" and not _is_here(host)))
    return Server(
        host,
        parts.port or (465 if is_tls else 587),
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        is_tls,
        start_tls,
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(code: int, told: str) -> MailNotSent:
    return MailNotSent(f"the mail server replied {code} {told}", will_pass=code < FOR_GOOD)
