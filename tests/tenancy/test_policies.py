import pytest

from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import MAY, Deed, Role, can_edit_company, check_can_edit_company

EDITORS = {Role.OWNER, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_and_only_those_in_charge_edit(role: Role) -> None:
    assert Deed.SEE in MAY[role]
    assert can_edit_company(role) is (role in EDITORS)


@pytest.mark.parametrize("role", sorted(set(Role) - EDITORS))
def test_others_are_told_who_can(role: Role) -> None:
    with pytest.raises(NotYourRole, match=f"As {role} .* owner"):
        check_can_edit_company(role)
