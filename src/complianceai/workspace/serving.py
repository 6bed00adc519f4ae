"""A document at the address of its link, for whoever has it: the paper, and nothing else of the company."""

from typing import Annotated, Literal

from fastapi import Form, Request
from starlette.responses import Response

from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.audit import Actor
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import address_of, counted
from complianceai.tenancy.sessions import hash_token
from complianceai.workspace.actions.sharing import open_link
from complianceai.workspace.errors import WrongPassword
from complianceai.workspace.handing_out import version_as
from complianceai.workspace.pages.common import shown_html
from complianceai.workspace.queries.sharing import Opened, find_opened
from complianceai.workspace.queries.versions import Version, find_version
from complianceai.workspace.rendering import html_of

router = Router(prefix="/shared", include_in_schema=False)
# Of one link, and of the guesses at its password.
RATE, GUESSES = "240/hour", "10/15minutes"
Password = Annotated[str, Form(max_length=100)]


@router.get("/{token}", dependencies=[counted])
async def show(request: Request, token: str, database: Db, now: Now) -> Response:
    """The paper, or the form for its password."""
    await services(request).limiter.count("shared", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        seen = await find_opened(connection, token, now)
    if seen.password_hash is not None:
        return page(request, "workspace/shared_password.html", fault="", token=token)
    opened = await open_link(database, token, "", _visitor(request), "link_opened", now)
    return await _paper(request, database, opened, token, "")


@router.post("/{token}", dependencies=[counted])
async def open_with_password(
    request: Request,
    token: str,
    database: Db,
    now: Now,
    password: Password = "",
    kind: Annotated[Literal["", "pdf", "docx", "html"], Form(alias="format")] = "",
) -> Response:
    """The paper, or the paper as a file; the form again where the password is another one."""
    limiter = services(request).limiter
    await limiter.count("shared", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        seen = await find_opened(connection, token, now)
    if seen.password_hash is not None:
        await limiter.count("shared-password", hash_token(token), rate=GUESSES)
    try:
        deed = "link_taken" if kind else "link_opened"
        opened = await open_link(database, token, password, _visitor(request), deed, now)
    except WrongPassword as error:
        fault = translate(preferences(request).language, error.sentence)
        status = STATUSES[error.kind]
        return page(request, "workspace/shared_password.html", status=status, fault=fault, token=token)
    await limiter.forget("shared-password", hash_token(token), rate=GUESSES)
    if not kind:
        return await _paper(request, database, opened, token, password)
    version = await _current(database, opened)
    return await version_as(services(request).files, opened, version, kind)


def _visitor(request: Request) -> Actor:
    return Actor(None, None, address_of(request))


async def _current(database: Database, opened: Opened) -> Version:
    async with database.reading() as connection:
        return await find_version(connection, opened.document_id, opened.version)


async def _paper(request: Request, database: Database, opened: Opened, token: str, password: str) -> Response:
    version = await _current(database, opened)
    paper = None
    if version.text is not None:
        paper = shown_html(await html_of(version.text, numbered=opened.numbered, language=opened.language))
    return page(
        request, "workspace/shared.html", opened=opened, version=version, paper=paper, token=token,
        password=password,
    )  # fmt: skip
