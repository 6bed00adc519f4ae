"""Who may answer what is asked of a client."""

from complianceai.register.tasks.policies import may
from complianceai.register.tasks.states import Deed
from complianceai.tenancy.errors import NotYourRole
from complianceai.tenancy.policies import Role


def can_answer(role: Role) -> bool:
    """Whether somebody of this role may send what is asked for: the client, and whoever works on it."""
    return role is Role.CLIENT or may(role, Deed.WORK)


def check_can_answer(role: Role) -> None:
    """Nothing, where the role may send what is asked for.

    Errors: NotYourRole.
    """
    if not can_answer(role):
        raise NotYourRole(role=role.value)
