"""Every write of people, sessions and companies, each in one short transaction."""

from complianceai.tenancy.actions.account import delete_account, edit_person
from complianceai.tenancy.actions.companies import (
    Edit,
    add_company,
    change_company,
    create_company,
    edit_company,
)
from complianceai.tenancy.actions.factors import (
    NewFactor,
    begin_factor,
    confirm_factor,
    end_factor,
    renew_codes,
    secret_being_set_up,
)
from complianceai.tenancy.actions.passwords import change_password, confirm_password
from complianceai.tenancy.actions.people import Newcomer, SignedInAs, email_key, register
from complianceai.tenancy.actions.sessions import (
    Browser,
    end_other_sessions,
    end_session,
    note_sight,
    sign_out,
)
from complianceai.tenancy.actions.signing_in import Given, mark_for, sign_in, take_second_step
from complianceai.tenancy.actions.tokens import Made, Wish, make_token, note_use, revoke_token

__all__ = [
    "Browser",
    "Edit",
    "Given",
    "Made",
    "NewFactor",
    "Newcomer",
    "SignedInAs",
    "Wish",
    "add_company",
    "begin_factor",
    "change_company",
    "change_password",
    "confirm_factor",
    "confirm_password",
    "create_company",
    "delete_account",
    "edit_company",
    "edit_person",
    "email_key",
    "end_factor",
    "end_other_sessions",
    "end_session",
    "make_token",
    "mark_for",
    "note_sight",
    "note_use",
    "register",
    "renew_codes",
    "revoke_token",
    "secret_being_set_up",
    "sign_in",
    "sign_out",
    "take_second_step",
]
