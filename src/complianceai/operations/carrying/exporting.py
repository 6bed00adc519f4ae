"""Taking a company out: by its owner in the browser, or by whoever runs the server."""

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

import structlog

from complianceai.operations.carrying.errors import NoSuchCompany, OwnersOnly
from complianceai.operations.carrying.gathering import About, name_of
from complianceai.operations.carrying.packing import pack
from complianceai.storage.audit import Actor, Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.services import Services
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.policies import Role
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

IN_MEMORY_BYTES = 4 << 20
# To write one takes a disk and a processor for a while.
RATE = "6/hour"
EXPORTED = "company.exported"
log = structlog.get_logger(__name__)


def can_export(role: Role) -> bool:
    """Whether somebody of this role may take out everything that the company has."""
    return role is Role.OWNER


def check_can_export(role: Role) -> None:
    """Nothing, where the role may take out everything that the company has.

    Errors: OwnersOnly.
    """
    if not can_export(role):
        raise OwnersOnly


async def export_for_owner(services: Services, scope: Scope, company_id: UUID, now: datetime) -> IO[bytes]:
    """The archive, open at its beginning; whoever asked closes it. The trail tells who took it.

    Errors: CompanyMissing; OwnersOnly; ConfirmYourself; TooMany; FilesUnreachable.
    """
    async with services.database.reading() as connection:
        company = await find_company(connection, scope, company_id)
    check_can_export(company.role)
    check_fresh(scope, now)
    await services.limiter.count("company export", str(company_id), rate=RATE)
    into = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - handed on, and closed by whoever asked
    try:
        await export_company(services.database, services.files, company_id, into, scope.actor, now)
    except BaseException:
        into.close()
        raise
    into.seek(0)
    return into


async def export_company(
    database: Database, files: Files, company_id: UUID, into: IO[bytes], actor: Actor, now: datetime
) -> About:
    """What the archive says of itself; it stands in the stream, and the trail in it tells who took it.

    Errors: NoSuchCompany; FilesUnreachable.
    """
    async with database.transaction() as connection:
        if await name_of(connection, company_id) is None:
            raise NoSuchCompany(company=str(company_id))
        await add_to_trail(connection, company_id, actor, Change(EXPORTED, None, {}), now)
    about = await pack(database, files, company_id, into, now)
    log.info("company.exported", company=str(company_id), missing=len(about.missing))
    return about
