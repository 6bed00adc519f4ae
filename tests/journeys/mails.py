"""Mails as people find them in the folder that the log names."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SECONDS = 60


def mail_to(home: Path, email: str, words: str) -> EmailMessage:
    """The mail whose subject has these words, once it has come."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for file in (home / "data" / "mail").glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if email in str(mail["To"]) and words in str(mail["Subject"]):
                assert isinstance(mail, EmailMessage)
                return mail
        time.sleep(0.1)
    raise AssertionError(f"no mail {words!r} came to {email}")


def link_in(mail: EmailMessage) -> str:
    """The address with a token that the mail tells to open."""
    body = mail.get_body(("plain",))
    assert body is not None
    return next(str(line) for line in body.get_content().splitlines() if "token=" in line)
