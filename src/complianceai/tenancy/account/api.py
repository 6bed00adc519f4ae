"""A person's own account as JSON."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Request, Response

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.account.export import export_person
from complianceai.tenancy.account.schemas import (
    Farewell,
    PasswordChange,
    PersonEdit,
    SessionReply,
    session_reply,
)
from complianceai.tenancy.cookies import drop_token
from complianceai.tenancy.schemas import Done, User, UserReply

router = Router(prefix="/api/auth", tags=["account"])


@router.patch("/me", responses=failures(401, 403, 413, 422))
async def edit_me(scope: OfAccount, wanted: PersonEdit, database: Db, now: Now) -> UserReply:
    """The person by the new name and with the new number."""
    person = await actions.edit_person(database, scope, wanted.name, wanted.phone, now)
    return UserReply(user=User.model_validate(person))


@router.post("/password", responses=failures(401, 403, 413, 422, 429))
async def change_password(request: Request, scope: OfAccount, wanted: PasswordChange, now: Now) -> Done:
    """The new password holds, and every other session is over."""
    await actions.change_password(services(request), scope, wanted.old_password, wanted.new_password, now)
    return Done()


@router.get("/sessions", responses=failures(401, 403))
async def list_sessions(scope: OfAccount, database: Db, now: Now) -> Success[list[SessionReply]]:
    """The person's open sessions, the one seen last first."""
    async with database.reading() as connection:
        found = await queries.list_sessions(connection, scope, now)
    return Success(data=[session_reply(each, scope) for each in found])


@router.delete("/sessions", responses=failures(401, 403))
async def end_other_sessions(scope: OfAccount, database: Db, now: Now) -> Done:
    """Every session is over but the one that asks."""
    await actions.end_other_sessions(database, scope, now)
    return Done()


@router.delete("/sessions/{session_id}", responses=failures(401, 403, 404, 422))
async def end_session(scope: OfAccount, session_id: UUID, database: Db, now: Now) -> Done:
    """That session is over."""
    await actions.end_session(database, scope, session_id, now)
    return Done()


@router.get("/export", responses=failures(401, 403))
async def export(scope: OfAccount, database: Db, now: Now) -> Success[dict[str, Any]]:
    """Everything that is kept of the person."""
    async with database.reading() as connection:
        told = await export_person(connection, scope)
    await actions.note_export(database, scope, now)
    return Success(data=told)


@router.post("/delete", responses=failures(401, 403, 409, 413, 422, 429))
async def delete_account(
    request: Request, response: Response, scope: OfAccount, wanted: Annotated[Farewell, Body()], now: Now
) -> Done:
    """The person is gone, and with them the companies that only they owned, which they name."""
    await actions.delete_account(services(request), scope, wanted.password, wanted.companies, now)
    drop_token(request, response)
    return Done()
