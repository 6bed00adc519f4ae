"""A file as it comes from a client, and its receipt."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from complianceai.base.errors import DomainError, Kind
from complianceai.register.evidence.actions import MOST_BYTES
from complianceai.register.evidence.errors import NoFile
from complianceai.register.requests.actions import Answer
from complianceai.register.requests.queries import Asked, Sent
from complianceai.register.tasks.pages.common import told
from complianceai.site.errors import STATUSES
from complianceai.site.templating import page
from complianceai.storage.audit import Actor
from complianceai.storage.services import services

# Where a body may be as large as a file.
LARGER = (
    re.compile(r"/(?:asked/[\w-]{1,64}|app/companies/[0-9a-f-]+/requests/[0-9a-f-]+)"),
    MOST_BYTES + 65_536,
)
LONGEST_NAME = 50
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


async def receive(
    request: Request,
    asked: Asked,
    sender: Actor,
    keep: Callable[..., Awaitable[Sent]],
    back: str,
    now: datetime,
) -> Response:
    """The receipt, with the hash by which both sides know the file; or why it was not taken, and the way back."""
    known = services(request)
    given: dict[str, Any] = {"sent": None, "fault": "", "back": back, "asked": asked}
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            file, item, name = form.get("file"), form.get("item"), form.get("name")
            if not isinstance(file, UploadFile) or not file.filename:
                raise NoFile
            said = _UNSEEN.sub("", name if isinstance(name, str) else "").strip()[:LONGEST_NAME]
            who = sender if sender.person_id else replace(sender, name=said or None)
            answer = Answer(item if isinstance(item, str) else "", file.filename, file.file)
            given["sent"] = await keep(known.database, known.files, asked, answer, who, now)
    except DomainError as error:
        if error.kind is Kind.MISSING:
            raise
        given["fault"] = told(request, error)
        return page(request, "register/requests/receipt.html", status=STATUSES[error.kind], **given)
    return page(request, "register/requests/receipt.html", **given)
