"""Letters carried out by a worker."""

import json
from datetime import datetime
from typing import Any

from complianceai.jobs.errors import MailNotSent
from complianceai.jobs.mail import Envelope, message_of
from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.site.mail import KIND, PURPOSE
from complianceai.site.mail_words import write
from complianceai.storage.outbox import Job


def add_to(registry: Registry) -> None:
    """Nothing; letters are carried out from now on."""
    registry.add_outside(KIND, deliver)


async def deliver(tools: Tools, job: Job) -> None:
    """Nothing, once the mail server, or the folder that stands for it, has the mail in charge.

    A worker that is killed after that and before its mark sends the mail again, to the last byte the same: a mailbox
    that heeds the Message-ID shows it once. Errors: MailNotSent.
    """
    letter = job.payload
    if letter["until"] is not None and tools.clock() > datetime.fromisoformat(letter["until"]):
        raise MailNotSent("what this mail offers was over before it could be sent", will_pass=False)
    values = {**letter["values"], **_secrets(tools, letter["secrets"]), "name": letter["name"]}
    written = write(letter["template"], letter["language"], tools.public_url, values)
    message = message_of(
        Envelope(
            id=job.id,
            sender=tools.mail_from,
            to=letter["to"],
            to_name=letter["name"],
            subject=written.subject,
            text=written.text,
            html=written.html,
            at=job.created_at,
            leave=f"{tools.public_url}{letter['leave']}" if letter["leave"] else None,
        )
    )
    tools.insist_alive()
    await tools.post.send(message)


def _secrets(tools: Tools, sealed: str | None) -> dict[str, Any]:
    if sealed is None:
        return {}
    opened = tools.sealer.unseal(PURPOSE, sealed, tools.clock())
    if opened is None:
        raise MailNotSent("this mail was sealed with another SECRET_KEY", will_pass=False)
    found: dict[str, Any] = json.loads(opened)
    return found
