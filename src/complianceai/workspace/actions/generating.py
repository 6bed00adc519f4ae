"""A paper from a template and answers: as a new document, or as the next version of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from complianceai.base.clock import date_in_india
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.beginning import Begun, begin_file, begin_text
from complianceai.workspace.actions.content import Upload
from complianceai.workspace.actions.versions import Drafted, Edit, save_file, save_text
from complianceai.workspace.errors import NotOfText, TemplateRetired
from complianceai.workspace.interviewing import MOST_TITLE, draft, plainly
from complianceai.workspace.policies import check_can_write_documents, check_may
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.templates import Chosen, choose
from complianceai.workspace.states import Level


@dataclass(frozen=True, slots=True)
class Wish:
    """Which template, for which company, from which answers."""

    template_id: str
    company_id: UUID
    answers: Mapping[str, Any]
    language: str = "en"
    title: str = ""
    is_private: bool = False


async def generate(
    database: Database, files: Files, scope: Scope, wish: Wish, now: datetime, says_in: str = "en"
) -> UUID:
    """The id of the new document.

    Errors: CompanyMissing; NotYourRole; UnknownTemplate; TemplateRetired; NotInTemplateLanguage; InvalidInput, with
    each answer that cannot be accepted, the rule it breaks and how to mend it, in the language `says_in`.
    """
    async with database.reading() as connection:
        company = await find_company(connection, scope, wish.company_id)
        check_can_write_documents(company.role)
        chosen = await choose(connection, scope, wish.template_id, company.id)
        facts = await facts_for_papers(connection, company)
    if chosen.is_retired:
        raise TemplateRetired
    answers = plainly(wish.answers)
    word = await word_of(files, wish.company_id, chosen)
    drafted = await draft(
        chosen.template, answers, facts, wish.language, date_in_india(now), says_in, word=word
    )
    title = wish.title or drafted.title
    begun = Begun(
        title, wish.language, chosen.template.id, chosen.template.numbered, wish.is_private, drafted.expires_on,
        chosen.version,
    )  # fmt: skip
    if drafted.word:
        upload = Upload(word_name(title), BytesIO(drafted.word))
        return await begin_file(database, files, scope, wish.company_id, begun, upload, now, answers)
    return await begin_text(database, scope, wish.company_id, begun, drafted.text, now, answers)


async def draft_again(  # noqa: PLR0913, PLR0917 - which document, from which answers, over which version
    database: Database,
    files: Files,
    scope: Scope,
    document_id: UUID,
    answers: Mapping[str, Any],
    base: int,
    note: str,
    now: datetime,
    says_in: str = "en",
) -> int:
    """The number of the new version, drafted anew from other answers, by the template as it stands now.

    Errors: DocumentMissing; NotYourDocument; NotOfText where it came from no template; as `generate` and `save_text`.
    """
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.EDIT)
        if document.template_id is None:
            raise NotOfText
        chosen = await choose(connection, scope, document.template_id, document.company_id)
        company = await find_company(connection, scope, document.company_id)
        facts = await facts_for_papers(connection, company)
    kept = plainly(answers)
    word = await word_of(files, document.company_id, chosen)
    drafted = await draft(
        chosen.template, kept, facts, document.language, date_in_india(now), says_in, word=word
    )
    if drafted.word:
        upload = Upload(word_name(document.title), BytesIO(drafted.word))
        source = Drafted(base, kept, chosen.version)
        return await save_file(database, files, scope, document_id, upload, note, now, source)
    edit = Edit(base, drafted.text, note, kept, chosen.version)
    return await save_text(database, scope, document_id, edit, now)


async def word_of(files: Files, company_id: UUID, chosen: Chosen) -> bytes:
    """The Word file that a company's own template is; nothing for other templates.

    Errors: FileGone; FilesUnreachable; FileSpoiled.
    """
    if chosen.word is None:
        return b""
    return b"".join([piece async for piece in files.read(str(company_id), chosen.word)])


def word_name(title: str) -> str:
    """How a Word file of that title is called."""
    return f"{title.replace('/', ' ').strip(' .')[: MOST_TITLE - 5] or 'document'}.docx"
