"""Every write of files that prove a filing."""

from dataclasses import dataclass
from datetime import date, datetime
from io import SEEK_END
from typing import IO
from uuid import UUID

from sqlalchemy import update

from complianceai.base.clock import date_in_india
from complianceai.billing.limits import check_storage, take_storage
from complianceai.register.evidence.errors import EvidenceTwice
from complianceai.register.evidence.reading import Said, read_file
from complianceai.register.tasks.actions.evidence import add_evidence, remove_evidence
from complianceai.register.tasks.actions.holding import Named, hold_task
from complianceai.register.tasks.policies import check_can_change_filing, check_may
from complianceai.register.tasks.queries.one import Worked, find_worked
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import task_evidence
from complianceai.storage.contents import Content, check_content
from complianceai.storage.database import Database
from complianceai.storage.files import Files, Kept
from complianceai.storage.pieces import of_file
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope

MOST_BYTES = 25 * 1_048_576
# A longer PDF than this is a book, and nobody's acknowledgement.
MOST_READ_BYTES = 8 * 1_048_576
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it: the name on their machine, its content, and what they say of it."""

    name: str
    content: IO[bytes]
    about_on: date | None = None
    expires_on: date | None = None


async def keep_evidence(
    database: Database, files: Files, scope: Scope, named: Named, upload: Upload, now: datetime
) -> UUID:
    """The id of the file, which proves the task from now on; what is read on it is kept as a proposal beside it.

    The file is safe before its mark is written: a mark never points to nothing.
    Errors: CompanyMissing; NotYourRole; TaskMissing; ApprovedByYou; NotAtWork; EvidenceTwice; OverPlan; those of
    `storage.contents` and `storage.files`.
    """
    size = upload.content.seek(0, SEEK_END)
    company, worked = await _looked_at(database, scope, named, size, now)
    content = check_content(upload.name, upload.content)
    kept = await files.keep(str(company.id), of_file(upload.content), limit_bytes=MOST_BYTES)
    said = await _said(upload.content, content, kept, company, worked, date_in_india(now))
    async with database.transaction() as connection:
        _, held = await hold_task(connection, scope, named, Deed.WORK)
        if twin := next((mark for mark in held.evidence if mark.sha256 == kept.hash), None):
            raise EvidenceTwice(name=twin.name)
        await take_storage(connection, company.id, kept.size, now)
        mark_id = await add_evidence(connection, scope, held, kept.hash, content.name, now)
        told = {
            "size": kept.size, "media_type": content.media_type, "said": said,
            "about_on": upload.about_on, "expires_on": upload.expires_on,
        }  # fmt: skip
        await connection.execute(update(task_evidence).where(task_evidence.c.id == mark_id).values(told))
    return mark_id


async def take_away(database: Database, scope: Scope, named: Named, evidence_id: UUID, now: datetime) -> None:
    """Nothing; the file proves the task no longer. It stays known, since an approval may rest on it.

    Errors: CompanyMissing; NotYourRole; TaskMissing; ApprovedByYou; NotAtWork.
    """
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        await remove_evidence(connection, scope, worked, evidence_id, now)


async def _looked_at(
    database: Database, scope: Scope, named: Named, size: int, now: datetime
) -> tuple[Company, Worked]:
    # Refused before a byte is kept; the transaction that writes the mark looks again.
    async with database.reading() as connection:
        company = await find_company(connection, scope, named.company_id)
        check_may(company.role, Deed.WORK)
        worked = await find_worked(connection, scope, named.company_id, named.task_id)
        await check_storage(connection, company.id, size, now)
    check_can_change_filing(worked.task.state, worked.task.approved_by, scope.person.id)
    return company, worked


async def _said(
    stream: IO[bytes], content: Content, kept: Kept, company: Company, worked: Worked, today: date
) -> Said | None:
    if content.media_type != PDF or kept.size > MOST_READ_BYTES:
        return None
    stream.seek(0)
    return await read_file(stream.read(), worked.task, company.profile, today)
