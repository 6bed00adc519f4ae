"""Every write of people, sessions and companies, each in one short transaction."""

from complianceai.tenancy.actions.companies import (
    Edit,
    add_company,
    change_company,
    create_company,
    edit_company,
)
from complianceai.tenancy.actions.people import Newcomer, SignedInAs, email_key, register, sign_in
from complianceai.tenancy.actions.sessions import Browser, note_sight, sign_out

__all__ = [
    "Browser",
    "Edit",
    "Newcomer",
    "SignedInAs",
    "add_company",
    "change_company",
    "create_company",
    "edit_company",
    "email_key",
    "note_sight",
    "register",
    "sign_in",
    "sign_out",
]
