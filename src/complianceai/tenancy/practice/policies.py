"""Who may do what in a practice, and to a client as one of its practice."""

from collections.abc import Mapping
from enum import StrEnum

from complianceai.site.words import marked
from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import Access, PracticeRole, Role, can_manage_members
from complianceai.tenancy.practice.errors import NotYourPracticeRole


class PracticeKind(StrEnum):
    """What kind of firm a practice is."""

    CA = "ca"
    CS = "cs"
    CMA = "cma"
    OTHER = "other"


class PracticeDeed(StrEnum):
    """What one may do in a practice."""

    EDIT = "edit"
    MANAGE_PEOPLE = "manage people"
    MANAGE_TEAMS = "manage teams"
    ADD_CLIENTS = "add clients"
    ASSIGN = "assign"
    SEE_TRAIL = "see the trail"
    TAKE_OVER = "take over"
    CLOSE = "close"


_EVERYTHING = frozenset(PracticeDeed)
MAY: Mapping[PracticeRole, frozenset[PracticeDeed]] = {
    PracticeRole.PARTNER: _EVERYTHING,
    # What only partners may: see that there are private clients, and end it all.
    PracticeRole.ADMINISTRATOR: _EVERYTHING - {PracticeDeed.TAKE_OVER, PracticeDeed.CLOSE},
    PracticeRole.MANAGER: frozenset({PracticeDeed.ADD_CLIENTS, PracticeDeed.ASSIGN}),
    PracticeRole.STAFF: frozenset(),
}
GIVES: Mapping[PracticeRole, frozenset[PracticeRole]] = {
    PracticeRole.PARTNER: frozenset(PracticeRole),
    PracticeRole.ADMINISTRATOR: frozenset(PracticeRole) - {PracticeRole.PARTNER},
}
# What somebody of a practice can be assigned to be: a company's owners, clients and auditors are its own people.
ASSIGNABLE = (Role.ADMINISTRATOR, Role.REVIEWER, Role.PREPARER, Role.VIEWER)
PRACTICE_ROLE_WORDS: Mapping[PracticeRole, str] = {
    PracticeRole.PARTNER: marked("partner"),
    PracticeRole.ADMINISTRATOR: marked("administrator"),
    PracticeRole.MANAGER: marked("manager"),
    PracticeRole.STAFF: marked("staff"),
}
KIND_WORDS: Mapping[PracticeKind, str] = {
    PracticeKind.CA: marked("Chartered accountants"),
    PracticeKind.CS: marked("Company secretaries"),
    PracticeKind.CMA: marked("Cost accountants"),
    PracticeKind.OTHER: marked("Others"),
}
ACCESS_WORDS: Mapping[Access, str] = {
    Access.EVERYONE: marked("Everybody in the practice"),
    Access.TEAMS: marked("Only given teams and named people"),
    Access.PRIVATE: marked("Private: only named people"),
}


def can(role: PracticeRole, deed: PracticeDeed) -> bool:
    """Whether somebody of this role may do that in the practice."""
    return deed in MAY[role]


def check_can(role: PracticeRole, deed: PracticeDeed) -> None:
    """Nothing, where the role may do that in the practice.

    Errors: NotYourPracticeRole.
    """
    _insist(role, may=can(role, deed))


def can_give_practice_role(role: PracticeRole, given: PracticeRole) -> bool:
    """Whether somebody of this role may make another person of that one, or take it from them."""
    return given in GIVES.get(role, frozenset())


def check_can_give_practice_role(role: PracticeRole, given: PracticeRole) -> None:
    """Nothing, where the role may make another person of that one, or take it from them.

    Errors: NotYourPracticeRole.
    """
    _insist(role, may=can_give_practice_role(role, given))


def can_assign(role: PracticeRole, in_client: Role, access: Access) -> bool:
    """Whether somebody of these roles in the practice and in the client may say who works on it."""
    return can_manage_members(in_client) or (can(role, PracticeDeed.ASSIGN) and access is not Access.PRIVATE)


def check_can_assign(role: PracticeRole, in_client: Role, access: Access) -> None:
    """Nothing, where somebody of these roles may say who works on the client.

    Errors: NotYourPracticeRole.
    """
    _insist(role, may=can_assign(role, in_client, access))


def can_give_client_role(in_client: Role, given: Role) -> bool:
    """Whether somebody of this role in the client may assign that one: only those in charge of it put in charge."""
    return given in ASSIGNABLE and (given is not Role.ADMINISTRATOR or can_manage_members(in_client))


def check_can_give_client_role(in_client: Role, given: Role) -> None:
    """Nothing, where somebody of this role in the client may assign that one.

    Errors: NotYourRole.
    """
    if not can_give_client_role(in_client, given):
        raise NotYourRole(role=in_client.value)


def can_change_privacy(in_client: Role) -> bool:
    """Whether somebody of this role in the client may make it private, or private no longer."""
    return can_manage_members(in_client)


def check_can_change_privacy(in_client: Role) -> None:
    """Nothing, where somebody of this role in the client may make it private, or private no longer.

    Errors: NotYourRole.
    """
    if not can_change_privacy(in_client):
        raise NotYourRole(role=in_client.value)


def _insist(role: PracticeRole, *, may: bool) -> None:
    if not may:
        raise NotYourPracticeRole(role=role.value)
