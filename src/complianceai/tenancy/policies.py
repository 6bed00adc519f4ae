"""Who may do what to a company."""

from collections.abc import Mapping
from enum import StrEnum

from complianceai.site.words import marked
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


# Who is in a company to answer for it or to look at it works for somebody else.
GUESTS = frozenset({Role.CLIENT, Role.AUDITOR})


class PracticeRole(StrEnum):
    """What somebody is in a practice."""

    PARTNER = "partner"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    STAFF = "staff"


class Access(StrEnum):
    """Who in a practice sees a client."""

    EVERYONE = "everyone"
    TEAMS = "teams"
    PRIVATE = "private"


class Deed(StrEnum):
    """What one may do to a company."""

    SEE = "see"
    EDIT = "edit"
    SEE_MEMBERS = "see members"
    MANAGE_MEMBERS = "manage members"
    SEE_TRAIL = "see the trail"


_EVERYTHING = frozenset(Deed)
_LOOKS_CLOSELY = frozenset({Deed.SEE, Deed.SEE_MEMBERS, Deed.SEE_TRAIL})
_LOOKS = frozenset({Deed.SEE, Deed.SEE_MEMBERS})

MAY: Mapping[Role, frozenset[Deed]] = {
    Role.OWNER: _EVERYTHING,
    Role.ADMINISTRATOR: _EVERYTHING,
    Role.PREPARER: _LOOKS,
    Role.REVIEWER: _LOOKS_CLOSELY,
    Role.VIEWER: _LOOKS,
    # Who else works on a client's papers, and what they did, is the firm's own business.
    Role.CLIENT: frozenset({Deed.SEE}),
    Role.AUDITOR: _LOOKS_CLOSELY,
}
# Of two ways to a company the stronger counts; none of it is an order of rank among people.
STRENGTH: Mapping[Role, int] = {
    Role.OWNER: 7,
    Role.ADMINISTRATOR: 6,
    Role.REVIEWER: 5,
    Role.PREPARER: 4,
    Role.AUDITOR: 3,
    Role.VIEWER: 2,
    Role.CLIENT: 1,
}
# What a practice's people are to a client that everybody in the practice sees, unless assigned to more.
REACHES_AS: Mapping[PracticeRole, Role] = {
    PracticeRole.PARTNER: Role.ADMINISTRATOR,
    PracticeRole.ADMINISTRATOR: Role.ADMINISTRATOR,
    PracticeRole.MANAGER: Role.REVIEWER,
    PracticeRole.STAFF: Role.PREPARER,
}
# Whose roles one may give and take: only an owner makes or unmakes an owner.
GIVES: Mapping[Role, frozenset[Role]] = {
    Role.OWNER: frozenset(Role),
    Role.ADMINISTRATOR: frozenset(Role) - {Role.OWNER},
}
ROLE_WORDS: Mapping[Role, str] = {
    Role.OWNER: marked("owner"),
    Role.ADMINISTRATOR: marked("administrator"),
    Role.PREPARER: marked("preparer"),
    Role.REVIEWER: marked("reviewer"),
    Role.VIEWER: marked("viewer"),
    Role.CLIENT: marked("client"),
    Role.AUDITOR: marked("auditor"),
}


def can_edit_company(role: Role) -> bool:
    """Whether somebody of this role may change the company's facts."""
    return Deed.EDIT in MAY[role]


def check_can_edit_company(role: Role) -> None:
    """Nothing, where the role may change the company's facts.

    Errors: NotYourRole.
    """
    _insist(role, may=can_edit_company(role))


def can_see_members(role: Role) -> bool:
    """Whether somebody of this role may know who else has to do with the company."""
    return Deed.SEE_MEMBERS in MAY[role]


def check_can_see_members(role: Role) -> None:
    """Nothing, where the role may know who else has to do with the company.

    Errors: NotYourRole.
    """
    _insist(role, may=can_see_members(role))


def can_manage_members(role: Role) -> bool:
    """Whether somebody of this role may invite people, and see and withdraw invitations."""
    return Deed.MANAGE_MEMBERS in MAY[role]


def check_can_manage_members(role: Role) -> None:
    """Nothing, where the role may invite people, and see and withdraw invitations.

    Errors: NotYourRole.
    """
    _insist(role, may=can_manage_members(role))


def can_give_role(role: Role, given: Role) -> bool:
    """Whether somebody of this role may make another person of that one, or take it from them."""
    return given in GIVES.get(role, frozenset())


def check_can_give_role(role: Role, given: Role) -> None:
    """Nothing, where the role may make another person of that one, or take it from them.

    Errors: NotYourRole.
    """
    _insist(role, may=can_give_role(role, given))


def can_see_trail(role: Role) -> bool:
    """Whether somebody of this role may read who changed what."""
    return Deed.SEE_TRAIL in MAY[role]


def check_can_see_trail(role: Role) -> None:
    """Nothing, where the role may read who changed what.

    Errors: NotYourRole.
    """
    _insist(role, may=can_see_trail(role))


def _insist(role: Role, *, may: bool) -> None:
    if not may:
        raise NotYourRole(role=role.value)
