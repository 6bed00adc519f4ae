"""Who may do what in a practice, as a table held against the functions."""

import pytest

from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import GIVES as COMPANY_GIVES
from complianceai.tenancy.policies import REACHES_AS, STRENGTH, Access, PracticeRole, Role
from complianceai.tenancy.practice import policies
from complianceai.tenancy.practice.errors import NotYourPracticeRole
from complianceai.tenancy.practice.policies import (
    ACCESS_WORDS,
    ASSIGNABLE,
    KIND_WORDS,
    MAY,
    PRACTICE_ROLE_WORDS,
    PracticeDeed,
    PracticeKind,
)

PARTNER, ADMINISTRATOR = PracticeRole.PARTNER, PracticeRole.ADMINISTRATOR
MANAGER, STAFF = PracticeRole.MANAGER, PracticeRole.STAFF
WHO = {
    PracticeDeed.EDIT: {PARTNER, ADMINISTRATOR},
    PracticeDeed.MANAGE_PEOPLE: {PARTNER, ADMINISTRATOR},
    PracticeDeed.MANAGE_TEAMS: {PARTNER, ADMINISTRATOR},
    PracticeDeed.ADD_CLIENTS: {PARTNER, ADMINISTRATOR, MANAGER},
    PracticeDeed.ASSIGN: {PARTNER, ADMINISTRATOR, MANAGER},
    PracticeDeed.SEE_TRAIL: {PARTNER, ADMINISTRATOR},
    PracticeDeed.TAKE_OVER: {PARTNER},
    PracticeDeed.CLOSE: {PARTNER},
}


@pytest.mark.parametrize("role", PracticeRole)
@pytest.mark.parametrize("deed", PracticeDeed)
def test_each_deed_is_for_those_of_the_table(role: PracticeRole, deed: PracticeDeed) -> None:
    assert policies.can(role, deed) is (role in WHO[deed])
    if role in WHO[deed]:
        policies.check_can(role, deed)
    else:
        with pytest.raises(NotYourPracticeRole, match=f"As {role} of this practice"):
            policies.check_can(role, deed)


@pytest.mark.parametrize("given", PracticeRole)
@pytest.mark.parametrize("role", PracticeRole)
def test_only_partners_make_partners_and_only_those_in_charge_make_anybody(
    role: PracticeRole, given: PracticeRole
) -> None:
    may = role is PARTNER or (role is ADMINISTRATOR and given is not PARTNER)
    assert policies.can_give_practice_role(role, given) is may
    if not may:
        with pytest.raises(NotYourPracticeRole):
            policies.check_can_give_practice_role(role, given)


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("in_client", Role)
@pytest.mark.parametrize("role", PracticeRole)
def test_work_is_given_out_by_those_in_charge_of_the_client_and_by_managers_unless_it_is_private(
    role: PracticeRole, in_client: Role, access: Access
) -> None:
    in_charge = in_client in COMPANY_GIVES
    may = in_charge or (role is not STAFF and access is not Access.PRIVATE)
    assert policies.can_assign(role, in_client, access) is may
    if not may:
        with pytest.raises(NotYourPracticeRole):
            policies.check_can_assign(role, in_client, access)


@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("in_client", Role)
def test_nobody_is_assigned_to_be_an_owner_a_client_or_an_auditor(in_client: Role, given: Role) -> None:
    may = given in {Role.REVIEWER, Role.PREPARER, Role.VIEWER} or (
        given is Role.ADMINISTRATOR and in_client in {Role.OWNER, Role.ADMINISTRATOR}
    )
    assert policies.can_give_client_role(in_client, given) is may
    if not may:
        with pytest.raises(NotYourRole):
            policies.check_can_give_client_role(in_client, given)


@pytest.mark.parametrize("in_client", Role)
def test_a_client_is_made_private_by_those_in_charge_of_it(in_client: Role) -> None:
    may = in_client in {Role.OWNER, Role.ADMINISTRATOR}
    assert policies.can_change_privacy(in_client) is may
    if not may:
        with pytest.raises(NotYourRole):
            policies.check_can_change_privacy(in_client)


def test_everything_has_a_word_and_every_role_its_strength() -> None:
    assert set(PRACTICE_ROLE_WORDS) == set(PracticeRole) == set(MAY) == set(REACHES_AS)
    assert set(ACCESS_WORDS) == set(Access)
    assert set(KIND_WORDS) == set(PracticeKind)
    assert sorted(STRENGTH.values()) == list(range(1, len(Role) + 1))
    assert set(STRENGTH) == set(Role)
    assert set(REACHES_AS.values()) <= set(ASSIGNABLE)
