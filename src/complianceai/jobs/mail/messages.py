"""A mail as it leaves the house: text and HTML, the same to the last byte each time it is made."""

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from complianceai.jobs.errors import MailNotSent

# Said of whatever nobody typed: answering machines leave it alone. Source: RFC 3834, section 5.
AUTOMATIC = "auto-generated"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, what and when; the id is the job's, and makes the Message-ID."""

    id: UUID
    sender: str
    to: str
    subject: str
    text: str
    html: str
    at: datetime
    to_name: str = ""
    # A whole address at which one click ends mail of this kind; none for what people must be told.
    leave: str | None = None
    more: dict[str, str] = field(default_factory=dict)


def message_of(envelope: Envelope) -> EmailMessage:
    """The message; of one envelope always the same, so that whoever receives it twice can tell.

    Errors: MailNotSent where the address is none that mail can be sent to.
    """
    name, sender = parseaddr(envelope.sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(name, sender)
    message["To"] = _address(envelope.to_name, _deliverable(envelope.to))
    message["Subject"] = _one_line(envelope.subject)
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = f"<{envelope.id}@{_address('', sender).domain}>"
    message["Auto-Submitted"] = AUTOMATIC
    if envelope.leave is not None:
        # One click, and no page in between. Source: RFC 8058.
        message["List-Unsubscribe"] = f"<{envelope.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for header, value in envelope.more.items():
        message[header] = _one_line(value)
    message.set_content(envelope.text, cte="quoted-printable")
    message.add_alternative(envelope.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"part-{envelope.id.hex}")
    return message


def _deliverable(address: str) -> str:
    """The address as mail servers spell it."""
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise MailNotSent(f"{address!r} is no address of mail", will_pass=False) from error
    return found.ascii_email or found.normalized


def _address(name: str, address: str) -> Address:
    return Address(_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    """The text without line ends and control characters, which would begin headers of their own."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
