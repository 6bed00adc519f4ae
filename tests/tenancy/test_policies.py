from collections.abc import Callable

import pytest

from complianceai.tenancy import policies
from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import (
    GIVES,
    MAY,
    ROLE_WORDS,
    Deed,
    Role,
    can_give_role,
    check_can_give_role,
)

IN_CHARGE = {Role.OWNER, Role.ADMINISTRATOR}
# What each pair of functions is about, and who may.
PAIRS = {
    "edit_company": IN_CHARGE,
    "see_members": set(Role) - {Role.CLIENT},
    "manage_members": IN_CHARGE,
    "see_trail": IN_CHARGE | {Role.REVIEWER, Role.AUDITOR},
}


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_the_company_and_has_a_word(role: Role) -> None:
    assert Deed.SEE in MAY[role]
    assert ROLE_WORDS[role]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("pair", PAIRS)
def test_of_each_pair_one_answers_and_the_other_insists(pair: str, role: Role) -> None:
    can: Callable[[Role], bool] = getattr(policies, f"can_{pair}")
    check: Callable[[Role], None] = getattr(policies, f"check_can_{pair}")
    assert can(role) is (role in PAIRS[pair])
    if role in PAIRS[pair]:
        check(role)
    else:
        with pytest.raises(NotYourRole, match=f"As {role} .* owner"):
            check(role)


@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("role", Role)
def test_only_an_owner_makes_an_owner_and_only_those_in_charge_make_anybody(role: Role, given: Role) -> None:
    may = role is Role.OWNER or (role is Role.ADMINISTRATOR and given is not Role.OWNER)
    assert can_give_role(role, given) is may
    if may:
        check_can_give_role(role, given)
    else:
        with pytest.raises(NotYourRole):
            check_can_give_role(role, given)


def test_whoever_gives_roles_may_manage_members() -> None:
    assert {role for role, given in GIVES.items() if given} == IN_CHARGE
