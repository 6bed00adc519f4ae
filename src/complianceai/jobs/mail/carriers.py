"""What carries a message, chosen by the settings."""

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from complianceai.jobs.errors import MailNotSent


class Post(Protocol):
    """Takes messages to where they are read."""

    async def send(self, message: EmailMessage) -> None:
        """Nothing, once somebody else has taken the message in charge.

        Errors: MailNotSent, which says whether it is worth trying again.
        """
        ...


class NoPost:
    """Refuses every message, where there is neither a mail server nor a person who would look into a folder."""

    async def send(self, message: EmailMessage) -> None:
        """Never returns."""
        raise MailNotSent(
            f"SMTP_URL is not set, so the mail {message['Subject']!r} was not sent", will_pass=False
        )


def post_for(smtp_url: str | None, data_dir: Path, *, is_production: bool) -> Post:
    """The carrier: the mail server, where there is one; else a folder in development, and none in production."""
    if smtp_url is not None:
        from complianceai.jobs.mail.smtp import SmtpPost  # noqa: PLC0415 - only who sends needs the client

        return SmtpPost(smtp_url)
    if is_production:
        return NoPost()
    from complianceai.jobs.mail.folder import FolderPost  # noqa: PLC0415

    return FolderPost(data_dir / "mail")
