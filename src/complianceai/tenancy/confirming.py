"""How long ago somebody showed who they are, and whether that is enough for what cannot be undone lightly."""

from datetime import datetime, timedelta

from complianceai.tenancy.scope import Scope
from complianceai.tenancy.way_errors import ConfirmYourself

# Long enough to finish what one came for, short enough for a browser that was left open.
WINDOW = timedelta(minutes=10)


def is_confirmed(scope: Scope, now: datetime) -> bool:
    """Whether the person showed again who they are within the window, after signing in."""
    return scope.confirmed_at is not None and now - scope.confirmed_at <= WINDOW


def is_fresh(scope: Scope, now: datetime) -> bool:
    """Whether the person showed who they are within the window, by signing in or after that; no token ever did."""
    has_just_come = scope.signed_in_at is not None and now - scope.signed_in_at <= WINDOW
    return has_just_come or is_confirmed(scope, now)


def check_fresh(scope: Scope, now: datetime) -> None:
    """Nothing, where the person showed who they are within the window.

    Errors: ConfirmYourself.
    """
    if not is_fresh(scope, now):
        raise ConfirmYourself
