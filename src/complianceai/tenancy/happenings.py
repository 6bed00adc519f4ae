"""What happens to somebody's account and is told to them."""

from collections.abc import Mapping
from enum import StrEnum

from complianceai.site.words import marked


class Way(StrEnum):
    """How somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, no password
    CODE = "code"
    PASSKEY = "passkey"
    PASSWORD_AND_PASSKEY = "password_passkey"  # noqa: S105 - as above
    ELSEWHERE = "elsewhere"


# The session of an operator who helps, by the person's own permission: no way in of the person's.
HELPER = "helper"
WAY_WORDS: Mapping[str, str] = {
    Way.PASSWORD: marked("password"),
    Way.CODE: marked("password and code"),
    Way.PASSKEY: marked("passkey"),
    Way.PASSWORD_AND_PASSKEY: marked("password and passkey"),
    Way.ELSEWHERE: marked("account elsewhere"),
    HELPER: marked("an operator who helps"),
}


class What(StrEnum):
    """One kind of thing that happens to an account."""

    SIGNED_UP = "signed_up"
    SIGNED_IN = "signed_in"
    CODE_REFUSED = "code_refused"
    CONFIRMED = "confirmed"
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    DETAILS_CHANGED = "details_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    EMAIL_CHANGED = "email_changed"
    STEP_ON = "step_on"
    STEP_OFF = "step_off"
    CODES_RENEWED = "codes_renewed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_DOUBTED = "passkey_doubted"
    TOKEN_MADE = "token_made"  # noqa: S105 - a name
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a name
    LINKED = "linked"
    UNLINKED = "unlinked"
    EXPORTED = "exported"
    OPERATOR_MADE = "operator_made"
    OPERATOR_UNMADE = "operator_unmade"
    OPERATOR_LOOKED = "operator_looked"
    HELP_ALLOWED = "help_allowed"
    HELP_BEGAN = "help_began"
    HELP_ENDED = "help_ended"


# What its person is told by mail as well: mostly what an intruder would do. Of signing in, only in an unknown browser.
TOLD_BY_MAIL = frozenset(
    {
        What.SIGNED_IN,
        What.CODE_REFUSED,
        What.PASSWORD_CHANGED,
        What.STEP_ON,
        What.STEP_OFF,
        What.CODES_RENEWED,
        What.PASSKEY_ADDED,
        What.PASSKEY_REMOVED,
        What.PASSKEY_DOUBTED,
        What.TOKEN_MADE,
        What.LINKED,
        What.UNLINKED,
        What.EXPORTED,
        What.OPERATOR_MADE,
        What.OPERATOR_UNMADE,
        What.HELP_ALLOWED,
        What.HELP_BEGAN,
    }
)

WHAT_WORDS: Mapping[str, str] = {
    What.SIGNED_UP: marked("Account made"),
    What.SIGNED_IN: marked("Signed in"),
    What.CODE_REFUSED: marked("Right password, wrong code"),
    What.CONFIRMED: marked("Showed again who it is"),
    What.SESSION_ENDED: marked("A session ended"),
    What.SESSIONS_ENDED: marked("All other sessions ended"),
    What.DETAILS_CHANGED: marked("Name or number changed"),
    What.PASSWORD_CHANGED: marked("Password changed"),
    What.EMAIL_CHANGED: marked("E-mail changed"),
    What.STEP_ON: marked("Second step turned on"),
    What.STEP_OFF: marked("Second step turned off"),
    What.CODES_RENEWED: marked("New recovery codes made"),
    What.PASSKEY_ADDED: marked("Passkey added"),
    What.PASSKEY_REMOVED: marked("Passkey removed"),
    What.PASSKEY_DOUBTED: marked("Passkey refused: it may have been copied"),
    What.TOKEN_MADE: marked("Token for a program made"),
    What.TOKEN_REVOKED: marked("Token for a program revoked"),
    What.LINKED: marked("Account elsewhere linked"),
    What.UNLINKED: marked("Account elsewhere unlinked"),
    What.EXPORTED: marked("Everything kept downloaded"),
    What.OPERATOR_MADE: marked("The operator's console opened to you"),
    What.OPERATOR_UNMADE: marked("The operator's console closed to you"),
    What.OPERATOR_LOOKED: marked("An operator looked at your account"),
    What.HELP_ALLOWED: marked("You allowed an operator to help"),
    What.HELP_BEGAN: marked("An operator began to help"),
    What.HELP_ENDED: marked("You ended the help"),
}
