"""A file that comes with a form, read only once it is known who sends it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from complianceai.register.evidence.errors import NoFile
from complianceai.workspace.actions.content import MOST_BYTES, Upload

_ID = "[0-9a-f-]+"
# Where a body may be as large as a file; everywhere else a megabyte is plenty.
LARGER = (
    re.compile(
        rf"/api/documents/(?:templates/(?:own-{_ID}/)?)?files|/api/documents/{_ID}/versions/files"
        rf"|/app/companies/{_ID}/documents/(?:upload|{_ID}/upload|templates/(?:new|{_ID})/word)"
    ),
    MOST_BYTES + 65_536,
)


def form_of(*fields: str) -> dict[str, Any]:
    """The description of a form with a file and those other fields."""
    properties: dict[str, Any] = {"file": {"type": "string", "format": "binary"}}
    properties |= {name: {"type": "string"} for name in fields}
    schema = {"type": "object", "required": ["file"], "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@asynccontextmanager
async def uploaded(request: Request) -> AsyncIterator[tuple[Upload, dict[str, str]]]:
    """The file of a form with the texts beside it, for as long as the block lasts.

    Errors: NoFile.
    """
    async with request.form(max_files=1, max_fields=12) as form:
        file = form.get("file")
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        if not isinstance(file, UploadFile) or not file.filename:
            raise NoFile
        yield Upload(file.filename, file.file), typed
