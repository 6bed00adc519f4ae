"""What every page of a practice shows, and how what is refused is said in its forms."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.templating import page
from complianceai.tenancy.policies import ROLE_WORDS
from complianceai.tenancy.practice.policies import (
    ACCESS_WORDS,
    KIND_WORDS,
    PRACTICE_ROLE_WORDS,
    PracticeDeed,
    can,
    can_give_practice_role,
)
from complianceai.tenancy.practice.queries.practices import Practice

# A form's fields bear our names, and a schema tells of its own by those of the wire.
OURS = {
    "startsOn": "starts_on",
    "endsOn": "ends_on",
    "personId": "person_id",
    "companyId": "company_id",
}


def show(
    request: Request, name: str, practice: Practice, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the practice, with the way to its others."""
    known: dict[str, Any] = {"faults": {}, "typed": {}, "link": ""}
    mine = practice.role
    return page(
        request,
        f"tenancy/practice/{name}.html",
        status=status,
        practice=practice,
        base=base_of(practice),
        tab=name,
        may={deed.name.lower(): can(mine, deed) for deed in PracticeDeed},
        practice_roles=[
            (role.value, word)
            for role, word in PRACTICE_ROLE_WORDS.items()
            if can_give_practice_role(mine, role)
        ],
        practice_role_words=PRACTICE_ROLE_WORDS,
        role_words=ROLE_WORDS,
        access_words=ACCESS_WORDS,
        kind_words=KIND_WORDS,
        **{**known, **context},
    )


def base_of(practice: Practice) -> str:
    """The address of the practice's pages."""
    return f"/app/practices/{practice.id}"


def refused(request: Request, error: DomainError, field: str) -> tuple[dict[str, str], int]:
    """What to mend, by the field of the form, and the status of a page that says it."""
    faults: Mapping[str, str] = error.faults if isinstance(error, InvalidInput) else {field: error.sentence}
    language = preferences(request).language
    fields = {} if isinstance(error, InvalidInput) else error.fields
    said = {
        OURS.get(name, name): translate(language, sentence).format_map(fields)
        if fields
        else translate(language, sentence)
        for name, sentence in faults.items()
    }
    return said, STATUSES[error.kind]
