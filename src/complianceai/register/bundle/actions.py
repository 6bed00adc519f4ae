"""Making a bundle, which the company's trail remembers."""

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from complianceai.register.bundle.gathering import Window, gather
from complianceai.register.bundle.packing import Label, pack
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.policies import check_can_see_trail
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.trail.queries import lines_of

IN_MEMORY_BYTES = 4 * 1_048_576


async def make_bundle(
    services: Services, scope: Scope, company_id: UUID, window: Window, now: datetime
) -> IO[bytes]:
    """The archive, open at its beginning; whoever asked closes it. The trail keeps its manifest's hash.

    Errors: CompanyMissing; NotYourRole; FilesUnreachable.
    """
    database, (first, last) = services.database, window
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE_INSIDE)
        check_can_see_trail(company.role)
        gathered = await gather(connection, scope, company_id, window)
    into = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - handed on, and closed by whoever asked
    try:
        label = Label(company_id, company.name, first, last, now)
        seal = await pack(into, label, gathered, await lines_of(database, company_id), services.files)
        await _tell(
            database, scope, company_id, {"first": str(first), "last": str(last), "manifest": seal}, now
        )
    except BaseException:
        into.close()
        raise
    into.seek(0)
    return into


async def _tell(
    database: Database, scope: Scope, company_id: UUID, told: dict[str, str], now: datetime
) -> None:
    async with database.transaction() as connection:
        await add_to_trail(connection, company_id, scope.actor, Change("evidence.bundled", None, told), now)
