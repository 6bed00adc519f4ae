"""Accounts and companies as JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from complianceai.base.errors import InvalidInput
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import SignedIn, browser_of, counted, keep_sign_in
from complianceai.tenancy.cookies import drop_token, read_token
from complianceai.tenancy.errors import NotSignedIn
from complianceai.tenancy.schemas import (
    CompanyEdit,
    CompanyInput,
    CompanyReply,
    Done,
    Registration,
    SignIn,
    User,
    UserReply,
)

router = Router(prefix="/api")
_accounts = Router(prefix="/api/auth", tags=["accounts"])
_companies = Router(prefix="/api/companies", tags=["companies"])


@_accounts.post("/register", dependencies=[counted], responses=failures(403, 409, 413, 422, 429))
async def register(
    request: Request, response: Response, wanted: Registration, database: Db, now: Now
) -> UserReply:
    """The new person, signed in by the cookie that comes with the reply."""
    newcomer = wanted.newcomer()
    signed_in = await actions.register(database, newcomer, browser_of(request), now)
    keep_sign_in(request, response, signed_in, now)
    return await _user_reply(database, signed_in.person_id)


@_accounts.post("/login", dependencies=[counted], responses=failures(401, 403, 413, 422, 429))
async def sign_in(request: Request, response: Response, given: SignIn, database: Db, now: Now) -> UserReply:
    """The person, signed in by the cookie that comes with the reply; `code` where a second step is on."""
    signed_in = await actions.sign_in(services(request), given.given(), browser_of(request), now)
    keep_sign_in(request, response, signed_in, now)
    return await _user_reply(database, signed_in.person_id)


@_accounts.post("/logout", responses=failures(403))
async def sign_out(request: Request, response: Response, database: Db) -> Done:
    """The session is over; without one there is nothing to end, and that is no mistake."""
    token = read_token(request)
    if token:
        await actions.sign_out(database, token)
    drop_token(request, response)
    return Done()


@_accounts.get("/me", responses=failures(401))
async def show_me(scope: SignedIn) -> UserReply:
    """Who is signed in."""
    return UserReply(user=User.model_validate(scope.person))


@_companies.get("", responses=failures(401, 422))
async def list_companies(
    scope: SignedIn,
    database: Db,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SuccessList[CompanyReply]:
    """The person's companies by name, one page of them."""
    async with database.reading() as connection:
        found = await queries.list_companies(connection, scope, limit=size, offset=(page - 1) * size)
        total = await queries.count_companies(connection, scope)
    data = [CompanyReply.model_validate(company) for company in found]
    return SuccessList(data=data, page=PageOfList(number=page, size=size, total=total))


@_companies.post("", status_code=201, responses=failures(401, 402, 403, 413, 422))
async def create_company(
    scope: SignedIn, wanted: CompanyInput, database: Db, now: Now
) -> Success[CompanyReply]:
    """The new company, owned by the person who described it."""
    with _faults_of_profile():
        company = await actions.create_company(database, scope, wanted.whole_profile(), now)
    return Success(data=CompanyReply.model_validate(company))


@_companies.get("/{company_id}", responses=failures(401, 404, 422))
async def show_company(scope: SignedIn, company_id: UUID, database: Db) -> Success[CompanyReply]:
    """One of the person's companies."""
    async with database.reading() as connection:
        company = await queries.find_company(connection, scope, company_id)
    return Success(data=CompanyReply.model_validate(company))


@_companies.patch("/{company_id}", responses=failures(401, 403, 404, 409, 413, 422))
async def edit_company(
    scope: SignedIn, company_id: UUID, wanted: CompanyEdit, database: Db, now: Now
) -> Success[CompanyReply]:
    """The company with the change made; with a stale version nothing is changed."""
    edit = actions.Edit(wanted.profile, wanted.name, wanted.version)
    with _faults_of_profile():
        company = await actions.edit_company(database, scope, company_id, edit, now)
    return Success(data=CompanyReply.model_validate(company))


@contextmanager
def _faults_of_profile() -> Iterator[None]:
    # The rules name a fault by its path in the profile, a caller by its path in what was sent.
    try:
        yield
    except InvalidInput as error:
        faults = {path if path == "name" else f"profile.{path}": told for path, told in error.faults.items()}
        raise InvalidInput(faults) from error


async def _user_reply(database: Db, person_id: UUID) -> UserReply:
    async with database.reading() as connection:
        person = await queries.find_person(connection, person_id)
    if person is None:
        raise NotSignedIn
    return UserReply(user=User.model_validate(person))


router.routes.extend(_accounts.routes)
router.routes.extend(_companies.routes)
