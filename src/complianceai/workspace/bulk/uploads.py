"""A table that comes with a form, and what is wished of it."""

import re
from typing import Annotated, Literal

from pydantic import StringConstraints

from complianceai.site.blanks import Flag
from complianceai.site.limits import ONE_MEGABYTE, LargerLimit
from complianceai.site.replies import Wire
from complianceai.workspace.schemas import Language

MOST_BYTES = 5 * ONE_MEGABYTE
LARGER: LargerLimit = (
    re.compile("/api/documents/bulk|/app/companies/[0-9a-f-]+/documents/bulk/new/[a-z0-9-]+"),
    MOST_BYTES + 65_536,
)


class BulkInput(Wire):
    """How the papers are to be: `namedBy` is the question whose answer names each file."""

    language: Language = "en"
    form: Literal["pdf", "docx"] = "pdf"
    named_by: Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9_]*$")] = ""
    keeps: Flag = False
    is_private: Flag = False
