"""A paper from a template and answers: as a new document, or as the next version of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from complianceai import drafting
from complianceai.base.clock import date_in_india
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.beginning import Begun, begin_text
from complianceai.workspace.actions.versions import Edit, save_text
from complianceai.workspace.errors import NotOfText
from complianceai.workspace.interviewing import Drafted, draft, plainly
from complianceai.workspace.policies import check_can_write_documents, check_may
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.rendering import in_time
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


async def generate(database: Database, scope: Scope, wish: Wish, now: datetime, says_in: str = "en") -> UUID:
    """The id of the new document.

    Errors: CompanyMissing; NotYourRole; UnknownTemplate; NotInTemplateLanguage; InvalidInput, with each answer that
    cannot be accepted, the rule it breaks and how to mend it, in the language `says_in`.
    """
    template = await in_time(drafting.template, wish.template_id)
    async with database.reading() as connection:
        company = await find_company(connection, scope, wish.company_id)
        check_can_write_documents(company.role)
        facts = await facts_for_papers(connection, company)
    answers = plainly(wish.answers)
    drafted = await draft(template, answers, facts, wish.language, date_in_india(now), says_in)
    begun = Begun(
        wish.title or drafted.title, wish.language, template.id, template.numbered, wish.is_private,
        drafted.expires_on,
    )  # fmt: skip
    return await begin_text(database, scope, wish.company_id, begun, drafted.text, now, answers)


async def draft_again(  # noqa: PLR0913, PLR0917 - which document, from which answers, over which version
    database: Database,
    scope: Scope,
    document_id: UUID,
    answers: Mapping[str, Any],
    base: int,
    note: str,
    now: datetime,
    says_in: str = "en",
) -> int:
    """The number of the new version, drafted anew from other answers.

    Errors: DocumentMissing; NotYourDocument; NotOfText where it came from no template; as `generate` and `save_text`.
    """
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.EDIT)
        company = await find_company(connection, scope, document.company_id)
        facts = await facts_for_papers(connection, company)
    kept = plainly(answers)
    drafted = await _drafted(document, kept, facts, now, says_in)
    edit = Edit(base, drafted.text, note, kept)
    return await save_text(database, scope, document_id, edit, now)


async def _drafted(
    document: Document, answers: Mapping[str, Any], facts: Mapping[str, Any], now: datetime, says_in: str
) -> Drafted:
    if document.template_id is None:
        raise NotOfText
    template = await in_time(drafting.template, document.template_id)
    return await draft(template, answers, facts, document.language, date_in_india(now), says_in)
