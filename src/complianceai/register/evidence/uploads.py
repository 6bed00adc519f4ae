"""A file that comes with a form, read only once it is known who sends it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from complianceai.base.errors import InvalidInput
from complianceai.register.evidence.actions import MOST_BYTES, Upload
from complianceai.register.evidence.errors import NoFile
from complianceai.site.words import marked

NOT_A_DAY = marked("This is not a date. Write it as 2026-05-20.")
OVER_BEFORE = marked("It cannot be over before the day it is about.")
# Where a body may be as large as a file; everywhere else a megabyte is plenty.
LARGER = (
    re.compile(r"/(?:api|app)/companies/[0-9a-f-]+/tasks/[0-9a-f-]+/evidence"),
    MOST_BYTES + 65_536,
)
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "aboutOn": {
                            "type": "string",
                            "format": "date",
                            "description": "The day it is about.",
                        },
                        "expiresOn": {
                            "type": "string",
                            "format": "date",
                            "description": "The last day it is good.",
                        },
                    },
                }
            }
        },
    }
}


@asynccontextmanager
async def uploaded(request: Request) -> AsyncIterator[Upload]:
    """The file of a form with what is said of it, for as long as the block lasts.

    Errors: NoFile; InvalidInput.
    """
    async with request.form(max_files=1, max_fields=8) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise NoFile
        about_on, expires_on = (_day(form.get(name), name) for name in ("aboutOn", "expiresOn"))
        if about_on is not None and expires_on is not None and expires_on < about_on:
            raise InvalidInput({"expiresOn": OVER_BEFORE})
        yield Upload(file.filename, file.file, about_on, expires_on)


def _day(given: object, name: str) -> date | None:
    if not isinstance(given, str) or not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise InvalidInput({name: NOT_A_DAY}) from None
