"""Who may do what to a company."""

from collections.abc import Mapping
from enum import StrEnum

from complianceai.tenancy.errors import NotYourRole


class Role(StrEnum):
    """What somebody is to a company."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    PREPARER = "preparer"
    REVIEWER = "reviewer"
    VIEWER = "viewer"
    CLIENT = "client"
    AUDITOR = "auditor"


class Deed(StrEnum):
    """What one may do to a company."""

    SEE = "see"
    EDIT = "edit"


_LOOKS = frozenset({Deed.SEE})
_EDITS = frozenset({Deed.SEE, Deed.EDIT})

MAY: Mapping[Role, frozenset[Deed]] = {
    Role.OWNER: _EDITS,
    Role.ADMINISTRATOR: _EDITS,
    Role.PREPARER: _LOOKS,
    Role.REVIEWER: _LOOKS,
    Role.VIEWER: _LOOKS,
    Role.CLIENT: _LOOKS,
    Role.AUDITOR: _LOOKS,
}


def can_edit_company(role: Role) -> bool:
    """Whether somebody of this role may change the company's facts."""
    return Deed.EDIT in MAY[role]


def check_can_edit_company(role: Role) -> None:
    """Nothing, where the role may change the company's facts.

    Errors: NotYourRole.
    """
    if not can_edit_company(role):
        raise NotYourRole(role=role.value)
