"""Every write of people, sessions and companies, each in one short transaction."""

from complianceai.tenancy.actions.account import delete_account, edit_person
from complianceai.tenancy.actions.addresses import (
    ask_to_move,
    ask_to_verify,
    keep_language,
    mark_verified,
    move,
    undo_move,
    verify,
)
from complianceai.tenancy.actions.challenges import Answer, Asked
from complianceai.tenancy.actions.companies import (
    Edit,
    add_company,
    change_company,
    create_company,
    edit_company,
)
from complianceai.tenancy.actions.elsewhere import (
    LinkFirst,
    confirm_from_elsewhere,
    enter_from_elsewhere,
    link,
    link_at_door,
    read_pending,
    seal_pending,
    unlink,
)
from complianceai.tenancy.actions.entering import (
    ask_for_entry,
    ask_to_confirm,
    confirm_by_passkey,
    enter_by_passkey,
    take_second_step_by_passkey,
)
from complianceai.tenancy.actions.factors import (
    NewFactor,
    begin_factor,
    confirm_factor,
    end_factor,
    renew_codes,
    rest_on_passkeys,
    secret_being_set_up,
)
from complianceai.tenancy.actions.forgetting import ask_for_password, choose_password
from complianceai.tenancy.actions.happenings import note, note_at_door, note_export
from complianceai.tenancy.actions.passkeys import (
    add_passkey,
    ask_for_passkey,
    remove_passkey,
    rename_passkey,
)
from complianceai.tenancy.actions.passwords import change_password, confirm_by_password, confirm_password
from complianceai.tenancy.actions.people import Newcomer, SignedInAs, email_key, register
from complianceai.tenancy.actions.sessions import (
    end_other_sessions,
    end_session,
    name_session,
    note_sight,
    sign_out,
)
from complianceai.tenancy.actions.signing_in import Given, mark_for, sign_in, take_second_step
from complianceai.tenancy.actions.tokens import Made, Wish, make_token, note_use, revoke_token
from complianceai.tenancy.browsers import Browser

__all__ = [
    "Answer",
    "Asked",
    "Browser",
    "Edit",
    "Given",
    "LinkFirst",
    "Made",
    "NewFactor",
    "Newcomer",
    "SignedInAs",
    "Wish",
    "add_company",
    "add_passkey",
    "ask_for_entry",
    "ask_for_passkey",
    "ask_for_password",
    "ask_to_confirm",
    "ask_to_move",
    "ask_to_verify",
    "begin_factor",
    "change_company",
    "change_password",
    "choose_password",
    "confirm_by_passkey",
    "confirm_by_password",
    "confirm_factor",
    "confirm_from_elsewhere",
    "confirm_password",
    "create_company",
    "delete_account",
    "edit_company",
    "edit_person",
    "email_key",
    "end_factor",
    "end_other_sessions",
    "end_session",
    "enter_by_passkey",
    "enter_from_elsewhere",
    "keep_language",
    "link",
    "link_at_door",
    "make_token",
    "mark_for",
    "mark_verified",
    "move",
    "name_session",
    "note",
    "note_at_door",
    "note_export",
    "note_sight",
    "note_use",
    "read_pending",
    "register",
    "remove_passkey",
    "rename_passkey",
    "renew_codes",
    "rest_on_passkeys",
    "revoke_token",
    "seal_pending",
    "secret_being_set_up",
    "sign_in",
    "sign_out",
    "take_second_step",
    "take_second_step_by_passkey",
    "undo_move",
    "unlink",
    "verify",
]
