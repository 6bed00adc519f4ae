"""Changing a password, and asking for it again before what cannot be undone."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.site.words import marked
from complianceai.storage.services import Services
from complianceai.tenancy.actions.happenings import note
from complianceai.tenancy.actions.sessions import close_others
from complianceai.tenancy.confirming import is_confirmed
from complianceai.tenancy.errors import NotByToken
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.passwords import hash_new_password, verify_password
from complianceai.tenancy.queries import find_password_hash
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token, new_token
from complianceai.tenancy.slowing import count_attempt
from complianceai.tenancy.tables import people, sessions
from complianceai.tenancy.way_errors import ConfirmYourself

WRONG = marked("This is not your password. Type the one that you sign in with.")


async def confirm_password(services: Services, scope: Scope, password: str, field: str = "password") -> None:
    """Nothing, where it is the person's password, or is left out by who has just shown in another way who they are.

    Errors: TooMany; InvalidInput at the field; ConfirmYourself where the person has no password to give.
    """
    if not password and is_confirmed(scope, services.clock()):
        return
    # Whoever sits at somebody's open browser must not try passwords there either.
    attempt = await count_attempt(
        services.limiter, f"again {scope.person.id}", scope.address, str(scope.person.id)
    )
    async with services.database.reading() as connection:
        known = await find_password_hash(connection, scope.person.id)
    if known == "":
        raise ConfirmYourself
    is_right, _ = await verify_password(password, known)
    if not is_right:
        raise InvalidInput({field: WRONG})
    await attempt.forgive()


async def change_password(services: Services, scope: Scope, old: str, new: str, now: datetime) -> None:
    """Nothing; the new password is the person's, their first or in place of the old; every other session is over.

    Errors: TooMany; InvalidInput at `old_password` where it is wrong, at `new_password` where it is a common one.
    """
    await confirm_password(services, scope, old, "old_password")
    told = (scope.person.name, scope.person.email)
    password_hash = await hash_new_password(new, told, "new_password")
    mine = people.c.id == scope.person.id
    async with services.database.transaction() as connection:
        await connection.execute(
            update(people).where(mine).values(password_hash=password_hash, updated_at=now)
        )
        await close_others(connection, scope)
        await note(connection, scope, What.PASSWORD_CHANGED, now)


async def confirm_by_password(services: Services, scope: Scope, password: str, now: datetime) -> str:
    """The session's new token; the person has shown now who they are.

    Errors: NotByToken; TooMany; InvalidInput for a wrong password.
    """
    if scope.session_id is None:
        raise NotByToken
    if not password:
        raise InvalidInput({"password": WRONG})
    await confirm_password(services, scope, password)
    async with services.database.transaction() as connection:
        return await mark_confirmed(connection, scope, Way.PASSWORD, now)


async def mark_confirmed(connection: AsyncConnection, scope: Scope, way: Way, now: datetime) -> str:
    """The session's new token: it reaches further now, so a copy of the old one must open nothing."""
    token, mine = new_token(), sessions.c.id == scope.session_id
    values = {"confirmed_at": now, "token_hash": hash_token(token)}
    await connection.execute(update(sessions).where(mine).values(values))
    await note(connection, scope, What.CONFIRMED, now, way.value)
    return token
